// Dragging with a mouse or a finger. A mouse drags at once; a finger is held down first, so that it can still scroll.
// Escape ends it with nothing done.
import { onScopeDispose, shallowRef } from 'vue'
import { snapped } from './clock'

/** Where something would land. */
export interface Spot {
  day: string
  /** Of the clock face, a whole step. */
  minute: number
}

/** What is being dragged, and where it is. spot is null beside the calendar. */
export interface Held<T> {
  what: T
  spot: Spot | null
  x: number
  y: number
}

export interface DragOptions<T> {
  /** The day and the minute that lie under a point of the window. */
  locate(x: number, y: number): Spot | null
  dropped(what: T, spot: Spot): void
  /** What scrolls when the pointer comes near its edge. */
  scroller(): HTMLElement | null
}

// A mouse that moves less has clicked; a finger that moves more before the hold is over scrolls. In px and ms.
const slack = 6
const hold = 350
// Nearer than this to the edge scrolls, so much a frame. In px.
const edge = 48
const pace = 12

export function useDrag<T>(options: DragOptions<T>) {
  const held = shallowRef<Held<T> | null>(null)
  let pressed: { what: T; x: number; y: number; offset: number; pointer: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0

  /** A pointer went down on what; begin is the minute at which what begins now, if it lies on the calendar. */
  function press(e: PointerEvent, what: T, begin?: number): void {
    if (e.button !== 0 || !e.isPrimary || pressed !== null) return
    const under = begin === undefined ? null : options.locate(e.clientX, e.clientY)
    const offset = under === null || begin === undefined ? 0 : Math.max(0, under.minute - begin)
    pressed = { what, x: e.clientX, y: e.clientY, offset, pointer: e.pointerId }
    if (e.pointerType !== 'mouse') timer = setTimeout(() => lift(e.clientX, e.clientY), hold)
    listen(true)
  }

  function lift(x: number, y: number): void {
    if (pressed === null) return
    held.value = { what: pressed.what, spot: null, x, y }
    follow(x, y)
    frame ||= requestAnimationFrame(scroll)
  }

  function follow(x: number, y: number): void {
    if (held.value === null || pressed === null) return
    const under = options.locate(x, y)
    const spot = under === null ? null : { day: under.day, minute: snapped(under.minute - pressed.offset) }
    held.value = { ...held.value, spot, x, y }
  }

  function move(e: PointerEvent): void {
    if (pressed === null || e.pointerId !== pressed.pointer) return
    if (held.value !== null) return follow(e.clientX, e.clientY)
    if (Math.hypot(e.clientX - pressed.x, e.clientY - pressed.y) < slack) return
    if (e.pointerType === 'mouse') lift(e.clientX, e.clientY)
    else end()
  }

  function up(e: PointerEvent): void {
    if (pressed === null || e.pointerId !== pressed.pointer) return
    const done = held.value
    if (done !== null) {
      // The click that follows a drop is none.
      window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
    }
    end()
    if (done !== null && done.spot !== null) options.dropped(done.what, done.spot)
  }

  /** Scrolls while what is held is near an edge. */
  function scroll(): void {
    frame = 0
    const box = options.scroller()
    if (held.value === null || box === null) return
    const { top, bottom } = box.getBoundingClientRect()
    const { x, y } = held.value
    const by = y < top + edge ? -pace : y > Math.min(bottom, window.innerHeight) - edge ? pace : 0
    if (by !== 0) {
      box.scrollTop += by
      follow(x, y)
    }
    frame = requestAnimationFrame(scroll)
  }

  function end(): void {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    frame = 0
    pressed = null
    held.value = null
    listen(false)
  }

  const escape = (e: KeyboardEvent) => e.key === 'Escape' && end()
  const swallow = (e: Event) => {
    e.stopPropagation()
    e.preventDefault()
  }
  // A page that scrolls, or a menu that opens, would take the finger away.
  const stay = (e: Event) => held.value !== null && e.preventDefault()

  function listen(on: boolean): void {
    const change = on ? window.addEventListener.bind(window) : window.removeEventListener.bind(window)
    change('pointermove', move as EventListener)
    change('pointerup', up as EventListener)
    change('pointercancel', end)
    change('blur', end)
    change('keydown', escape as EventListener)
    change('contextmenu', stay)
    change('touchmove', stay, { passive: false })
  }

  onScopeDispose(end)
  return { held, press, end }
}
