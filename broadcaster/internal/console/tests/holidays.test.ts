import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import type { Holidays as Set } from '@/api/schema'
import { daysIn, monthAfter, runsOf, runWords, weeksOf } from '@/holidays/dates'
import Holidays from '@/pages/Holidays.vue'
import HolidaysEditor from '@/pages/HolidaysEditor.vue'
import { makeRouter } from '@/router'
import { broadcaster, signInAs } from './town'

const october = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `2026-10-${String(from + i).padStart(2, '0')}`)

describe('pasted days', () => {
  test.each([
    ['with commas', '2026-10-01, 2026-10-02', october(1, 2)],
    ['with Chinese commas and lines', '2026-10-01、2026-10-02\n2026-10-03;2026-10-04,2026-10-05', october(1, 5)],
    ['twice, and out of order', '2026-10-02 2026-10-01 2026-10-02', october(1, 2)],
    ['with other signs', '2026/10/1 2026.10.2 20261003 2026年10月4日', october(1, 4)],
    ['as a range', '2026-10-01 至 2026-10-07', october(1, 7)],
    ['as it is published', '10月1日(周四)至7日(周三)', october(1, 7)],
    ['as a range with a tilde', '10-01~10-03', october(1, 3)],
    ['over a year’s end', '2026-12-31 到 2027-01-02', ['2026-12-31', '2027-01-01', '2027-01-02']],
    ['with the year of the one before', '2027-01-01, 1月2日', ['2027-01-01', '2027-01-02']],
    ['29 February of a leap year', '2028-02-29', ['2028-02-29']],
    ['nothing', ' \n', []],
  ])('are read %s', (_name, text, want) => expect(daysIn(text, 2026)).toEqual({ days: want, wrong: [] }))

  test.each(['国庆', '2026-02-29', '2026-13-01', '2026-10-32', '10', '7日', '2026-10-07至2026-10-01', '2020-01-01至2026-01-01', '1月1日至2日至3日', '0026-10-01'])('are not guessed from %s', (text) => {
    expect(daysIn(text, 2026)).toEqual({ days: [], wrong: [text] })
  })

  test('that are understood are kept beside those that are not', () => {
    expect(daysIn('2026-10-01 中秋 2026-10-02', 2026)).toEqual({ days: october(1, 2), wrong: ['中秋'] })
  })
})

describe('days in few words', () => {
  test('are runs', () => {
    expect(runsOf(['2026-09-30', '2026-10-01', '2026-10-03'])).toEqual([
      { first: '2026-09-30', last: '2026-10-01' },
      { first: '2026-10-03', last: '2026-10-03' },
    ])
    expect(runsOf([])).toEqual([])
  })

  test('are dates, also when they are tomorrow or in another year', () => {
    expect(runWords({ first: '2026-10-01', last: '2026-10-07' }, '2026-09-30')).toBe('10月1日 周四到10月7日 周三(7 天)')
    expect(runWords({ first: '2026-01-01', last: '2026-01-01' }, '2026-01-02')).toBe('1月1日 周四')
    expect(runWords({ first: '2027-01-01', last: '2027-01-01' }, '2026-12-31')).toBe('2027年1月1日 周五')
  })

  test('lie in weeks from Monday', () => {
    const weeks = weeksOf('2026-02')
    expect(weeks).toHaveLength(5)
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-02-01'])
    expect(weeks.flat().filter(Boolean)).toHaveLength(28)
    expect(weeksOf('2027-02')).toHaveLength(4)
  })

  test.each([
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-06', 0, '2026-06'],
  ])('%s and %i is %s', (month, n, want) => expect(monthAfter(month, n)).toBe(want))
})

const national: Set = { name: '国庆', days: october(1, 7), by: '关主任', used_by: ['早间播报'], may_edit: true }
const may = ['see_grid', 'edit_holidays']
const plugins = () => ({ global: { plugins: [makeRouter(createMemoryHistory())] } })

describe('lists of days', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-09-23T01:00:00Z')
    signInAs({ may })
  })

  test('that rounds use cannot be removed, and say so', async () => {
    broadcaster({ 'GET /api/holidays': { holidays: [national, { ...national, name: '校历', used_by: [] }] } })
    const wrapper = mount(Holidays, plugins())
    await vi.advanceTimersByTimeAsync(0)
    const [used, free] = wrapper.findAll('li.card')
    expect(used!.text()).toContain('10月1日 周四到10月7日 周三(7 天)')
    expect(used!.text()).toContain('用它的定时播:早间播报')
    expect(used!.text()).toContain('有定时播在用,不能删')
    expect(used!.findAll('button').map((b) => b.text())).toEqual(['修改'])
    expect(free!.findAll('button').map((b) => b.text())).toEqual(['修改', '删除'])
  })

  test('are not offered for change to who may not', async () => {
    signInAs({ may: ['see_grid'] })
    broadcaster({ 'GET /api/holidays': { holidays: [] } })
    const wrapper = mount(Holidays, plugins())
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.text()).toContain('由镇里的管理员来加')
    expect(wrapper.findAll('button')).toEqual([])
  })

  async function edit(name?: string) {
    const requests = broadcaster({ 'GET /api/holidays': { holidays: [national] }, 'PUT /api/holidays/%E4%B8%AD%E7%A7%8B': national, 'PUT /api/holidays/%E5%9B%BD%E5%BA%86': national })
    const wrapper = mount(HolidaysEditor, { props: { name }, ...plugins() })
    await vi.advanceTimersByTimeAsync(0)
    return { wrapper, requests }
  }

  test('are made by touching days and by pasting', async () => {
    const { wrapper, requests } = await edit()
    await wrapper.get('input').setValue('中秋')
    await wrapper.get('button[aria-label^="2026年9月25日"]').trigger('click')
    await wrapper.get('textarea').setValue('2026-09-26, 明天')
    expect(wrapper.text()).toContain('看不懂:明天')
    await wrapper.findAll('button').find((b) => b.text() === '加上这 1 天')!.trigger('click')
    expect(wrapper.text()).toContain('表里有 2 天')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(requests.at(-1)).toMatchObject({ method: 'PUT', path: '/api/holidays/%E4%B8%AD%E7%A7%8B', body: { days: ['2026-09-25', '2026-09-26'] } })
  })

  test('may be called anything, as an address may not', async () => {
    broadcaster({ 'GET /api/holidays': { holidays: [{ ...national, name: 'new' }] } })
    const wrapper = mount(HolidaysEditor, { props: { name: 'new' }, ...plugins() })
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.get('h1').text()).toContain('修改假日表')
    expect(wrapper.findAll('h2').map((h) => h.text())).toContain('new')
  })

  test('do not replace one of the same name', async () => {
    const { wrapper } = await edit()
    await wrapper.get('input').setValue('国庆')
    await wrapper.get('button[aria-label^="2026年9月25日"]').trigger('click')
    expect(wrapper.text()).toContain('已经有一张同名的表')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeDefined()
  })

  test('say which rounds a change concerns, and open at their days', async () => {
    const { wrapper, requests } = await edit('国庆')
    expect(wrapper.text()).toContain('改了会影响这些定时播:早间播报')
    await wrapper.get('button[aria-label^="2026年10月7日"]').trigger('click')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(requests.at(-1)?.body).toEqual({ days: october(1, 6) })
  })
})
