declare module 'benz-amr-recorder/src/amrnb.js' {
  /** Makes the worker that it runs in answer { command: 'decode', buffer } with { amr }: samples at 8,000 a second, or null. */
  export default function codec(): void
}
