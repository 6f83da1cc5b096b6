// The one stream of "this has changed" from the broadcaster. It carries topics; pages fetch again what they show.

export type Topic = 'terminals' | 'day' | 'content' | 'rounds' | 'quiet' | 'grids' | 'people' | 'complaints' | 'hearing'

export interface FeedOptions {
  /** Something may look different now; null means anything may, because the line was down for a while. */
  onChange(topics: readonly Topic[] | null): void
  onLine(connected: boolean): void
  /** Makes the stream; a test hands in its own. */
  open?: () => EventSource
}

// Waiting grows from the first to the last, so that a broadcaster that comes back is not met by everybody at once.
const firstWait = 1_000
const longestWait = 20_000

/** Feed keeps the stream open until stop, and says whether it is. */
export class Feed {
  private source: EventSource | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private wait = firstWait
  private lost = false

  constructor(private readonly options: FeedOptions) {}

  start(): void {
    if (this.source !== null) return
    clearTimeout(this.timer)
    const source = this.options.open?.() ?? new EventSource('/api/events')
    this.source = source
    source.addEventListener('hello', () => {
      this.wait = firstWait
      this.options.onLine(true)
      if (this.lost) this.options.onChange(null)
      this.lost = false
    })
    source.addEventListener('changed', (e) => {
      const { what } = JSON.parse((e as MessageEvent<string>).data) as { what: Topic[] }
      this.options.onChange(what)
    })
    source.onerror = () => this.retry()
  }

  /** Tries at once, for example because the phone was woken. */
  nudge(): void {
    if (this.source === null && this.timer !== undefined) this.start()
  }

  /** The device says that it has no network: the stream will not find out for a long time. */
  drop(): void {
    if (this.source !== null) this.retry()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.source?.close()
    this.source = null
  }

  private retry(): void {
    this.source?.close()
    this.source = null
    this.lost = true
    this.options.onLine(false)
    this.timer = setTimeout(() => this.start(), this.wait * (0.5 + Math.random() / 2))
    this.wait = Math.min(this.wait * 2, longestWait)
  }
}
