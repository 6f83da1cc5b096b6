import { mount } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { Gestures } from '@/map/gestures'
import { uncrowded, widthOf } from '@/map/labels'
import PointFields from '@/map/PointFields.vue'
import { distance, isPoint, metresPerDegree, middleOf, Plane, rounded } from '@/map/projection'
import { around, pointsOf, ringsOf, shapesOf } from '@/map/shapes'
import TownMap from '@/map/TownMap.vue'
import { fitted, panned, ruler, screenOf, spotAt, zoomed } from '@/map/view'
import { outlines } from './town'

const centre = { lat: 22.83, lon: 113 }

describe('the projection', () => {
  test.each([
    ['a degree north', { lat: 23.83, lon: 113 }, metresPerDegree],
    ['a degree east, shorter by the cosine', { lat: 22.83, lon: 114 }, metresPerDegree * Math.cos((22.83 * Math.PI) / 180)],
    ['no way at all', centre, 0],
  ])('measures %s', (_name, to, want) => expect(distance(centre, to)).toBeCloseTo(want, 3))

  test('goes there and back', () => {
    const plane = new Plane(centre)
    for (const p of [centre, { lat: 22.9, lon: 112.9 }, { lat: 22.7, lon: 113.2 }]) {
      const back = plane.pointOf(plane.spotOf(p))
      expect(back.lat).toBeCloseTo(p.lat, 12)
      expect(back.lon).toBeCloseTo(p.lon, 12)
    }
  })

  test('has north above and east to the right', () => {
    const { x, y } = new Plane(centre).spotOf({ lat: 22.84, lon: 113.01 })
    expect(x).toBeGreaterThan(0)
    expect(y).toBeLessThan(0)
  })

  test('stays finite at a pole', () => {
    const { lat, lon } = new Plane({ lat: 90, lon: 0 }).pointOf({ x: 0, y: 10 })
    expect([lat, lon].every(Number.isFinite)).toBe(true)
  })

  test('finds the middle of places, and none of none', () => {
    expect(middleOf([{ lat: 22, lon: 112 }, { lat: 24, lon: 113 }, { lat: 23, lon: 114 }])).toEqual({ lat: 23, lon: 113 })
    expect(middleOf([])).toBeUndefined()
  })

  test('rounds to the metre', () => expect(rounded({ lat: 22.8351249, lon: 113.0103351 })).toEqual({ lat: 22.83512, lon: 113.01034 }))

  test.each([
    [22.8, 113, true],
    [-90, 180, true],
    [91, 0, false],
    [0, 181, false],
    [NaN, 0, false],
    ['22', 113, false],
    [undefined, undefined, false],
  ])('%s, %s is a place: %s', (lat, lon, want) => expect(isPoint(lat, lon)).toBe(want))
})

describe('a view', () => {
  const size = { width: 300, height: 200 }
  const view = { centre: { x: 100, y: -50 }, scale: 0.2 }

  test('finds a spot on the screen, and back', () => {
    expect(screenOf(view, size, view.centre)).toEqual({ x: 150, y: 100 })
    const spot = spotAt(view, size, { x: 10, y: 190 })
    expect(screenOf(view, size, spot)).toEqual({ x: 10, y: 190 })
  })

  test('zooms around the place of the finger', () => {
    const at = { x: 20, y: 30 }
    const near = zoomed(view, size, 2, at)
    expect(near.scale).toBeCloseTo(0.4)
    expect(spotAt(near, size, at).x).toBeCloseTo(spotAt(view, size, at).x)
    expect(spotAt(near, size, at).y).toBeCloseTo(spotAt(view, size, at).y)
  })

  test('ends at a lane and at a county', () => {
    const lane = zoomed(view, size, 1e9)
    expect(zoomed(lane, size, 2)).toBe(lane)
    const county = zoomed(view, size, 1e-9)
    expect(zoomed(county, size, 0.5)).toBe(county)
  })

  test('follows the finger', () => expect(panned(view, { x: 10, y: -20 }).centre).toEqual({ x: 50, y: 50 }))

  test('fits a box, and one without size', () => {
    const box = { left: 0, top: 0, right: 1000, bottom: 100 }
    expect(fitted(box, size, 10)).toEqual({ scale: 0.28, centre: { x: 500, y: 50 } })
    expect(fitted(around({ x: 5, y: 5 }, 0), size).centre).toEqual({ x: 5, y: 5 })
  })

  test.each([
    [0.1, 100, 1000],
    [0.3, 100, 200],
    [1, 80, 50],
    [2, 1, 0.5],
  ])('at %s px a metre a ruler of %s px shows %s m', (scale, px, want) => expect(ruler(scale, px)).toBeCloseTo(want))
})

describe('outlines', () => {
  test('become paths in metres, in their order', () => {
    const plane = new Plane(middleOf(pointsOf(outlines))!)
    const shapes = shapesOf(outlines, plane)
    expect(shapes.map((s) => [s.name, s.kind])).toEqual([['九江镇', 'area'], ['上西村', 'area'], ['1 组', 'points']])
    expect(shapes[0]!.path).toMatch(/^M-?[\d.]+ -?[\d.]+(L-?[\d.]+ -?[\d.]+)+Z$/)
    expect(shapes[2]!.path).toMatch(/^(M-?[\d.]+ -?[\d.]+h0)+$/)
  })

  test.each([
    ['nothing', null],
    ['a word', 'Polygon'],
    ['a line', { type: 'LineString', coordinates: [[1, 2], [3, 4]] }],
    ['an area without enough corners', { type: 'Polygon', coordinates: [[[113, 22], [113, 23]]] }],
    ['numbers that are none', { type: 'MultiPoint', coordinates: [['113', '22'], [1e9, 1e9], null] }],
    ['coordinates that are none', { type: 'MultiPolygon', coordinates: { a: 1 } }],
  ])('that are %s are not drawn', (_name, geometry) => expect(ringsOf(geometry)).toBeNull())

  test('of several parts are one shape', () => {
    const square = [[[113, 22], [113.1, 22], [113.1, 22.1], [113, 22]]]
    expect(ringsOf({ type: 'MultiPolygon', coordinates: [square, square] })?.rings).toHaveLength(2)
  })
})

describe('fingers', () => {
  function fingers() {
    const done: string[] = []
    const gestures = new Gestures({
      tap: ({ x, y }) => done.push(`tap ${x} ${y}`),
      pan: ({ x, y }) => done.push(`pan ${x} ${y}`),
      zoom: (factor) => done.push(`zoom ${factor}`),
    })
    return { gestures, done }
  }

  test('that only touch choose a place, even if they tremble', () => {
    const { gestures, done } = fingers()
    gestures.press(1, { x: 10, y: 10 })
    gestures.move(1, { x: 13, y: 12 })
    gestures.release(1)
    expect(done).toEqual(['tap 10 10'])
  })

  test('that move do not', () => {
    const { gestures, done } = fingers()
    gestures.press(1, { x: 10, y: 10 })
    gestures.move(1, { x: 40, y: 10 })
    gestures.move(1, { x: 40, y: 15 })
    gestures.release(1)
    expect(done).toEqual(['pan 30 0', 'pan 0 5'])
  })

  test('that are two zoom, and choose nothing when they leave', () => {
    const { gestures, done } = fingers()
    gestures.press(1, { x: 0, y: 0 })
    gestures.press(2, { x: 100, y: 0 })
    gestures.move(2, { x: 200, y: 0 })
    gestures.release(2)
    gestures.release(1)
    expect(done).toEqual(['pan 50 0', 'zoom 2'])
  })

  test('that the browser takes away choose nothing', () => {
    const { gestures, done } = fingers()
    gestures.press(1, { x: 0, y: 0 })
    gestures.cancel(1)
    gestures.release(1)
    expect(done).toEqual([])
  })
})

describe('names on a map', () => {
  const size = { width: 200, height: 100 }
  const label = (text: string, x: number, y: number) => ({ key: `${text}${x}`, text, at: { x, y } })

  test('give way to those before them', () => {
    const shown = uncrowded([label('老龄社', 100, 50), label('先锋社', 110, 52), label('上西村', 100, 80)], size, 12)
    expect(shown.map((l) => l.text)).toEqual(['老龄社', '上西村'])
  })

  test('do not cover a loudspeaker', () => {
    const dot = { ...label('', 100, 50), half: 8 }
    expect(uncrowded([dot, label('老龄社喇叭', 100, 66), label('上西村', 104, 48)], size, 12).map((l) => l.text)).toEqual(['老龄社喇叭'])
  })

  test('stand on the other side of their dot where the first is taken', () => {
    const twice = [label('先锋社', 100, 80), { ...label('先锋社', 100, 20), key: label('先锋社', 0, 0).key }]
    const shown = uncrowded([label('老龄社', 100, 80), ...twice], size, 12)
    expect(shown.map((l) => [l.text, l.at.y])).toEqual([['老龄社', 80], ['先锋社', 20]])
  })

  test('are not cut by the edge', () => expect(uncrowded([label('老龄社', 5, 50), label('先锋社', 100, -3)], size, 12)).toEqual([]))
  test('are as wide as their letters', () => expect(widthOf('社1', 10)).toBe(16))
})

describe('the map', () => {
  const show = (props: object) => mount(TownMap, { props: { label: '地图', outlines, ...props }, attachTo: document.body })

  test('says so when there is nothing to show', () => expect(show({ outlines: [] }).text()).toContain('还没有地图'))

  test('chooses the place that is touched', async () => {
    const wrapper = show({ pickable: true })
    const frame = wrapper.get('[role=application]')
    await frame.trigger('pointerdown', { button: 0, pointerId: 1, clientX: 170, clientY: 150 })
    await frame.trigger('pointerup', { pointerId: 1, clientX: 170, clientY: 150 })
    expect(wrapper.emitted('pick')).toHaveLength(1)
    const [point] = wrapper.emitted('pick')![0] as [{ lat: number; lon: number }]
    // The middle of the frame is the middle of the town.
    expect(point.lat).toBeCloseTo(22.83, 3)
    expect(point.lon).toBeCloseTo(113, 3)
  })

  test('moves the marker by the arrow keys', async () => {
    const wrapper = show({ pickable: true, marker: { lat: 22.83, lon: 113 } })
    await wrapper.get('[role=application]').trigger('keydown', { key: 'ArrowUp' })
    await wrapper.get('[role=application]').trigger('keydown', { key: 'ArrowRight', shiftKey: true })
    const [[north], [east]] = wrapper.emitted('pick') as [{ lat: number; lon: number }][]
    expect(north!.lat).toBeGreaterThan(22.83)
    expect(east!.lon).toBeGreaterThan(113)
    expect(east!.lon - 113).toBeLessThan(north!.lat - 22.83)
  })

  test('that only shows cannot be marked', async () => {
    const wrapper = show({ marker: { lat: 22.83, lon: 113 } })
    await wrapper.get('[role=group]').trigger('keydown', { key: 'ArrowUp' })
    expect(wrapper.emitted('pick')).toBeUndefined()
  })

  test('has buttons for who has no two fingers', async () => {
    const wrapper = show({})
    const ruler = () => wrapper.get('.ruler').text()
    const before = ruler()
    for (let n = 0; n < 4; n++) await wrapper.get('button[aria-label=放大]').trigger('click')
    expect(ruler()).not.toBe(before)
    await wrapper.get('button[aria-label=看全图]').trigger('click')
    expect(ruler()).toBe(before)
  })
})

describe('the two numbers of a place', () => {
  test('are taken when both are there, and refused in words when they are none', async () => {
    const taken = vi.fn()
    const wrapper = mount(PointFields, { props: { modelValue: undefined, 'onUpdate:modelValue': taken } })
    const [lat, lon] = wrapper.findAll('input')
    await lat!.setValue('22.8351')
    expect(taken).not.toHaveBeenCalled()
    await lon!.setValue('1130')
    expect(wrapper.text()).toContain('这不是经纬度')
    await lon!.setValue('113.01')
    expect(taken).toHaveBeenCalledExactlyOnceWith({ lat: 22.8351, lon: 113.01 })
  })
})
