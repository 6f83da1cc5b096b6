import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Counts, ReconcileRow, Reconciliation } from '@/api/schema'
import Page from '@/pages/Reconciliation.vue'
import { dueWords, figuresOf, holds, sumWords } from '@/reconcile/figures'
import { Rows } from '@/reconcile/rows'
import { broadcaster, grids, problem, routerAt, signInAs } from './town'

function row(change: Partial<ReconcileRow> & { counts?: Counts } = {}): ReconcileRow {
  const counts = change.counts ?? { planned: 0, played: 0, partial: 0, missed: 0, unreported: 0, extra: 0 }
  const excused = change.excused ?? 0
  return {
    grid: '440605124',
    parent: '',
    terminal: '',
    name: '九江镇',
    grid_path: '九江镇',
    level: 0,
    counts,
    on_time: counts.played,
    late: 0,
    excused,
    due: counts.planned - excused,
    unexplained: 0,
    causes: [],
    ...change,
  }
}

const counts: Counts = { planned: 42, played: 38, partial: 1, missed: 2, unreported: 1, extra: 3 }
const causes = [
  { cause: 'power_off', reason: '停电', count: 1, excused: 0 },
  { cause: 'quiet_hours', reason: '静音时段', count: 2, excused: 2 },
]
const busy = { counts, excused: 2, causes, late: 4 }

/** A day on which 老龄社's two loudspeakers did all that was done. */
const day: Reconciliation = {
  day: '2026-01-23',
  now: '2026-01-23T01:00:00Z',
  grids: grids.map((g) => row({ grid: g.code, parent: g.parent, name: g.name, level: g.level, ...('440605124200101'.startsWith(g.code) ? busy : {}) })),
  terminals: [
    row({ grid: '440605124200101', terminal: 't1', name: '老龄社 1 号喇叭', ...busy, reported_until: '2026-01-23T00:55:00Z' }),
    row({ grid: '440605124200101', terminal: 't2', name: '老龄社 2 号喇叭', counts: { ...counts, planned: 0, played: 0, partial: 0, missed: 0, unreported: 0 } }),
  ],
}

describe('a row', () => {
  test('says its sum, and whether it holds', () => {
    expect(sumWords(row(busy))).toBe('计划 42 = 播完 38 + 没播完 1 + 没播成 2 + 还没回报 1')
    expect(holds(row(busy))).toBe(true)
    expect(holds(row({ counts: { ...counts, missed: 3 } }))).toBe(false)
    expect(holds(row({ ...busy, due: 42 }))).toBe(false)
  })

  test('sets aside what was silent by order', () => {
    expect(dueWords(row(busy))).toEqual(['应播 40 = 计划 42 − 按规定不播 2', '播发成功率 95%(播完 38 / 应播 40)'])
    expect(dueWords(row())).toEqual([])
  })

  test('does not round up to a hundred', () => {
    expect(dueWords(row({ counts: { ...counts, planned: 10_000, played: 9_999, partial: 1, missed: 0, unreported: 0 } }))).toEqual([
      '播发成功率 99.9%(播完 9999 / 应播 10000)',
    ])
  })

  test('leads with each number to the airings that it is made of', () => {
    const queries = Object.fromEntries(figuresOf('2026-01-23', row(busy)).map((f) => [f.name, (f.to as { query: unknown }).query]))
    const at = { day: '2026-01-23', grid: '440605124' }
    expect(queries).toEqual({
      planned: { ...at, planned: 'yes' },
      played: { ...at, planned: 'yes', outcome: 'played' },
      partial: { ...at, planned: 'yes', outcome: 'partial' },
      missed: { ...at, planned: 'yes', outcome: 'missed' },
      unreported: { ...at, planned: 'yes', outcome: 'unreported' },
      excused: { ...at, planned: 'yes', excused: 'yes', cause: 'quiet_hours' },
      extra: { ...at, planned: 'no' },
    })
  })
})

describe('the tree of a day', () => {
  const rows = new Rows(day)

  test('folds open down to loudspeakers, and leaves out where nothing was', () => {
    expect(rows.shown(new Set()).map((s) => s.row.name)).toEqual(['九江镇'])
    const all = rows.shown(new Set(rows.openable()))
    expect(all.map((s) => [s.row.name, s.depth])).toEqual([
      ['九江镇', 0],
      ['上西村', 1],
      ['老龄社', 2],
      ['老龄社 1 号喇叭', 3],
      ['老龄社 2 号喇叭', 3],
    ])
    expect(rows.bare('440605124')).toBe(1)
  })

  test('knows the way down to a loudspeaker', () => {
    expect(rows.path('t1').map((r) => r.name)).toEqual(['九江镇', '上西村', '老龄社', '老龄社 1 号喇叭'])
    expect(rows.find('nowhere')).toBeUndefined()
  })
})

describe('the page', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-01-23T01:00:00Z')
    signInAs()
  })

  async function open(answer: unknown, path = '/reconciliation') {
    const requests = broadcaster({ 'GET /api/reconciliation': answer })
    const wrapper = mount(Page, { global: { plugins: [await routerAt(path)] } })
    await vi.advanceTimersByTimeAsync(0)
    return { wrapper, requests }
  }

  test('shows one place on a phone, and goes down and up again', async () => {
    const { wrapper } = await open(day)
    const phone = wrapper.get('.phone')
    expect(phone.text()).toContain('计划 42 = 播完 38 + 没播完 1 + 没播成 2 + 还没回报 1')
    expect(phone.text()).toContain('对得上')
    expect(phone.text()).toContain('停电 1 次')
    expect(phone.text()).toContain('另有 1 处没有计划')
    for (const name of ['上西村', '老龄社', '老龄社 1 号喇叭']) {
      await phone.findAll('button').find((b) => b.text().startsWith(name))!.trigger('click')
      await flushPromises()
      await vi.advanceTimersByTimeAsync(10)
      expect(wrapper.get('.phone h2').text()).toBe(name)
    }
    expect(wrapper.get('.phone').text()).toContain('已回报到 今天 8:55')
    await wrapper.get('.phone nav button').trigger('click')
    await flushPromises()
    expect(wrapper.get('.phone h2').text()).toBe('九江镇')
  })

  test('shows a table on a desk whose numbers are links', async () => {
    const { wrapper } = await open(day)
    const table = wrapper.get('table')
    expect(table.findAll('thead th').map((th) => th.text())).toEqual(['地方', '计划', '= 播完', '+ 没播完', '+ 没播成', '+ 还没回报', '按规定不播', '计划外', '应播', '原因'])
    expect(table.findAll('tbody tr')).toHaveLength(2)
    await wrapper.findAll('button').find((b) => b.text() === '全部展开')!.trigger('click')
    expect(table.findAll('tbody tr')).toHaveLength(5)
    expect(table.get('a[aria-label="老龄社 1 号喇叭:没播成 2 次"]').attributes('href')).toBe(
      '/register?day=2026-01-23&grid=440605124200101&terminal=t1&planned=yes&outcome=missed',
    )
  })

  test('says so when a day does not add up', async () => {
    const { wrapper } = await open({ ...day, grids: [row({ counts: { ...counts, played: 37 } })], terminals: [] })
    expect(wrapper.text()).toContain('对不上')
  })

  test('of a day without anything says that, and of a refusal why', async () => {
    const { wrapper } = await open({ ...day, grids: [row()], terminals: [] })
    expect(wrapper.text()).toContain('这一天没有计划,也没有播。')
    const refused = await open(problem(503, 'x', '正在维护,过一会儿再来。'))
    expect(refused.wrapper.text()).toContain('正在维护')
  })

  test('goes from day to day', async () => {
    const { wrapper, requests } = await open(day, '/reconciliation?day=2026-01-20')
    expect(requests.map((r) => r.path)).toEqual(['/api/reconciliation?day=2026-01-20'])
    await wrapper.findAll('button').find((b) => b.text() === '前一天')!.trigger('click')
    await flushPromises()
    await vi.advanceTimersByTimeAsync(10)
    expect(requests.at(-1)!.path).toBe('/api/reconciliation?day=2026-01-19')
  })
})
