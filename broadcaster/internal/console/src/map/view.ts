// Which part of the plane a screen shows.
import type { Spot } from './projection'
import type { Box } from './shapes'

/** In px. */
export interface Size {
  width: number
  height: number
}

export interface View {
  /** What lies in the middle of the screen, in metres of the plane. */
  centre: Spot
  /** px of a metre. */
  scale: number
}

// From a county on a phone to a lane.
const least = 1 / 250
const most = 2

const bounded = (scale: number) => Math.min(most, Math.max(least, scale))

/** Where a spot of the plane is on the screen, in px from its upper left corner. */
export function screenOf(view: View, size: Size, spot: Spot): Spot {
  return { x: size.width / 2 + (spot.x - view.centre.x) * view.scale, y: size.height / 2 + (spot.y - view.centre.y) * view.scale }
}

/** The spot of the plane at a place of the screen. */
export function spotAt(view: View, size: Size, at: Spot): Spot {
  return { x: view.centre.x + (at.x - size.width / 2) / view.scale, y: view.centre.y + (at.y - size.height / 2) / view.scale }
}

/** Nearer by factor, with what lies at a place of the screen left where it is. */
export function zoomed(view: View, size: Size, factor: number, at: Spot = { x: size.width / 2, y: size.height / 2 }): View {
  const scale = bounded(view.scale * factor)
  if (scale === view.scale) return view
  const kept = spotAt(view, size, at)
  return { scale, centre: { x: kept.x - (at.x - size.width / 2) / scale, y: kept.y - (at.y - size.height / 2) / scale } }
}

/** Moved by px, as a finger moves paper. */
export function panned(view: View, by: Spot): View {
  return { ...view, centre: { x: view.centre.x - by.x / view.scale, y: view.centre.y - by.y / view.scale } }
}

/** The nearest view that shows all of box, with a margin of px. */
export function fitted(box: Box, size: Size, margin = 16): View {
  const across = Math.max(box.right - box.left, 1)
  const down = Math.max(box.bottom - box.top, 1)
  const scale = Math.min(Math.max(size.width - 2 * margin, 1) / across, Math.max(size.height - 2 * margin, 1) / down)
  return { scale: bounded(scale), centre: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 } }
}

/** A round number of metres that is at most px long. */
export function ruler(scale: number, px: number): number {
  const longest = px / scale
  const power = 10 ** Math.floor(Math.log10(longest))
  return power * (longest >= 5 * power ? 5 : longest >= 2 * power ? 2 : 1)
}
