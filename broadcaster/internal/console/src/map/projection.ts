// Degrees to metres and back, in a plane that touches the earth at its centre. Over a town it errs by less than a
// horn's radius is known to; over a province it would not do.

/** A place in degrees, WGS-84. */
export interface Point {
  lat: number
  lon: number
}

/** A place in the plane, in metres east and south of its centre: as on a screen, y grows downwards. */
export interface Spot {
  x: number
  y: number
}

/** The length of a degree of a great circle. The broadcaster reckons with the same. */
export const metresPerDegree = (6_371_008.8 * Math.PI) / 180

export class Plane {
  /** Metres of a degree of longitude at the centre. */
  private readonly east: number

  constructor(readonly centre: Point) {
    // At a pole every longitude is the same place; there nobody lives.
    this.east = metresPerDegree * Math.max(Math.cos((centre.lat * Math.PI) / 180), 1e-6)
  }

  spotOf(p: Point): Spot {
    return { x: (p.lon - this.centre.lon) * this.east, y: (this.centre.lat - p.lat) * metresPerDegree }
  }

  pointOf(s: Spot): Point {
    return { lat: this.centre.lat - s.y / metresPerDegree, lon: this.centre.lon + s.x / this.east }
  }
}

/** Metres from a to b, in the plane that touches at a, to the millimetre. */
export function distance(a: Point, b: Point): number {
  const { x, y } = new Plane(a).spotOf(b)
  return Math.round(Math.hypot(x, y) * 1000) / 1000
}

/** The middle of the least box around points; undefined where there are none. */
export function middleOf(points: Iterable<Point>): Point | undefined {
  let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const p of points) {
    south = Math.min(south, p.lat)
    north = Math.max(north, p.lat)
    west = Math.min(west, p.lon)
    east = Math.max(east, p.lon)
  }
  return south > north ? undefined : { lat: (south + north) / 2, lon: (west + east) / 2 }
}

/** p to five decimals: to the metre, which is more than a finger can say. */
export function rounded(p: Point): Point {
  return { lat: Number(p.lat.toFixed(5)), lon: Number(p.lon.toFixed(5)) }
}

/** Whether both are degrees. */
export function isPoint(lat: unknown, lon: unknown): boolean {
  return typeof lat === 'number' && typeof lon === 'number' && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
}
