import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import Register from '@/pages/Register.vue'
import { keepsAiring, queryOf, type Narrowing } from '@/register/narrow'
import { airing, broadcaster, gridDays, routerAt, signInAs } from './town'

const none: Narrowing = { day: '', tab: '', grid: '', terminal: '', outcome: '', cause: '', planned: '', excused: '' }

describe('the register narrowed', () => {
  test('asks the broadcaster for what it can tell apart', () => {
    expect(queryOf(none, '2026-01-23')).toEqual({ day: '2026-01-23' })
    expect(queryOf({ ...none, grid: '4', terminal: 't', outcome: 'missed', cause: 'power_off' }, '2026-01-23')).toEqual({
      day: '2026-01-23',
      grid: '4',
      terminal: 't',
      outcome: 'missed',
      cause: 'power_off',
    })
    expect(queryOf({ ...none, outcome: 'nonsense', cause: 'a,b' }, '2026-01-23')).toEqual({ day: '2026-01-23' })
    expect(queryOf({ ...none, tab: 'plays', outcome: 'missed', cause: 'power_off' }, '2026-01-23')).toEqual({ day: '2026-01-23' })
  })

  test.each([
    ['all', {}, { planned: false }, true],
    ['planned, and it was', { planned: 'yes' }, {}, true],
    ['planned, and it was not', { planned: 'yes' }, { planned: false }, false],
    ['unplanned, and it sounded', { planned: 'no' }, { planned: false }, true],
    ['unplanned, and it did not sound', { planned: 'no' }, { planned: false, outcome: 'missed' as const }, false],
    ['a cause', { cause: 'power_off' }, { outcome: 'missed' as const, cause: 'power_off' }, true],
    ['a cause that only made it late', { cause: 'power_off' }, { cause: 'power_off' }, false],
    ['an unknown cause', { cause: 'unknown' }, { outcome: 'partial' as const }, true],
    ['an unknown cause, but it was not reported', { cause: 'unknown' }, { outcome: 'unreported' as const }, false],
    ['one of several causes', { cause: 'quiet_hours,cancelled', excused: 'yes' }, { outcome: 'missed' as const, cause: 'cancelled' }, true],
    ['none of several causes', { cause: 'quiet_hours,cancelled', excused: 'yes' }, { outcome: 'missed' as const, cause: 'power_off' }, false],
  ])('to %s', (_name, narrow, change, want) => expect(keepsAiring({ ...none, ...narrow }, airing(change))).toBe(want))
})

describe('the register', () => {
  beforeEach(() => signInAs())

  async function open(path: string, pages: unknown[]) {
    const requests = broadcaster({
      'GET /api/day': { day: '', now: '', sounding: [], upcoming: [], grids: gridDays, terminals: [], complete_for: 0, complete_of: 0 },
      'GET /api/airings': () => pages.shift() ?? { airings: [], next: '' },
    })
    const router = await routerAt(path)
    const wrapper = mount(Register, { global: { plugins: [router] } })
    await flushPromises()
    return { wrapper, router, asked: () => requests.filter((r) => r.path.startsWith('/api/airings')).map((r) => r.path) }
  }

  test('shows what a number was made of, and the way back to all', async () => {
    const { wrapper, router, asked } = await open('/register?day=2026-01-22&grid=440605124200&planned=yes&outcome=missed', [
      { airings: [airing({ outcome: 'missed', reason: '停电' }), airing({ outcome: 'missed', planned: false, round: '手动' })], next: '' },
    ])
    expect(asked()[0]).toBe('/api/airings?day=2026-01-22&grid=440605124200&outcome=missed&planned=yes&limit=100&cursor=')
    expect(wrapper.text()).toContain('现在只看:上西村,计划内的')
    expect(wrapper.text()).toContain('防溺水')
    expect(wrapper.text()).not.toContain('手动')
    await wrapper.findAll('button').find((b) => b.text() === '显示全部')!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ day: '2026-01-22' })
    expect(asked().at(-1)).toBe('/api/airings?day=2026-01-22&limit=100&cursor=')
    expect(wrapper.text()).not.toContain('现在只看')
  })

  test('goes on through pages that hold nothing of what is wanted', async () => {
    const { wrapper, asked } = await open('/register?planned=no', [
      { airings: [airing()], next: 'second' },
      { airings: [airing({ planned: false, round: '手动' })], next: '' },
    ])
    expect(asked()).toHaveLength(2)
    expect(wrapper.text()).toContain('手动')
    expect(wrapper.text()).toContain('计划外')
    expect(wrapper.text()).not.toContain('防溺水')
  })
})
