// One day of a loudspeaker, and why.
import type { VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Why } from '@/api/schema'
import TerminalDay from '@/pages/TerminalDay.vue'
import WhyPage from '@/pages/Why.vue'
import { groupsOf } from '@/timeline/groups'
import { outcomeOfPair, pairsOf } from '@/timeline/pairs'
import { language } from '@/words'
import { open, press, room, settle } from './pages'
import { dayOf, play, slotOf } from './plan'
import { signInAs, terminal, zone } from './town'

const today = '2026-01-23'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-23T01:00:00Z') })
  signInAs()
  room(true)
})

describe('pairs of plan and ledger', () => {
  const planned = slotOf(today, '06:30', { airing: 'a1', state: 'played' })
  const missed = slotOf(today, '07:00', { airing: 'a2', state: 'missed', reason: '停电' })
  const extra = play({ event: 'e9', airing: 'x', extra: true, begin: '2026-01-22T22:45:00Z' })

  test('stand by time, with what was not planned between them', () => {
    const pairs = pairsOf({ plan: [planned, missed], plays: [play(), play({ event: 'e2', begin: '2026-01-22T22:30:40Z' }), extra] })
    expect(pairs.map((p) => [p.slot?.airing ?? 'extra', p.plays.length])).toEqual([
      ['a1', 2],
      ['extra', 1],
      ['a2', 0],
    ])
    expect(pairs.map((p) => outcomeOfPair(p, zone))).toEqual(['6:30:01 开始放音,2 段', '6:45 开始放音', '没播成(停电)'])
  })

  test('begin with their chime', () => {
    const slot = slotOf(today, '06:30', { state: 'played' })
    const first = play({ begin: '2026-01-22T22:30:02.800Z', lead_ms: 2_800 })
    expect(outcomeOfPair({ key: '', at: slot.due, slot, plays: [first] }, zone)).toBe('6:30 开始放音')
  })

  test('do not say twice that it did not sound', () => {
    const slot = slotOf(today, '06:30', { state: 'missed', reason: '没播成:让给台风。' })
    expect(outcomeOfPair({ key: '', at: slot.due, slot, plays: [] }, zone)).toBe('没播成:让给台风。')
  })

  test('that come every few minutes stand together by the hour, in their order', () => {
    const plan = Array.from({ length: 16 }, (_, i) => slotOf(today, `${i < 12 ? '07' : '08'}:${String((i % 12) * 5).padStart(2, '0')}`, { airing: `a${i}` }))
    const groups = groupsOf(dayOf(today), pairsOf({ plan: [...plan, slotOf(today, '07:31', { airing: 'other', round: 'r2' })], plays: [] }), zone)
    expect(groups.map((g) => g.pairs.length)).toEqual([12, 1, 4])
  })
})

const timeline = {
  terminal: 't',
  name: '老龄社 1 号喇叭',
  grid_path: '上西村 / 老龄社',
  day: today,
  begin: '2026-01-22T16:00:00Z',
  end: '2026-01-23T16:00:00Z',
  now: '2026-01-23T01:00:00Z',
  plan: [slotOf(today, '06:30', { airing: 'a1', state: 'played', terminals: 1 }), slotOf(today, '07:00', { airing: 'a2', state: 'missed', reason: '停电', terminals: 1 })],
  plays: [play()],
  quiet: [{ begin: '2026-01-23T14:00:00Z', end: '2026-01-23T16:00:00Z', kind: 'quiet_rule', reason: '全镇夜里静音' }],
  mutes: [],
  may_mute: false,
  reported_until: '2026-01-23T00:55:00Z',
}
const why: Why = {
  terminal: 't',
  name: '老龄社 1 号喇叭',
  grid_path: '上西村 / 老龄社',
  from: '2026-01-22T23:00:00Z',
  to: '2026-01-22T23:01:00Z',
  verdict: 'absent',
  lines: ['07:00《防溺水》没播成:停电。'],
  rounds: [{ id: 'r1', name: '防溺水' }],
  before: slotOf(today, '06:30', { state: 'played' }) as Why['before'],
}

describe('a loudspeaker’s day', () => {
  const answers = { 'GET /api/terminals/t': terminal(), 'GET /api/terminals/t/timeline': timeline, 'GET /api/why': why }
  const lines = (wrapper: VueWrapper) => wrapper.findAll('.list li').map((li) => li.text())

  test('is a list of pairs on a phone', async () => {
    room(false)
    const { wrapper } = await open(TerminalDay, '/terminals/t', answers, { id: 't' })
    expect(wrapper.get('h1').text()).toBe('老龄社 1 号喇叭')
    expect(wrapper.text()).toContain('已回报到 今天 8:55。')
    expect(lines(wrapper)).toEqual(['6:30防溺水6:30:01 开始放音已放音', '7:00防溺水没播成(停电)没播成'])
    expect(wrapper.text()).toContain('22:00 到 24:00:全镇夜里静音')
    expect(wrapper.find('.chart').exists()).toBe(false)
  })

  test('is a chart at a desk, whose axis can be asked', async () => {
    const { wrapper, requests, router } = await open(TerminalDay, '/terminals/t', answers, { id: 't' })
    const axis = wrapper.get('.axis').element as HTMLElement
    axis.getBoundingClientRect = () => ({ left: 0 }) as DOMRect
    // Seven rem are an hour, behind the folded night: 7:00.
    axis.dispatchEvent(new MouseEvent('click', { clientX: (2.75 + 2 * 7) * 16 + 1 }))
    await settle()
    expect(router.currentRoute.value.query).toEqual({ day: today, at: '2026-01-22T23:00:00.000Z' })
    expect(requests.at(-1)!.path).toBe('/api/why?terminal=t&at=2026-01-22T23%3A00%3A00.000Z')
    expect(wrapper.text()).toContain('07:00《防溺水》没播成:停电。')
    expect(wrapper.text()).toContain('前一次 6:30《防溺水》(已放音)')
  })

  test('turns to another day, and says when nothing was planned', async () => {
    const { wrapper, requests } = await open(TerminalDay, '/terminals/t', { ...answers, 'GET /api/terminals/t/timeline': { ...timeline, plan: [], plays: [], reported_until: undefined } }, { id: 't' })
    expect(wrapper.text()).toContain('这一天没有安排,也没有放过音。')
    expect(wrapper.text()).toContain('还没有回报过。')
    await press('后一天')
    expect(requests.at(-1)!.path).toBe('/api/terminals/t/timeline?day=2026-01-24')
  })
})

describe('why', () => {
  test('asks for the minute that is filled in, in the town’s zone', async () => {
    const { wrapper, requests } = await open(WhyPage, '/why', { 'GET /api/terminals': { terminals: [terminal()] }, 'GET /api/why': why })
    await wrapper.get('input[type=time]').setValue('07:00')
    await wrapper.get('input[type=time]').trigger('change')
    await settle()
    expect(requests.at(-1)!.path).toBe('/api/why?terminal=t&at=2026-01-22T23%3A00%3A00.000Z')
    expect(wrapper.text()).toContain('有安排,没响')
    expect(wrapper.get('a[href="/rounds/r1"]').text()).toBe('防溺水')
    await press('前一次')
    expect(requests.at(-1)!.path).toBe('/api/why?terminal=t&at=2026-01-22T22%3A30%3A00.000Z')
  })

  test('offers the loudspeakers of the place it was asked for', async () => {
    const terminals = [terminal(), terminal({ id: 'u', grid: '440605124201', name: '儒林喇叭' }), terminal({ id: 'v', grid: '440605124201', name: '儒林二号' })]
    const { wrapper } = await open(WhyPage, '/why?grid=440605124201&at=2026-01-22T23:00:00Z', { 'GET /api/terminals': { terminals } })
    expect(wrapper.findAll('option').length).toBe(3)
    expect(wrapper.text()).not.toContain('有安排')
  })

  test('speaks English too', async () => {
    language.value = 'en'
    const { wrapper } = await open(WhyPage, '/why?terminal=t&at=2026-01-22T23:00:00Z', { 'GET /api/terminals': { terminals: [terminal()] }, 'GET /api/why': why })
    expect(wrapper.text()).toContain('planned, does not sound')
  })
})
