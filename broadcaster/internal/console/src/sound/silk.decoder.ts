// A worker that turns the voice messages of WeChat and QQ into sound.
import { decode } from 'silk-wasm'

export const silkRate = 24_000

self.onmessage = async (e: MessageEvent<Uint8Array>) => {
  try {
    const { data } = await decode(e.data, silkRate)
    self.postMessage({ pcm: data })
  } catch {
    self.postMessage({ pcm: null })
  }
}
