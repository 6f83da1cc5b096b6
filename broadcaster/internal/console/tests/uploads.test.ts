import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { Refusal } from '@/api/call'
import type { Clip } from '@/api/schema'
import { upload, type Upload } from '@/api/upload'
import { makeUploads, titleOf } from '@/content/uploads'
import Recordings from '@/pages/Recordings.vue'
import { broadcaster, signInAs } from './town'

const clip: Clip = {
  digest: 'd1',
  title: '防溺水',
  dialect: 'yue',
  duration_ms: 21_000,
  bytes: 1000,
  peak_db: -3,
  level: '音量已调到标准(+6 dB)。',
  notes: [], built_in: false,
  owner: '440605124',
  by: '关主任',
  at: '2026-01-23T00:00:00Z',
  known: false,
}

/** A line that the test drives: one upload at a time. */
function line() {
  const sent: { title: string; dialect: string; progress: (share: number) => void; resolve: (c: Clip) => void; reject: (e: Error) => void; cancelled: boolean }[] = []
  // Nothing needs to be converted.
  const converter = { ready: (f: Blob) => Promise.resolve(f), converted: () => Promise.resolve<Blob | null>(null) }
  const send: typeof upload = (_file, title, dialect, progress): Upload => {
    let resolve!: (c: Clip) => void
    let reject!: (e: Error) => void
    const done = new Promise<Clip>((ok, no) => ([resolve, reject] = [ok, no]))
    const entry = { title, dialect, progress, resolve, reject, cancelled: false }
    sent.push(entry)
    return { done, cancel: () => ((entry.cancelled = true), reject(new Refusal(0, 'cancelled', ''))) }
  }
  return { sent, send, converter }
}

const file = (name: string) => new File(['RIFF'], name)

describe('uploads', () => {
  test('go one after the other, with their progress', async () => {
    const { sent, send, converter } = line()
    const uploads = makeUploads(send, converter)
    uploads.add(file('防溺水.wav'), 'yue')
    uploads.add(file('不串门.wav'), 'cmn')
    await flushPromises()
    expect(sent.map((s) => s.title)).toEqual(['防溺水'])
    sent[0]!.progress(0.5)
    expect(uploads.items.map((i) => [i.stage, i.share])).toEqual([['sending', 0.5], ['queued', 0]])
    sent[0]!.resolve(clip)
    await flushPromises()
    expect(sent.map((s) => [s.title, s.dialect])).toEqual([['防溺水', 'yue'], ['不串门', 'cmn']])
    expect(uploads.items[0]).toMatchObject({ stage: 'taken', clip })
  })

  test('that are refused say why, and can be tried again', async () => {
    const { sent, send, converter } = line()
    const uploads = makeUploads(send, converter)
    uploads.add(file('照片.jpg'), 'yue')
    await flushPromises()
    sent[0]!.reject(new Refusal(422, 'not_audio', '这不是录音。'))
    await flushPromises()
    expect(uploads.items[0]).toMatchObject({ stage: 'refused', words: '这不是录音。' })
    uploads.again(uploads.items[0]!.key)
    await flushPromises()
    expect(sent).toHaveLength(2)
    expect(uploads.items[0]).toMatchObject({ stage: 'sending', share: 0, words: '' })
  })

  test('can be cancelled, before and while they go', async () => {
    const { sent, send, converter } = line()
    const uploads = makeUploads(send, converter)
    uploads.add(file('a.wav'), 'yue')
    uploads.add(file('b.wav'), 'yue')
    await flushPromises()
    uploads.cancel(uploads.items[1]!.key)
    uploads.cancel(uploads.items[0]!.key)
    await flushPromises()
    expect(sent.map((s) => s.cancelled)).toEqual([true])
    expect(uploads.items).toEqual([])
  })

  test('are converted before they are sent, and can be cancelled meanwhile', async () => {
    const { sent, send, converter } = line()
    let finish!: (f: Blob) => void
    const slow = { ...converter, ready: () => new Promise<Blob>((ok) => (finish = ok)) }
    const uploads = makeUploads(send, slow)
    uploads.add(file('msg_0131.amr'), 'yue')
    await flushPromises()
    expect(uploads.items[0]).toMatchObject({ stage: 'converting' })
    finish(new Blob(['RIFF']))
    await flushPromises()
    expect(uploads.items[0]).toMatchObject({ stage: 'sending' })
    sent[0]!.resolve(clip)
    await flushPromises()
    uploads.add(file('msg_0132.amr'), 'yue')
    await flushPromises()
    uploads.cancel(uploads.items[1]!.key)
    finish(new Blob(['RIFF']))
    await flushPromises()
    expect(sent).toHaveLength(1)
    expect(uploads.items).toHaveLength(1)
  })

  test('that the broadcaster cannot read are converted and sent again, once', async () => {
    const { sent, send, converter } = line()
    let wav: Blob | null = new Blob(['RIFF'])
    const uploads = makeUploads(send, { ...converter, converted: () => Promise.resolve(wav) })
    uploads.add(file('old.mp3'), 'yue')
    await flushPromises()
    sent[0]!.reject(new Refusal(422, 'form_unread', '这里转换不了。'))
    await flushPromises()
    expect(uploads.items[0]).toMatchObject({ stage: 'sending' })
    sent[1]!.reject(new Refusal(422, 'form_unread', '还是不行。'))
    await flushPromises()
    expect(uploads.items[0]).toMatchObject({ stage: 'refused', words: '还是不行。' })

    wav = null
    uploads.again(uploads.items[0]!.key)
    await flushPromises()
    sent[2]!.reject(new Refusal(422, 'form_unread', '这里转换不了。'))
    await flushPromises()
    expect(sent).toHaveLength(3)
    expect(uploads.items[0]).toMatchObject({ stage: 'refused', words: '这里转换不了。' })
  })

  test.each([
    ['防溺水.wav', '防溺水'],
    ['2026.01.23 通知.m4a', '2026.01.23 通知'],
    ['.wav', '.wav'],
    ['x'.repeat(200), 'x'.repeat(80)],
  ])('of %s are called %s', (name, want) => expect(titleOf(name)).toBe(want))
})

describe('sending one file', () => {
  test('tells its share, and its refusal in words', async () => {
    const shares: number[] = []
    let request!: FakeRequest
    class FakeRequest {
      upload: { onprogress?: (e: object) => void } = {}
      onload?: () => void
      status = 0
      responseText = ''
      headers: Record<string, string> = {}
      opened = ''
      constructor() {
        request = this
      }
      open(method: string, url: string) {
        this.opened = `${method} ${url}`
      }
      setRequestHeader(name: string, value: string) {
        this.headers[name] = value
      }
      send() {}
    }
    vi.stubGlobal('XMLHttpRequest', FakeRequest)
    const sending = upload(file('a.wav'), '防溺水', 'yue', (s) => shares.push(s))
    expect(request.opened).toBe(`POST /api/clips?${new URLSearchParams({ title: '防溺水', dialect: 'yue' })}`)
    expect(request.headers['Accept-Language']).toBe('zh-CN')
    request.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 })
    request.upload.onprogress?.({ lengthComputable: false, loaded: 2, total: 0 })
    expect(shares).toEqual([0.25])
    request.status = 413
    request.responseText = JSON.stringify({ code: 'too_large', detail: '录音太大了。' })
    request.onload?.()
    await expect(sending.done).rejects.toThrow('录音太大了。')
  })
})

test('the page of recordings lists them, and hides one at once that is removed', async () => {
  signInAs()
  broadcaster({ 'GET /api/clips': { clips: [clip, { ...clip, digest: 'd2', title: '不串门', notes: ['声音偏小。'] }] } })
  const wrapper = mount(Recordings)
  await flushPromises()
  expect(wrapper.text()).toContain('21 秒,关主任')
  expect(wrapper.text()).toContain('声音偏小。')
  expect(wrapper.text()).toContain('音量已调到标准(+6 dB)。')
  const [first] = wrapper.findAll('button').filter((b) => b.text() === '删除')
  await first!.trigger('click')
  expect(wrapper.findAll('h2').map((x) => x.text())).toEqual(['不串门'])
})
