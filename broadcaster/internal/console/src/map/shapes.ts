// Outlines of grids, from the broadcaster's GeoJSON to what an SVG draws.
import type { Outline } from '@/api/schema'
import { isPoint, type Plane, type Point, type Spot } from './projection'

/** In metres of the plane. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Shape {
  code: string
  level: number
  name: string
  /** An area has an edge; points are where households stand. */
  kind: 'area' | 'points'
  /** In metres of the plane, for the d of a path. */
  path: string
  box: Box
}

type Ring = Point[]

/** The rings of areas, or points as a ring, of a geometry; null for what is neither. Nothing of it is believed. */
export function ringsOf(geometry: unknown): { kind: Shape['kind']; rings: Ring[] } | null {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown }
  switch (type) {
    case 'Polygon':
      return area(list(coordinates))
    case 'MultiPolygon':
      return area(list(coordinates).flatMap(list))
    case 'MultiPoint':
      return points(ringOf(coordinates))
    case 'Point':
      return points(ringOf([coordinates]))
  }
  return null
}

const list = (x: unknown): unknown[] => (Array.isArray(x) ? x : [])

function area(rings: unknown[]): { kind: 'area'; rings: Ring[] } | null {
  const whole = rings.map(ringOf).filter((r) => r.length >= 3)
  return whole.length === 0 ? null : { kind: 'area', rings: whole }
}

function points(ring: Ring): { kind: 'points'; rings: Ring[] } | null {
  return ring.length === 0 ? null : { kind: 'points', rings: [ring] }
}

function ringOf(coordinates: unknown): Ring {
  const ring: Ring = []
  for (const c of list(coordinates)) {
    const [lon, lat] = list(c)
    if (isPoint(lat, lon)) ring.push({ lat: lat as number, lon: lon as number })
  }
  return ring
}

/** Every place that the outlines name. */
export function* pointsOf(outlines: readonly Outline[]): Generator<Point> {
  for (const o of outlines) for (const ring of ringsOf(o.geometry)?.rings ?? []) yield* ring
}

/** What can be drawn of outlines, in their order. */
export function shapesOf(outlines: readonly Outline[], plane: Plane): Shape[] {
  const shapes: Shape[] = []
  for (const { code, level, name, geometry } of outlines) {
    const found = ringsOf(geometry)
    if (found === null) continue
    const rings = found.rings.map((ring) => ring.map((p) => plane.spotOf(p)))
    shapes.push({ code, level, name, kind: found.kind, path: rings.map(pathOf[found.kind]).join(''), box: boxOf(rings.flat()) })
  }
  return shapes
}

const metre = (n: number) => n.toFixed(1)
const pathOf: Record<Shape['kind'], (ring: Spot[]) => string> = {
  area: (ring) => `M${ring.map((s) => `${metre(s.x)} ${metre(s.y)}`).join('L')}Z`,
  // A line of no length with round ends is a dot.
  points: (ring) => ring.map((s) => `M${metre(s.x)} ${metre(s.y)}h0`).join(''),
}

export function boxOf(spots: readonly Spot[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const { x, y } of spots) {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

/** The box of metres around a spot. */
export function around(spot: Spot, metres: number): Box {
  return { left: spot.x - metres, right: spot.x + metres, top: spot.y - metres, bottom: spot.y + metres }
}
