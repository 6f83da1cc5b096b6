import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Mute } from '@/api/schema'
import Waiting from '@/day/Waiting.vue'
import { heldWords, instantUntil, untilWords } from '@/mute/until'
import TerminalDay from '@/pages/TerminalDay.vue'
import { useTakeback } from '@/state/takeback'
import TerminalCard from '@/terminals/TerminalCard.vue'
import { mount } from '@vue/test-utils'
import { button, dialog, open, press, room, sent, settle } from './pages'
import { problem, routerAt, session, signInAs, terminal, zone } from './town'

const now = new Date('2026-01-23T01:00:00Z') // 9:00

function mute(change: Partial<Mute> = {}): Mute {
  return {
    id: 'm1',
    by: '陈社长',
    grid: '440605124200',
    grid_name: '上西村',
    reason: '有人反映太吵',
    from: '2026-01-23T00:30:00Z',
    until: '2026-02-22T00:30:00Z',
    open: true,
    may_lift: true,
    ...change,
  }
}

const timeline = {
  terminal: 't',
  name: '老龄社 1 号喇叭',
  grid_path: '上西村 / 老龄社',
  day: '2026-01-23',
  begin: '2026-01-22T16:00:00Z',
  end: '2026-01-23T16:00:00Z',
  now: now.toISOString(),
  plan: [],
  plays: [],
  quiet: [{ begin: '2026-01-23T00:30:00Z', end: '2026-01-23T16:00:00Z', kind: 'mute', reason: '陈社长静了音(有人反映太吵)' }],
  mutes: [] as Mute[],
  may_mute: true,
}

function show(change: Partial<typeof timeline> = {}, answers: Record<string, unknown> = {}) {
  return open(
    TerminalDay,
    '/terminals/t',
    { 'GET /api/terminals/t/timeline': { ...timeline, ...change }, 'GET /api/terminals/t': terminal({ connected: false }), 'GET /api/terminals': { terminals: [] }, ...answers },
    { id: 't' },
  )
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(now)
  document.body.innerHTML = ''
  signInAs({ may: [...session.may, 'mute'] })
  room(false)
})

describe('until when', () => {
  test.each([
    ['hour', '2026-01-23T02:00:00.000Z', '到今天 10:00'],
    ['day', '2026-01-23T16:00:00.000Z', '到今天 24:00'],
    ['days', '2026-01-26T01:00:00.000Z', '到1月26日 周一 9:00'],
    ['open', undefined, '直到有人恢复(最晚2月22日 周日 9:00)'],
  ] as const)('%s', (until, want, words) => {
    expect(instantUntil(until, now, zone)?.toISOString()).toBe(want)
    expect(untilWords(until, now, zone)).toBe(words)
  })

  test('is said of a mute that holds', () => {
    expect(heldWords(mute(), now, zone)).toBe('直到有人恢复(最晚2月22日 周日 8:30)')
    expect(heldWords(mute({ open: false, until: '2026-01-23T16:00:00Z' }), now, zone)).toBe('到今天 24:00')
  })
})

describe('muting a loudspeaker', () => {
  test('takes a reason and an end, says what will be, and can be taken back', async () => {
    const { requests } = await show({}, { 'POST /api/terminals/t/mutes': mute(), 'DELETE /api/mutes/m1': null })
    await press('静音这个喇叭')
    expect(button('静音').hasAttribute('disabled') || dialog().includes('选好为什么')).toBe(true)
    await press('有人反映太吵')
    await press('直到恢复')
    expect(dialog()).toContain('老龄社 1 号喇叭马上静音,直到有人恢复(最晚2月22日 周日 9:00)。原因:有人反映太吵。应急广播照样会响。')
    expect(dialog()).toContain('它现在没连上')
    document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click()
    await settle()
    expect(sent(requests, 'POST')).toEqual([['/api/terminals/t/mutes', { reason: '有人反映太吵' }]])
    const takeback = useTakeback()
    expect(takeback.offered?.words).toBe('“老龄社 1 号喇叭”已静音,直到有人恢复(最晚2月22日 周日 8:30)')
    await takeback.undo()
    expect(sent(requests, 'DELETE')).toEqual([['/api/mutes/m1', undefined]])
  })

  test('says why it was refused', async () => {
    await show({}, { 'POST /api/terminals/t/mutes': () => problem(409, 'muted_already', '陈社长已经静音了。') })
    await press('静音这个喇叭')
    await press('维修')
    await press('1 小时')
    document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click()
    await settle()
    expect(dialog()).toContain('陈社长已经静音了。')
  })

  test('is not offered to who may not, nor while it is muted', async () => {
    await show({ may_mute: false })
    expect(button('静音这个喇叭')).toBeUndefined()
    document.body.innerHTML = ''
    await show({ mutes: [mute()] })
    expect(button('静音这个喇叭')).toBeUndefined()
  })
})

describe('a muted loudspeaker', () => {
  test('shows who, when, why and until when, and the way back', async () => {
    const { wrapper, requests } = await show({ mutes: [mute()] }, { 'DELETE /api/mutes/m1': null })
    const band = wrapper.get('.band').text()
    for (const words of ['静音中,直到有人恢复', '原因:有人反映太吵', '陈社长(上西村)定的,今天 8:30']) expect(band).toContain(words)
    expect(wrapper.text()).toContain('陈社长静了音(有人反映太吵)')
    await press('恢复')
    expect(wrapper.find('.band').exists()).toBe(false)
    expect(sent(requests, 'DELETE')).toEqual([])
    await vi.advanceTimersByTimeAsync(6_000)
    expect(sent(requests, 'DELETE')).toEqual([['/api/mutes/m1', undefined]])
  })

  test('names who can lift it to who cannot', async () => {
    const { wrapper } = await show({ mutes: [mute({ id: 'm2', may_lift: false, grid_name: '九江镇' })] })
    expect(wrapper.get('.band').text()).toContain('要恢复,请找九江镇的负责人。')
    expect(wrapper.get('.band').find('button').exists()).toBe(false)
  })

  test('is marked in the list and counted on the home page, with the way to it', async () => {
    const router = await routerAt('/')
    expect(mount(TerminalCard, { props: { terminal: terminal({ muted: true }) }, global: { plugins: [router] } }).text()).toContain('静音中')
    const one = mount(Waiting, { props: { terminals: [terminal({ muted: true }), terminal({ id: 'u' })] }, global: { plugins: [router] } })
    expect(one.text()).toContain('1 个喇叭静音中。')
    await one.get('button').trigger('click')
    await settle()
    expect(router.currentRoute.value.path).toBe('/terminals/t')
    const two = mount(Waiting, { props: { terminals: [terminal({ muted: true }), terminal({ id: 'u', muted: true })] }, global: { plugins: [router] } })
    expect(two.text()).toContain('2 个喇叭静音中。')
    await two.get('button').trigger('click')
    await settle()
    expect(router.currentRoute.value.path).toBe('/terminals')
  })
})
