import { afterEach, describe, expect, test, vi } from 'vitest'
import { mount, flushPromises } from '@vue/test-utils'
import { pathOf } from '@/content/outline'
import Player from '@/content/Player.vue'
import { asked, converted, maxBytes, ready } from '@/sound/convert'
import { kindOf } from '@/sound/kind'
import { mono, wavOf, wavOfPCM } from '@/sound/wav'
import { broadcaster, signInAs } from './town'

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const viewOf = async (blob: Blob) => new DataView(await blob.arrayBuffer())
const textAt = (v: DataView, at: number, n: number) => String.fromCharCode(...new Uint8Array(v.buffer, at, n))

describe('a WAV file', () => {
  test('has a header that says what it holds, and the samples', async () => {
    const v = await viewOf(wavOf(Float32Array.of(0, 1, -1, 0.5), 48_000))
    expect([textAt(v, 0, 4), textAt(v, 8, 8), textAt(v, 36, 4)]).toEqual(['RIFF', 'WAVEfmt ', 'data'])
    expect([v.getUint32(4, true), v.getUint32(16, true), v.getUint16(20, true), v.getUint16(22, true)]).toEqual([44, 16, 1, 1])
    expect([v.getUint32(24, true), v.getUint32(28, true), v.getUint16(32, true), v.getUint16(34, true), v.getUint32(40, true)]).toEqual([48_000, 96_000, 2, 16, 8])
    expect([0, 1, 2, 3].map((i) => v.getInt16(44 + 2 * i, true))).toEqual([0, 32767, -32767, 16384])
    expect(v.byteLength).toBe(52)
  })

  test('is turned down as a whole where it would be cut off', async () => {
    const v = await viewOf(wavOf(Float32Array.of(2, -1), 8_000))
    expect([v.getInt16(44, true), v.getInt16(46, true)]).toEqual([32767, -16383])
  })

  test('takes samples that are written already', async () => {
    const v = await viewOf(wavOfPCM(Uint8Array.of(1, 2, 3, 4), 24_000))
    expect([v.getUint32(24, true), v.getUint32(40, true), v.getUint16(44, true)]).toEqual([24_000, 4, 0x0201])
  })

  test('has the mean of all channels', () => {
    expect([...mono([Float32Array.of(1, 0), Float32Array.of(0, -1)])]).toEqual([0.5, -0.5])
    expect([...mono([])]).toEqual([])
  })
})

test.each([
  ['RIFF....WAVE', 'ready'],
  ['fLaC', 'ready'],
  ['OggS', 'ready'],
  ['ID3\x04', 'ready'],
  ['\xff\xfb\x90\x64', 'ready'],
  ['\xff\xf1\x50\x80', 'other'],
  ['#!AMR\n', 'amr'],
  ['#!AMR-WB\n', 'other'],
  ['#!SILK_V3', 'silk'],
  ['\x02#!SILK_V3', 'silk'],
  ['\x00\x00\x00\x18ftypM4A ', 'other'],
  ['RIFF....AVI ', 'other'],
  ['\xff\xd8\xff\xe0', 'none'],
  ['', 'other'],
])('what begins with %j is %s', (head, want) => expect(kindOf(bytes(head))).toBe(want))

/** A worker that answers as told. */
function answering(answer: unknown) {
  const made: { url: string; question?: unknown; ended: boolean }[] = []
  class FakeWorker {
    onmessage?: (e: { data: unknown }) => void
    onerror?: () => void
    me: { url: string; question?: unknown; ended: boolean }
    constructor(url: URL) {
      this.me = { url: String(url), ended: false }
      made.push(this.me)
    }
    postMessage(question: unknown) {
      this.me.question = question
      queueMicrotask(() => (answer === undefined ? this.onerror?.() : this.onmessage?.({ data: answer })))
    }
    terminate() {
      this.me.ended = true
    }
  }
  vi.stubGlobal('Worker', FakeWorker)
  return made
}

describe('converting', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('leaves alone what the broadcaster reads, and what is no recording', async () => {
    const made = answering({})
    for (const head of ['RIFF....WAVE', '\x89PNG']) {
      const file = new Blob([bytes(head)])
      expect(await ready(file)).toBe(file)
    }
    expect(made).toEqual([])
  })

  test.each([
    ['a voice message of an old phone', '#!AMR\nsound', { amr: Float32Array.of(0.5, -0.5) }, 'amr.decoder', 8_000],
    ['a voice message of WeChat', '\x02#!SILK_V3sound', { pcm: Uint8Array.of(0, 1) }, 'silk.decoder', 24_000],
  ])('makes WAV of %s', async (_, text, answer, worker, rate) => {
    const made = answering(answer)
    const v = await viewOf(await ready(new Blob([bytes(text)])))
    expect(textAt(v, 0, 4)).toBe('RIFF')
    expect(v.getUint32(24, true)).toBe(rate)
    expect(made).toMatchObject([{ ended: true }])
    expect(made[0]!.url).toContain(worker)
  })

  test('makes WAV of what the browser itself decodes', async () => {
    class FakeContext {
      decodeAudioData() {
        const channel = Float32Array.of(0.25, 0.5)
        return Promise.resolve({ numberOfChannels: 2, sampleRate: 48_000, getChannelData: () => channel })
      }
    }
    vi.stubGlobal('OfflineAudioContext', FakeContext)
    const v = await viewOf(await ready(new Blob([bytes('\x00\x00\x00\x18ftypM4A ')])))
    expect([v.getUint32(24, true), v.getUint32(40, true)]).toEqual([48_000, 4])
  })

  test.each([
    ['the decoder cannot', '#!AMR\nsound', { amr: null }],
    ['the decoder breaks', '\x02#!SILK_V3sound', undefined],
    ['the browser has no decoder', '\x00\x00\x00\x18ftypM4A ', {}],
  ])('sends the file as it is when %s', async (_, text, answer) => {
    answering(answer)
    const file = new Blob([bytes(text)])
    expect(await ready(file)).toBe(file)
  })

  test('leaves a huge file to the broadcaster', async () => {
    const file = { size: maxBytes + 1 } as Blob
    expect(await converted(file)).toBeNull()
  })

  test('does not wait for ever', async () => {
    vi.useFakeTimers()
    const worker = { postMessage() {}, terminate: vi.fn() } as unknown as Worker
    const answer = expect(asked(worker, 1)).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(200_000)
    await answer
    expect(worker.terminate).toHaveBeenCalled()
  })
})

describe('the picture of a recording', () => {
  test('goes along the highest samples and back along the lowest', () => {
    expect(pathOf([[-50, 40], [0, 0]])).toBe('M0 60L1 99L1 101L0 150Z')
    expect(pathOf([])).toBe('')
  })

  test('shows where it is, and goes where it is touched', async () => {
    signInAs()
    broadcaster({ 'GET /api/clips/d1/waveform': { points: [[-50, 40], [-10, 10], [0, 0]] } })
    vi.stubGlobal('IntersectionObserver', undefined)
    const wrapper = mount(Player, { props: { path: '/api/clips/d1', label: '听《防溺水》' } })
    await flushPromises()
    expect(wrapper.find('path').attributes('d')).toContain('M0 60')
    const audio = wrapper.find('audio').element as HTMLAudioElement
    let at = 5
    Object.defineProperty(audio, 'duration', { value: 10 })
    Object.defineProperty(audio, 'currentTime', { get: () => at, set: (v: number) => (at = v) })
    await wrapper.find('audio').trigger('timeupdate')
    expect(wrapper.find('line').attributes('x1')).toBe('1')
    wrapper.find('svg').element.getBoundingClientRect = () => ({ left: 0, width: 100 }) as DOMRect
    await wrapper.find('svg').trigger('click', { clientX: 25 })
    expect(at).toBe(2.5)
  })
})
