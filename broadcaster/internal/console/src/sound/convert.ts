// Turning what phones and WeChat send into WAV, before it is sent. The decoders are large and rarely needed, so they are
// fetched when they are; they make code as they run, which the page forbids, so each has a worker of its own.
import { headBytes, kindOf } from './kind'
import { mono, wavOf, wavOfPCM } from './wav'

/** Larger files are left to the broadcaster: decoded, they would not fit into a cheap phone. */
export const maxBytes = 100 << 20

const amrRate = 8_000
const silkRate = 24_000
const contextRate = 48_000
const within = 120_000

/** What to send instead of file: itself where the broadcaster reads it, or this browser does not. */
export async function ready(file: Blob): Promise<Blob> {
  const kind = kindOf(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()))
  return kind === 'ready' || kind === 'none' ? file : ((await converted(file)) ?? file)
}

/** file as WAV, or null where this browser cannot decode it. */
export async function converted(file: Blob): Promise<Blob | null> {
  if (file.size > maxBytes) return null
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    switch (kindOf(bytes.subarray(0, headBytes))) {
      case 'amr':
        return await fromAMR(bytes)
      case 'silk':
        return await fromSILK(bytes)
      case 'none':
        return null
      default:
        return await fromBrowser(bytes)
    }
  } catch {
    return null
  }
}

async function fromAMR(bytes: Uint8Array): Promise<Blob | null> {
  const worker = new Worker(new URL('./amr.decoder.ts', import.meta.url))
  const { amr } = await asked<{ amr: Float32Array | null }>(worker, { command: 'decode', buffer: bytes })
  return amr && amr.length > 0 ? wavOf(amr, amrRate) : null
}

async function fromSILK(bytes: Uint8Array): Promise<Blob | null> {
  const worker = new Worker(new URL('./silk.decoder.ts', import.meta.url))
  const { pcm } = await asked<{ pcm: Uint8Array | null }>(worker, bytes)
  return pcm && pcm.length > 0 ? wavOfPCM(pcm, silkRate) : null
}

async function fromBrowser(bytes: Uint8Array): Promise<Blob> {
  const context = new OfflineAudioContext(1, 1, contextRate)
  const sound = await context.decodeAudioData(bytes.buffer as ArrayBuffer)
  const channels = Array.from({ length: sound.numberOfChannels }, (_, i) => sound.getChannelData(i))
  return wavOf(mono(channels), sound.sampleRate)
}

/** Asks a worker one question, and ends it. */
export function asked<T>(worker: Worker, question: unknown): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no answer')), within)
    worker.onmessage = (e: MessageEvent<T>) => {
      clearTimeout(late)
      resolve(e.data)
    }
    worker.onerror = () => {
      clearTimeout(late)
      reject(new Error('decoder broke'))
    }
    worker.postMessage(question)
  }).finally(() => worker.terminate())
}
