import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import type { QuietPlace, Reached } from '@/api/schema'
import QuietPlaceEditor from '@/pages/QuietPlaceEditor.vue'
import QuietPlaces from '@/pages/QuietPlaces.vue'
import { blankPlace, editOf, isOver, placeWords, reaches } from '@/place/place'
import { makeRouter } from '@/router'
import TerminalSheet from '@/terminals/TerminalSheet.vue'
import { locate } from '@/terminals/where'
import { broadcaster, grids, outlines, problem, signInAs, terminal } from './town'

const point = { lat: 22.83, lon: 113 }
const place: QuietPlace = {
  id: 'q',
  grid: '440605124200',
  grid_name: '上西村',
  name: '九江中学',
  lat: 22.83,
  lon: 113,
  radius_m: 200,
  from: '08:00',
  to: '12:00',
  first_day: '2026-06-07',
  last_day: '2026-06-09',
  by: '关主任',
  created: '2026-01-01T00:00:00Z',
  may_edit: true,
  may_remove: false,
}

describe('a quiet place', () => {
  test.each([
    ['days and hours', place, '8:00 到 12:00,6月7日 周日到6月9日 周二,周围 200 米'],
    ['every day, over night', { ...place, first_day: '', last_day: '', from: '20:00', to: '07:00', radius_m: 1000 }, '20:00 到第二天 7:00,每天,周围 1 公里'],
    ['one day', { ...place, last_day: '2026-06-07' }, '8:00 到 12:00,6月7日 周日,周围 200 米'],
    ['from a day on', { ...place, last_day: '' }, '8:00 到 12:00,6月7日 周日起,周围 200 米'],
    ['until a day', { ...place, first_day: '' }, '8:00 到 12:00,到6月9日 周二止,周围 200 米'],
  ])('says its %s', (_name, p, want) => expect(placeWords(p, '2026-01-23')).toBe(want))

  test('is over after its last day', () => {
    expect(isOver(place, '2026-06-09')).toBe(false)
    expect(isOver(place, '2026-06-10')).toBe(true)
    expect(isOver({ last_day: '' }, '2030-01-01')).toBe(false)
  })

  test.each([
    ['within reach', { ...point, lat: 22.8315 }, true],
    ['beyond it', { ...point, lat: 22.8325 }, false],
    ['of another grid', { ...point, grid: '440605124201' }, false],
    ['that moves', { ...point, kind: 'mobile' as const }, false],
    ['that nobody has placed', { lat: undefined, lon: undefined }, false],
  ])('knows whether it reaches a loudspeaker %s', (_name, change, want) => {
    expect(reaches({ grid: '440605124200', point, radius: 200 }, terminal(change))).toBe(want)
  })

  test('is not sent before it lies somewhere', () => {
    expect(editOf(blankPlace('440605124'))).toBeNull()
    expect(editOf({ ...blankPlace('440605124'), point, name: ' 学校 ' })).toMatchObject({ name: '学校', lat: 22.83, radius_m: 200 })
  })
})

const reached: Reached = { silenced: ['老龄社 1 号喇叭'], unplaced: ['先锋社喇叭', '别处的喇叭'], beyond: [{ name: '儒林喇叭', grid_name: '儒林' }] }
const terminals = [terminal({ ...point }), terminal({ id: 'u', name: '先锋社喇叭', grid: '440605124200102' })]
const answers = {
  'GET /api/grids': { grids },
  'GET /api/grids/outlines': { outlines },
  'GET /api/terminals': { terminals },
  'GET /api/quiet-places': { places: [place] },
  'POST /api/quiet-places/check': reached,
  'POST /api/quiet-places': { place, reached },
}

describe('the editor of a quiet place', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-01-23T01:00:00Z')
    signInAs({ may: ['see_grid', 'edit_places', 'manage_terminals'] })
  })

  async function edit(id: string, change: Record<string, unknown> = {}) {
    const requests = broadcaster({ ...answers, ...change })
    const wrapper = mount(QuietPlaceEditor, { props: { id }, global: { plugins: [makeRouter(createMemoryHistory())] }, attachTo: document.body })
    await vi.advanceTimersByTimeAsync(0)
    return { wrapper, requests }
  }

  const tap = async (wrapper: Awaited<ReturnType<typeof edit>>['wrapper']) => {
    const frame = wrapper.get('[role=application]')
    await frame.trigger('pointerdown', { button: 0, pointerId: 1, clientX: 170, clientY: 150 })
    await frame.trigger('pointerup', { pointerId: 1 })
    await vi.advanceTimersByTimeAsync(500)
  }

  test('says after a touch whom it silences, and of whom nobody knows where they stand', async () => {
    const { wrapper } = await edit('new')
    expect(wrapper.text()).toContain('在图上点一下')
    await tap(wrapper)
    expect(wrapper.text()).toContain('1 个喇叭会静音:老龄社 1 号喇叭。')
    expect(wrapper.text()).toContain('不知道在哪里的喇叭 2 个,它们不受影响')
    expect(wrapper.text()).toContain('附近还有别处的喇叭 1 个:儒林喇叭(儒林)。它们不受影响,请和他们商量。')
    expect(wrapper.findAll('button').filter((b) => b.text().startsWith('标出')).map((b) => b.text())).toEqual(['标出先锋社喇叭'])
  })

  test('asks once when the slider rests, not for each step', async () => {
    const { wrapper, requests } = await edit('new')
    await tap(wrapper)
    const asked = () => requests.filter((r) => r.path === '/api/quiet-places/check')
    const before = asked().length
    for (const metres of [300, 400, 500]) await wrapper.get('input[type=range]').setValue(String(metres))
    await vi.advanceTimersByTimeAsync(500)
    expect(asked()).toHaveLength(before + 1)
    expect(asked().at(-1)?.body).toMatchObject({ radius_m: 500 })
    expect(wrapper.text()).toContain('周围多远:500 米')
  })

  test('sends what was chosen', async () => {
    const { wrapper, requests } = await edit('new')
    await wrapper.get('input').setValue('九江中学')
    await tap(wrapper)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(requests.filter((r) => r.path === '/api/quiet-places' && r.method === 'POST').at(-1)?.body).toMatchObject({ grid: '440605124', name: '九江中学', radius_m: 200, from: '08:00', to: '18:00' })
  })

  test('lets the position of a loudspeaker be set without leaving', async () => {
    const { wrapper, requests } = await edit('new', { 'PUT /api/terminals/u': terminals[1] })
    await tap(wrapper)
    await wrapper.findAll('button').find((b) => b.text() === '标出先锋社喇叭')!.trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    const dialog = document.querySelector('.el-dialog')!
    const [lat, lon] = [...dialog.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]')]
    for (const [input, value] of [[lat!, '22.84'], [lon!, '113.02']] as const) {
      input.value = value
      input.dispatchEvent(new Event('input'))
      input.dispatchEvent(new Event('change'))
    }
    dialog.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await vi.advanceTimersByTimeAsync(0)
    expect(requests.find((r) => r.method === 'PUT')?.body).toMatchObject({ name: '先锋社喇叭', lat: 22.84, lon: 113.02, shared: [] })
  })

  test('says why it could not find out', async () => {
    const { wrapper } = await edit('q', { 'POST /api/quiet-places/check': () => problem(422, 'x', '半径太大。') })
    await vi.advanceTimersByTimeAsync(500)
    expect(wrapper.text()).toContain('半径太大。')
  })
})

describe('the list of quiet places', () => {
  test('offers only what the person may do', async () => {
    signInAs({ may: ['see_grid'] })
    broadcaster({ ...answers, 'GET /api/quiet-places': { places: [place, { ...place, id: 'r', may_edit: false, may_remove: true }] } })
    const wrapper = mount(QuietPlaces, { global: { plugins: [makeRouter(createMemoryHistory())] } })
    await flushPromises()
    const [mine, theirs] = wrapper.findAll('li.card')
    expect(mine!.findAll('button').map((b) => b.text())).toEqual(['修改'])
    expect(theirs!.findAll('button').map((b) => b.text())).toEqual(['删除'])
    expect(wrapper.text()).not.toContain('加安静地点')
  })
})

describe('where a loudspeaker stands', () => {
  const fields = () => [...document.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]')].map((i) => i.value)
  const press = async (text: string) => {
    ;[...document.querySelectorAll('button')].find((b) => b.textContent?.trim() === text)!.click()
    await flushPromises()
  }

  async function sheet(change = {}) {
    signInAs({ may: ['see_grid', 'manage_terminals'] })
    const requests = broadcaster({ ...answers, 'PUT /api/terminals/t': terminal() })
    mount(TerminalSheet, { props: { terminal: terminal(change) }, attachTo: document.body })
    await flushPromises()
    return requests
  }

  function standAt(answer: (ok: (p: object) => void, no: (e: object) => void) => void) {
    vi.stubGlobal('navigator', Object.create(navigator, { geolocation: { value: { getCurrentPosition: answer } } }))
  }

  test('is taken from the device, with how far it may be off', async () => {
    standAt((ok) => ok({ coords: { latitude: 22.8351234, longitude: 113.0103456, accuracy: 24.7 } }))
    await sheet()
    await press('用我现在的位置')
    expect(document.body.textContent).toContain('误差大约 25 米')
    await press('在地图上标')
    expect(fields()).toEqual(['22.83512', '113.01035'])
  })

  test('is doubted when the device is not sure', async () => {
    standAt((ok) => ok({ coords: { latitude: 22.8, longitude: 113, accuracy: 1_800 } }))
    await sheet()
    await press('用我现在的位置')
    expect(document.body.textContent).toContain('误差大约 1.8 公里,太大了')
  })

  test.each([
    [1, '手机没有允许用位置'],
    [3, '没找到您的位置'],
  ])('that the device does not tell (%i) is said in words', async (code, want) => {
    standAt((_ok, no) => no({ code, PERMISSION_DENIED: 1 }))
    await sheet()
    await press('用我现在的位置')
    expect(document.body.textContent).toContain(want)
  })

  test('is given up when the device never answers', async () => {
    vi.useFakeTimers()
    standAt(() => {})
    const said = locate().catch((sentence: string) => sentence)
    await vi.advanceTimersByTimeAsync(9_000)
    expect(await said).toContain('没找到您的位置')
  })

  test('stays as it was when something else is changed', async () => {
    const requests = await sheet({ ...point, shared: ['440605124201'] })
    document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
    expect(requests.find((r) => r.method === 'PUT')?.body).toMatchObject({ ...point, shared: ['440605124201'] })
  })

  test('is not asked of what moves', async () => {
    await sheet({ kind: 'mobile' })
    expect(document.body.textContent).not.toContain('装在什么位置')
  })
})
