// Dragging, by its events.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useDrag, type Spot } from '@/calendar/drag'

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => scope.stop())

/** A calendar on which each px of height is a minute, and all beyond 1,000 px is beside it. */
function drag() {
  const drops: [string, Spot][] = []
  const d = scope.run(() =>
    useDrag<string>({ locate: (x, y) => (x > 1_000 ? null : { day: '2026-01-23', minute: y }), dropped: (what, spot) => drops.push([what, spot]), scroller: () => null }),
  )!
  return { ...d, drops }
}

const at = (type: string, x: number, y: number, pointerType = 'mouse') =>
  new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, pointerType, isPrimary: true, button: 0, bubbles: true, cancelable: true })
const send = (...args: Parameters<typeof at>) => window.dispatchEvent(at(...args))

describe('dragging', () => {
  test('takes what is held to the nearest step, by the point at which it was taken', () => {
    const d = drag()
    d.press(at('pointerdown', 10, 400), 'slot', 390)
    send('pointermove', 10, 461)
    expect(d.held.value).toMatchObject({ what: 'slot', spot: { minute: 450 } })
    send('pointerup', 10, 463)
    expect(d.drops).toEqual([['slot', { day: '2026-01-23', minute: 450 }]])
    expect(d.held.value).toBeNull()
  })

  test('is none as long as the mouse hardly moves, so that a click stays a click', () => {
    const d = drag()
    d.press(at('pointerdown', 10, 400), 'slot', 390)
    send('pointermove', 12, 402)
    send('pointerup', 12, 402)
    expect(d.drops).toEqual([])
  })

  test('does not click what it was dropped on', () => {
    const d = drag()
    const clicked = vi.fn()
    document.body.addEventListener('click', clicked)
    d.press(at('pointerdown', 10, 400), 'slot', 400)
    send('pointermove', 10, 500)
    send('pointerup', 10, 500)
    document.body.click()
    expect(clicked).not.toHaveBeenCalled()
    vi.runAllTimers()
    document.body.click()
    expect(clicked).toHaveBeenCalledOnce()
    document.body.removeEventListener('click', clicked)
  })

  test('ends with Escape, with nothing done', () => {
    const d = drag()
    d.press(at('pointerdown', 10, 400), 'slot', 400)
    send('pointermove', 10, 500)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    expect(d.held.value).toBeNull()
    send('pointerup', 10, 500)
    expect(d.drops).toEqual([])
  })

  test('drops nothing beside the calendar', () => {
    const d = drag()
    d.press(at('pointerdown', 10, 400), 'list')
    send('pointermove', 2_000, 500)
    expect(d.held.value).toMatchObject({ spot: null })
    send('pointerup', 2_000, 500)
    expect(d.drops).toEqual([])
  })

  test('needs a finger to be held down first; one that moves before scrolls', () => {
    const d = drag()
    d.press(at('pointerdown', 10, 400, 'touch'), 'slot', 400)
    send('pointermove', 10, 450, 'touch')
    vi.advanceTimersByTime(1_000)
    expect(d.held.value).toBeNull()
    d.press(at('pointerdown', 10, 400, 'touch'), 'slot', 400)
    vi.advanceTimersByTime(400)
    expect(d.held.value).toMatchObject({ what: 'slot' })
    const scroll = new Event('touchmove', { cancelable: true })
    window.dispatchEvent(scroll)
    expect(scroll.defaultPrevented).toBe(true)
    send('pointermove', 10, 452, 'touch')
    send('pointerup', 10, 452, 'touch')
    expect(d.drops).toEqual([['slot', { day: '2026-01-23', minute: 450 }]])
  })
})
