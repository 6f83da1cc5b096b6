import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Calendar, Slot } from '@/api/schema'
import { firingsOf } from '@/day/firings'
import { deferredOf, repeatable, soon, timesToRepeat } from '@/day/repeat'
import RepeatSheet from '@/day/RepeatSheet.vue'
import Waiting from '@/day/Waiting.vue'
import { airing, broadcaster, problem, routerAt, signInAs, terminal, zone } from './town'

function slot(change: Partial<Slot> = {}): Slot {
  return {
    airing: '',
    round: 'r1',
    round_name: '收垃圾通知',
    class: 'announcement',
    owner: '440605124',
    owner_name: '九江镇',
    due: '2026-01-22T23:30:00Z',
    start: '2026-01-22T23:34:00Z',
    state: 'coming',
    late: true,
    reason: '顺延到 07:34,因为镇里的应急广播在先。',
    contents: [],
    volume: 80,
    terminals: 1,
    sounding: 1,
    may_edit: true,
    movable: true,
    ...change,
  }
}

function calendar(...slots: Slot[]): Calendar {
  return { grid: '440605124', terminal: '', name: '九江镇', now: '', days: [{ day: '2026-01-23', begin: '', end: '', slots, more: 0, quiet: [], unplanned: 0 }] }
}

describe('what waits', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-01-22T23:00:00Z')
    signInAs()
  })

  async function waiting(props: InstanceType<typeof Waiting>['$props']) {
    return mount(Waiting, { props, global: { plugins: [await routerAt('/')] } })
  }

  test('is nothing when nothing waits', async () => {
    expect((await waiting({ terminals: [terminal()], complaints: 0, calendar: calendar(slot({ late: false })) })).text()).toBe('')
  })

  test('counts open complaints', async () => {
    expect((await waiting({ terminals: [], complaints: 2 })).text()).toContain('2 件投诉等着办。')
  })

  test('says that one’s own was put off, to when, why, and that one need not mind', async () => {
    const wrapper = await waiting({ terminals: [], calendar: calendar(slot()) })
    expect(wrapper.text()).toContain('您的《收垃圾通知》7:30 不播,顺延到 07:34,因为镇里的应急广播在先。您不用管。')
    expect(wrapper.find('button').exists()).toBe(false)
  })

  test('does not speak of others’, nor of what is over', () => {
    const c = calendar(slot({ owner: '440605124200' }), slot({ state: 'played' }), slot({ start: undefined }), slot({ start: '2026-01-22T23:30:17Z' }))
    expect(deferredOf(c, '440605124')).toEqual([])
  })
})

describe('playing again', () => {
  const missed = firingsOf([airing(), airing({ outcome: 'missed' })])[0]!
  const same = slot({ round_name: '防溺水', due: '2026-01-22T22:30:00.000Z', state: 'missed' })

  test('is offered for what did not sound everywhere', () => {
    expect(repeatable(missed, calendar(same))).toBe('r1')
    expect(repeatable(firingsOf([airing()])[0]!, calendar(same))).toBe('')
    expect(repeatable(missed, calendar({ ...same, due: '2026-01-22T21:00:00Z' }))).toBe('')
    expect(repeatable(missed, undefined)).toBe('')
  })

  test('is not offered for the ring test, which comes again by itself', () => {
    expect(repeatable(missed, calendar({ ...same, round: 'ring-test' }))).toBe('')
  })

  test('leaves time to be told, and offers only what is to come', () => {
    expect(soon(new Date('2026-01-23T01:00:30Z')).toISOString()).toBe('2026-01-23T01:03:00.000Z')
    expect(timesToRepeat(new Date('2026-01-23T05:00:00Z'), zone).map((at) => at.toISOString())).toEqual(['2026-01-23T10:00:00.000Z', '2026-01-23T23:00:00.000Z'])
  })

  test('says whom it reaches, and what the broadcaster refuses', async () => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-01-23T01:00:00Z')
    signInAs()
    let quiet = true
    const requests = broadcaster({ 'POST /api/rounds/r1/repeat': () => (quiet ? problem(409, 'quiet_now', '现在是静音时段。') : { id: 'r2' }) })
    const wrapper = mount(RepeatSheet, { props: { round: 'r1', name: '防溺水' }, attachTo: document.body })
    await vi.advanceTimersByTimeAsync(10)
    const sheet = document.querySelector('[role=dialog]')!
    expect(sheet.textContent).toContain('《防溺水》在九江镇要响的喇叭,到时都会再响一次。')
    const submit = async () => {
      sheet.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
      await vi.advanceTimersByTimeAsync(0)
    }
    await submit()
    expect(sheet.textContent).toContain('现在是静音时段。')
    quiet = false
    await submit()
    expect(requests.at(-1)!.body).toEqual({ at: '2026-01-23T01:02:00.000Z' })
    expect(wrapper.emitted('done')).toHaveLength(1)
  })
})
