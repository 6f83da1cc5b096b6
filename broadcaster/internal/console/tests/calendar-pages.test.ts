import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import Calendar from '@/pages/Calendar.vue'
import UndoBar from '@/parts/UndoBar.vue'
import { button, dialog, open, press, room, sent, settle } from './pages'
import { dayOf, slotOf } from './plan'
import { problem, round, signInAs } from './town'

const today = '2026-01-23'
const tomorrow = '2026-01-24'
const slot = slotOf(tomorrow, '07:30')
const answer = { grid: '440605124', terminal: '', name: '九江镇', now: '2026-01-23T01:00:00Z', days: [dayOf(today, [slotOf(today, '06:30', { state: 'missed', reason: '停电', may_edit: false })]), dayOf(tomorrow, [slot])] }

const calendar = (path: string, answers: Record<string, unknown>) =>
  open(Calendar, path, { 'GET /api/calendar': answer, 'GET /api/playlists': { playlists: [] }, 'GET /api/rounds': { rounds: [round()] }, ...answers })

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-23T01:00:00Z') })
  signInAs()
  room(true)
})

describe('the calendar', () => {
  test('asks for the week of the person’s own grid at a desk, and for a day on a phone', async () => {
    const desk = await calendar('/calendar', {})
    expect(desk.requests[0]!.path).toBe('/api/calendar?grid=440605124&from=2026-01-19&days=7')
    desk.wrapper.unmount()
    room(false)
    const phone = await calendar('/calendar', {})
    expect(phone.requests[0]!.path).toBe('/api/calendar?grid=440605124&from=2026-01-23&days=1')
    expect(phone.wrapper.text()).toContain('6:30防溺水停电')
  })

  test('follows the address to a loudspeaker and a day', async () => {
    const { requests } = await calendar('/calendar?terminal=t&day=2026-02-04&view=day', {})
    expect(requests[0]!.path).toBe('/api/calendar?terminal=t&from=2026-02-04&days=1')
  })

  test('says what is empty, what was left out, and what could not be fetched', async () => {
    const empty = await calendar('/calendar', { 'GET /api/calendar': { ...answer, days: [dayOf(today, [], { more: 7, unplanned: 12 })] } })
    expect(empty.wrapper.text()).toContain('这些天没有安排。')
    expect(empty.wrapper.text()).toContain('只列到 0:00,往后还有 7 次没列出来。')
    expect(empty.wrapper.text()).toContain('有 12 个没有算进来')
    empty.wrapper.unmount()
    const refused = await calendar('/calendar', { 'GET /api/calendar': problem(403, 'forbidden', '这里不归您管。') })
    expect(refused.wrapper.text()).toContain('这里不归您管。')
  })

  test('opens an airing with what, whose and why', async () => {
    await calendar('/calendar', {})
    await press('6:30,防溺水,没播成')
    expect(dialog()).toContain('停电')
    expect(dialog()).toContain('《防溺水》粤语')
    expect(dialog()).toContain('谁的安排')
    expect(button('挪到…')).toBeUndefined()
    expect(button('取消这一次')).toBeUndefined()
  })

  test('calls one airing off, and takes that back', async () => {
    const { requests } = await calendar('/calendar', { 'POST /api/rounds/r1/cancellations': null, 'DELETE /api/rounds/r1/cancellations': null })
    const bar = mount(UndoBar)
    await press('7:30,防溺水')
    await press('取消这一次')
    expect(sent(requests, 'POST')).toEqual([['/api/rounds/r1/cancellations', { due: slot.due }]])
    expect(bar.text()).toContain('《防溺水》明天 7:30 这一次不播了')
    await bar.get('button').trigger('click')
    await settle()
    expect(sent(requests, 'DELETE')[0]![0]).toBe(`/api/rounds/r1/cancellations?${new URLSearchParams({ due: slot.due })}`)
  })

  test('reinstates for the loudspeaker or for all, as it was called off', async () => {
    const off = slotOf(tomorrow, '07:30', { state: 'cancelled' })
    const { requests } = await calendar('/calendar?terminal=t', {
      'GET /api/calendar': { ...answer, days: [dayOf(tomorrow, [off])] },
      'GET /api/cancellations': { cancellations: [{ round: 'r1', due: '2026-01-24T07:30:00+08:00', terminal: '' }, { round: 'r1', due: off.due, terminal: 'another' }] },
      'DELETE /api/rounds/r1/cancellations': null,
    })
    await press('7:30,防溺水,已取消')
    await press('恢复这一次')
    expect(sent(requests, 'DELETE').map(([path]) => path)).toEqual([`/api/rounds/r1/cancellations?${new URLSearchParams({ due: '2026-01-24T07:30:00+08:00' })}`])
  })
})

describe('moving without dragging', () => {
  const fill = async (type: string, value: string) => {
    const input = document.querySelector<HTMLInputElement>(`[role=dialog] input[type=${type}]`)!
    input.value = value
    input.dispatchEvent(new Event('input'))
    await settle()
  }
  const moving = async (answers: Record<string, unknown> = {}) => {
    const page = await calendar('/calendar', {
      'POST /api/rounds/r1/move': round({ id: 'r2', once: true }),
      'POST /api/rounds/check': { terminals: [], next: [], length_ms: 0, warnings: ['开始时间有点早。'], late: { sentence: '', terminals: [] } },
      'PUT /api/rounds/r1': round(),
      'DELETE /api/rounds/r1/cancellations': null,
      'DELETE /api/rounds/r2': null,
      ...answers,
    })
    await press('7:30,防溺水')
    await press('挪到…')
    return page
  }

  test('puts only this airing elsewhere, and back', async () => {
    const { requests } = await moving()
    const bar = mount(UndoBar)
    await fill('time', '08:05')
    await press('挪到 明天 8:05')
    expect(sent(requests, 'POST')).toEqual([['/api/rounds/r1/move', { due: slot.due, to: '2026-01-24T00:05:00.000Z' }]])
    await bar.get('button').trigger('click')
    await settle()
    expect(sent(requests, 'DELETE').map(([path]) => (path as string).split('?')[0])).toEqual(['/api/rounds/r2', '/api/rounds/r1/cancellations'])
  })

  test('moves all from now on, after showing what is to be minded', async () => {
    const { requests } = await moving()
    await fill('time', '06:00')
    document.querySelector<HTMLInputElement>('[role=dialog] input[value=all]')!.click()
    await settle()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(dialog()).toContain('开始时间有点早。')
    const every = { minutes: 1, from: '06:00', to: '06:00' }
    expect(sent(requests, 'POST')).toMatchObject([['/api/rounds/check?id=r1', { timetable: { every } }]])
    await press('挪到 明天 6:00')
    expect(sent(requests, 'PUT')).toMatchObject([['/api/rounds/r1', { name: '防溺水', timetable: { every } }]])
  })

  test('calls off what would sound a second time today, says so, and takes all of it back', async () => {
    const next = ['2026-01-23T02:25:00Z', '2026-01-24T02:25:00Z']
    const { requests } = await moving({
      'POST /api/rounds/check': { terminals: [], next, length_ms: 0, warnings: [], late: { sentence: '', terminals: [] } },
      'POST /api/rounds/r1/cancellations': null,
    })
    const bar = mount(UndoBar)
    await fill('time', '10:25')
    document.querySelector<HTMLInputElement>('[role=dialog] input[value=all]')!.click()
    await settle()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(dialog()).toContain('今天 7:30 那次已经播过,10:25 不再播一遍')
    await press('挪到 明天 10:25')
    expect(sent(requests, 'POST').at(-1)).toEqual(['/api/rounds/r1/cancellations', { due: '2026-01-23T02:25:00.000Z' }])
    expect(bar.text()).toContain('今天 7:30 那次已经播过,10:25 不再播一遍')
    await bar.get('button').trigger('click')
    await settle()
    expect(sent(requests, 'DELETE')).toHaveLength(1)
    expect(sent(requests, 'PUT')).toHaveLength(2)
  })

  test('offers no more than one airing where the rest cannot follow', async () => {
    await moving()
    expect(dialog()).toContain('以后都改')
    await fill('date', '2026-01-25')
    expect(dialog()).not.toContain('以后都改')
    expect(dialog()).toContain('换了日子,只挪这一次。')
  })

  test('refuses what is over in words, and says what the broadcaster refused', async () => {
    const { requests } = await moving({ 'POST /api/rounds/r1/move': () => problem(409, 'airing_over', '这一次已经过了。') })
    await fill('date', '2026-01-22')
    expect(dialog()).toContain('这个时间已经过了')
    await fill('date', tomorrow)
    await fill('time', '08:00')
    await press('挪到 明天 8:00')
    expect(sent(requests, 'POST').length).toBe(1)
    expect(dialog()).toContain('这一次已经过了。')
  })

  test('of a round that fires once puts the round itself back', async () => {
    const { requests } = await moving({ 'GET /api/rounds': { rounds: [round({ once: true })] }, 'POST /api/rounds/r1/move': round({ once: true }) })
    const bar = mount(UndoBar)
    await fill('time', '08:05')
    expect(dialog()).not.toContain('以后都改')
    await press('挪到 明天 8:05')
    await bar.get('button').trigger('click')
    await settle()
    expect(sent(requests, 'POST').at(-1)).toEqual(['/api/rounds/r1/move', { due: '2026-01-24T00:05:00.000Z', to: slot.due }])
    expect(sent(requests, 'DELETE')).toEqual([])
  })
})

describe('dragging on the page', () => {
  test('asks before anything moves, at the time where it was dropped', async () => {
    const { wrapper } = await calendar('/calendar', {})
    const columns = [...document.querySelectorAll<HTMLElement>('.column')]
    const box = (left: number, right: number, top: number) => () => ({ left, right, top, bottom: 9_999, x: left, y: top, width: right - left, height: 9_999 }) as DOMRect
    document.querySelector<HTMLElement>('.scroller')!.getBoundingClientRect = box(0, 1_000, 0)
    columns.forEach((c, i) => (c.getBoundingClientRect = box(i * 100, i * 100 + 100, 0)))
    // Four rem are an hour, below the folded night; 7:30 lies at 2.75 + 2.5 × 4 rem.
    const y = (hour: number) => (2.75 + (hour - 5) * 4) * 16
    const at = (type: string, x: number, yy: number) => new PointerEvent(type, { clientX: x, clientY: yy, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, bubbles: true })
    button('7:30,防溺水').dispatchEvent(at('pointerdown', 150, y(7.5)))
    window.dispatchEvent(at('pointermove', 150, y(9)))
    await settle()
    expect(wrapper.get('.label').text()).toBe('明天 9:00防溺水')
    window.dispatchEvent(at('pointermove', 50, y(8)))
    await settle()
    expect(wrapper.get('.label').text()).toContain('这个时间已经过了')
    window.dispatchEvent(at('pointermove', 150, y(9.26)))
    window.dispatchEvent(at('pointerup', 150, y(9.26)))
    await settle()
    expect(dialog()).toContain('挪到 明天 9:15')
  })
})
