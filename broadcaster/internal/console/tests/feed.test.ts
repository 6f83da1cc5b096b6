import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { Feed, type Topic } from '@/api/feed'
import { useLine } from '@/state/line'
import { useLive, type Live } from '@/state/live'
import { broadcaster, problem } from './town'
import { get } from '@/api/call'

/** A stream that the test drives. */
class Stream extends EventTarget {
  static all: Stream[] = []
  closed = false
  onerror: (() => void) | null = null
  constructor() {
    super()
    Stream.all.push(this)
  }
  close(): void {
    this.closed = true
  }
  say(type: string, data?: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }))
  }
}
const last = () => Stream.all.at(-1)!

beforeEach(() => {
  Stream.all = []
  vi.useFakeTimers()
})

describe('the line', () => {
  function start() {
    const heard: (readonly Topic[] | null)[] = []
    const line: boolean[] = []
    const feed = new Feed({ onChange: (t) => heard.push(t), onLine: (up) => line.push(up), open: () => new Stream() as unknown as EventSource })
    feed.start()
    return { feed, heard, line }
  }

  test('hands on what has changed', () => {
    const { heard, line } = start()
    last().say('hello')
    last().say('changed', { what: ['day', 'terminals'] })
    expect(line).toEqual([true])
    expect(heard).toEqual([['day', 'terminals']])
  })

  test('is given up at once when the device has no network', () => {
    const { feed, line } = start()
    last().say('hello')
    feed.drop()
    feed.drop()
    expect(line).toEqual([true, false])
    expect(last().closed).toBe(true)
    feed.nudge()
    expect(Stream.all).toHaveLength(2)
  })

  test('that breaks is told, tried again, and everything fetched anew', () => {
    const { heard, line } = start()
    last().say('hello')
    last().onerror?.()
    expect(line).toEqual([true, false])
    vi.advanceTimersByTime(1_000)
    expect(Stream.all).toHaveLength(2)
    last().say('hello')
    expect(line).toEqual([true, false, true])
    expect(heard).toEqual([null])
  })

  test('that stays broken is tried ever more seldom, and at once when somebody looks', () => {
    const { feed } = start()
    for (let i = 0; i < 10; i++) {
      last().onerror?.()
      vi.advanceTimersByTime(20_000)
    }
    last().onerror?.()
    const tried = Stream.all.length
    vi.advanceTimersByTime(9_000)
    expect(Stream.all).toHaveLength(tried)
    feed.nudge()
    expect(Stream.all).toHaveLength(tried + 1)
  })

  test('is shut for good by stop', () => {
    const { feed } = start()
    last().onerror?.()
    feed.stop()
    vi.advanceTimersByTime(60_000)
    expect(Stream.all).toHaveLength(1)
  })
})

describe('what a page shows', () => {
  function show(answers: Record<string, unknown>) {
    vi.stubGlobal('EventSource', Stream)
    const requests = broadcaster(answers)
    const line = useLine()
    line.start()
    let live!: Live<string[]>
    const wrapper = mount(defineComponent({ setup: () => ((live = useLive(['day'], (signal) => get<string[]>('/api/day', signal), 2_000)), () => h('p')) }))
    return { requests, live, wrapper }
  }
  const settle = () => vi.advanceTimersByTimeAsync(0)

  test('is fetched again for its topics only, and not more often than it should', async () => {
    const { requests, live } = show({ 'GET /api/day': ['a'] })
    await settle()
    expect(live.value.value).toEqual(['a'])
    last().say('changed', { what: ['people'] })
    for (let i = 0; i < 5; i++) last().say('changed', { what: ['day'] })
    await vi.advanceTimersByTimeAsync(1_900)
    expect(requests).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(requests).toHaveLength(2)
  })

  test('stays when a later fetch is refused, with the refusal beside it', async () => {
    let ok = true
    const { live } = show({ 'GET /api/day': () => (ok ? ['a'] : problem(503, 'x', '正在维护,过一会儿再来。')) })
    await settle()
    ok = false
    await live.reload()
    expect(live.value.value).toEqual(['a'])
    expect(live.refusal.value).toBe('正在维护,过一会儿再来。')
    ok = true
    await live.reload()
    expect(live.refusal.value).toBe('')
  })

  test('is not fetched for a page that is gone', async () => {
    const { requests, wrapper } = show({ 'GET /api/day': ['a'] })
    await settle()
    wrapper.unmount()
    last().say('changed', { what: ['day'] })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(requests).toHaveLength(1)
  })
})
