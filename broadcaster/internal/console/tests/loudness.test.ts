import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Limits, VolumeRule } from '@/api/schema'
import { isUsual, limitsWords, percents, volumeWords, withPercent } from '@/loudness/words'
import Loudness from '@/pages/Loudness.vue'
import { broadcaster, grids, signInAs } from './town'

const rule: VolumeRule = { id: 'v', grid: '440605124200', grid_name: '上西村', from: '06:00', to: '08:00', percent: 60, floor: 0, cap: 60, by: '关主任', may_edit: true }
const limits: Limits = { minutes: 0, plays: 0, offered_minutes: 60, offered_plays: 6, may_edit: true }

describe('limits in words', () => {
  test('say what they mean, and that there are none', () => {
    expect(limitsWords({ minutes: 60, plays: 0 })).toEqual(['每个固定喇叭,一天最多播 60 分钟宣传。', '同一条宣传一天播多少遍,没有上限。'])
    expect(isUsual(limits)).toBe(false)
    expect(isUsual({ ...limits, minutes: 60, plays: 6 })).toBe(true)
  })
})

describe('a volume rule', () => {
  test.each([
    ['with a cap that is its percent', { percent: 60, cap: 60, floor: 0 }, '谁也不能比 60% 更响。'],
    ['with a higher cap', { percent: 60, cap: 80, floor: 0 }, '最高到 80%。'],
    ['with a floor', { percent: 60, cap: 60, floor: 30 }, '再低也不低过 30%。'],
  ])('%s says what holds', (_name, given, want) => expect(volumeWords(given).join('')).toContain(want))

  test('takes its bounds with it when its percent moves', () => {
    expect(withPercent(rule, 40)).toMatchObject({ percent: 40, cap: 40 })
    expect(withPercent({ ...rule, cap: 80, floor: 50 }, 40)).toMatchObject({ percent: 40, cap: 80, floor: 40 })
    expect(withPercent({ ...rule, cap: 80 }, 90)).toMatchObject({ percent: 90, cap: 90 })
  })

  test('keeps an odd percent among those offered', () => expect(percents(55)).toEqual([10, 20, 30, 40, 50, 55, 60, 70, 80, 90, 100]))
})

describe('the page of loudness', () => {
  beforeEach(() => signInAs({ may: ['see_grid', 'edit_volume'] }))

  async function open(answers: Record<string, unknown> = {}) {
    const requests = broadcaster({
      'GET /api/limits': limits,
      'PUT /api/limits': null,
      'GET /api/volume': { volume: [rule] },
      'GET /api/grids': { grids },
      'POST /api/volume': rule,
      ...answers,
    })
    const wrapper = mount(Loudness, { attachTo: document.body })
    await flushPromises()
    const press = async (text: string) => {
      ;[...document.querySelectorAll('button')].find((b) => b.textContent?.trim() === text)!.click()
      await flushPromises()
    }
    return { wrapper, requests, press }
  }

  test('offers the usual limits to an administrator in one touch', async () => {
    const { wrapper, requests, press } = await open()
    expect(wrapper.text()).toContain('没有上限')
    await press('就用一般的')
    expect(requests.find((r) => r.method === 'PUT')?.body).toEqual({ minutes: 60, plays: 6 })
  })

  test('tells others who sets them', async () => {
    const { wrapper } = await open({ 'GET /api/limits': { ...limits, may_edit: false }, 'GET /api/volume': { volume: [{ ...rule, may_edit: false }] } })
    expect(wrapper.text()).toContain('上限由镇里的管理员定。')
    expect(wrapper.findAll('button').map((b) => b.text())).toEqual(['加音量规定'])
  })

  test('adds a rule whose cap is its percent, and says what a higher one lets', async () => {
    const { requests, press } = await open()
    await press('加音量规定')
    const selects = [...document.querySelectorAll<HTMLSelectElement>('.el-dialog select')]
    const choose = async (i: number, value: string) => {
      selects[i]!.value = value
      selects[i]!.dispatchEvent(new Event('change'))
      await flushPromises()
    }
    const at = selects.length - 3 // percent, cap, floor
    await choose(at, '40')
    expect(document.body.textContent).toContain('谁也不能比 40% 更响。')
    await choose(at + 1, '80')
    expect(document.body.textContent).toContain('下级和喇叭自己可以另设,最高到 80%。')
    await choose(at + 1, '40')
    document.querySelector('.el-dialog form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
    expect(requests.find((r) => r.method === 'POST')?.body).toEqual({ grid: '440605124', from: '06:00', to: '08:00', percent: 40, floor: 0, cap: 40 })
  })

  test('says why it cannot show one half, and shows the other', async () => {
    const { wrapper } = await open({ 'GET /api/limits': () => Promise.reject(new TypeError('down')) })
    expect(wrapper.text()).toContain('连不上服务器')
    expect(wrapper.text()).toContain('上西村 6:00 到 8:00')
  })
})
