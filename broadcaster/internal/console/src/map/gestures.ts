// Fingers on a map: one moves it, two zoom it, and a touch that goes nowhere chooses a place.
import type { Spot } from './projection'

export interface GestureOptions {
  tap(at: Spot): void
  pan(by: Spot): void
  /** Zooms by factor around a place. */
  zoom(factor: number, at: Spot): void
}

// A finger that moves less than this, in px, did not mean to.
const slop = 8

/** Gestures makes taps, moves and zooms of pointers. Places are in px of the map. */
export class Gestures {
  private readonly down = new Map<number, Spot>()
  private begun: Spot = { x: 0, y: 0 }
  /** Whether this gesture can no more be a tap. */
  private moved = false

  constructor(private readonly options: GestureOptions) {}

  press(pointer: number, at: Spot): void {
    if (this.down.size === 0) {
      this.begun = at
      this.moved = false
    } else this.moved = true
    if (this.down.size < 2) this.down.set(pointer, at)
  }

  move(pointer: number, at: Spot): void {
    const was = this.down.get(pointer)
    if (was === undefined) return
    if (!this.moved && Math.hypot(at.x - this.begun.x, at.y - this.begun.y) < slop) return
    this.moved = true
    const other = [...this.down].find(([id]) => id !== pointer)?.[1]
    this.down.set(pointer, at)
    if (other === undefined) this.options.pan({ x: at.x - was.x, y: at.y - was.y })
    else this.pinch(was, at, other)
  }

  private pinch(was: Spot, at: Spot, other: Spot): void {
    this.options.pan({ x: (at.x - was.x) / 2, y: (at.y - was.y) / 2 })
    const before = Math.hypot(was.x - other.x, was.y - other.y)
    const after = Math.hypot(at.x - other.x, at.y - other.y)
    if (before > 0 && after > 0) this.options.zoom(after / before, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 })
  }

  release(pointer: number): void {
    if (this.down.delete(pointer) && this.down.size === 0 && !this.moved) this.options.tap(this.begun)
  }

  /** The browser took the pointer away. */
  cancel(pointer: number): void {
    this.down.delete(pointer)
    this.moved = true
  }
}
