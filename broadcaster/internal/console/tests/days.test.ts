import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { blankForm, timetableOf, type Form } from '@/timetable/form'
import WhenPicker from '@/timetable/WhenPicker.vue'
import { broadcaster, problem, signInAs } from './town'

const button = (wrapper: VueWrapper, text: string) => wrapper.findAll('button').find((b) => b.text().includes(text))!
const label = (wrapper: VueWrapper, text: string) => wrapper.findAll('label').find((l) => l.text() === text)!

/** The picker as a form holds it. */
function pick(change: Partial<Form> = {}) {
  const form = ref<Form>({ ...blankForm('2026-01-23', '15:30'), kind: 'daily', ...change })
  const wrapper = mount(defineComponent({ render: () => h(WhenPicker, { modelValue: form.value, 'onUpdate:modelValue': (f: Form) => (form.value = f) }) }))
  return { wrapper, form }
}

describe('the picker of days', () => {
  beforeEach(() => signInAs())

  test('puts the usual lunar days one touch away, and any other', async () => {
    const { wrapper, form } = pick()
    await button(wrapper, '农历初一、十五').trigger('click')
    await button(wrapper, '每月初一').trigger('click')
    await button(wrapper, '每月十五').trigger('click')
    expect(form.value.lunar).toEqual([{ day: 1 }, { day: 15 }])
    const [month, day] = wrapper.findAll('select')
    await month!.setValue('6')
    await day!.setValue('-1')
    await label(wrapper, '是闰月').get('input').setValue(true)
    await button(wrapper, '加上').trigger('click')
    expect(form.value.lunar.at(-1)).toEqual({ day: -1, month: 6, leap: true })
    expect(wrapper.text()).toContain('农历每月初一、十五、闰六月最后一天,7:00')
    await button(wrapper, '每月初一 ✕').trigger('click')
    expect(form.value.lunar).toHaveLength(2)
  })

  test('names market days by their tails', async () => {
    const { wrapper, form } = pick()
    await button(wrapper, '墟日').trigger('click')
    await button(wrapper, '3·6·9').trigger('click')
    await label(wrapper, '农历').get('input').setValue(true)
    await label(wrapper, '6').get('input').setValue(false)
    expect(timetableOf(form.value).market).toEqual({ endings: [3, 9], lunar: true })
    expect(wrapper.text()).toContain('墟日(农历逢 3、9),7:00')
  })

  test('knows the town’s lists of days, and keeps one that is gone until it is let go', async () => {
    broadcaster({ 'GET /api/holidays': { holidays: [{ name: '国庆', days: ['2026-10-01', '2026-10-07'], by: '', used_by: [], may_edit: true }] } })
    const { wrapper, form } = pick({ exceptHolidays: ['没了的'] })
    await flushPromises()
    expect(wrapper.text()).toContain('共 2 天')
    const [only] = wrapper.findAll('label').filter((l) => l.text() === '只在这些天播')
    await only!.get('input').setValue(true)
    expect(timetableOf(form.value)).toMatchObject({ only_holidays: ['国庆'], except_holidays: ['没了的'] })
    const usual = wrapper.findAll('label').filter((l) => l.text() === '照常')
    await usual[1]!.get('input').setValue(true)
    expect(form.value.exceptHolidays).toEqual([])
  })

  test('says so when the lists cannot be fetched, and tries again', async () => {
    let up = false
    broadcaster({ 'GET /api/holidays': () => (up ? { holidays: [] } : problem(500, 'internal', '出错了。')) })
    const { wrapper } = pick()
    await button(wrapper, '假日表').trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('出错了。')
    up = true
    await button(wrapper, '再试一次').trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('还没有假日表。')
  })

  test('leaves days out', async () => {
    const { wrapper, form } = pick()
    await button(wrapper, '限定日期').trigger('click')
    await wrapper.findAll('input[type=date]')[2]!.setValue('2026-02-17')
    await button(wrapper, '这天不播').trigger('click')
    expect(form.value.except).toEqual(['2026-02-17'])
    await button(wrapper, '2月17日').trigger('click')
    expect(form.value.except).toEqual([])
  })
})
