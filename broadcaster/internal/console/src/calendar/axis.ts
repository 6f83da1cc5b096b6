// A day on the page: which minute lies where, in rem. The night may be folded into a band at each end.
import { dayMinutes } from './clock'

/** The hours that are always shown. */
export const morning = 5 * 60
export const late = 23 * 60

// A folded night is as high as a finger.
const foldedRem = 2.75

interface Band {
  from: number
  to: number
  /** Where it begins, and how far it reaches, in rem. */
  at: number
  size: number
}

export class Axis {
  readonly bands: readonly Band[]
  readonly size: number

  /** hourRem is what an hour takes. */
  constructor(
    readonly hourRem: number,
    readonly folded: boolean,
  ) {
    const parts = folded ? [0, morning, late, dayMinutes] : [0, dayMinutes]
    const bands: Band[] = []
    let at = 0
    for (let i = 0; i + 1 < parts.length; i++) {
      const from = parts[i]!
      const to = parts[i + 1]!
      const size = folded && i !== 1 ? foldedRem : ((to - from) / 60) * hourRem
      bands.push({ from, to, at, size })
      at += size
    }
    this.bands = bands
    this.size = at
  }

  /** Where minute lies, in rem from the beginning. */
  at(minute: number): number {
    const band = this.bands.find((b) => minute < b.to) ?? this.bands.at(-1)!
    return band.at + ((Math.min(minute, band.to) - band.from) / (band.to - band.from)) * band.size
  }

  /** The minute that lies at rem. */
  minute(rem: number): number {
    const inside = Math.min(this.size, Math.max(0, rem))
    const band = this.bands.find((b) => inside < b.at + b.size) ?? this.bands.at(-1)!
    return band.from + ((inside - band.at) / band.size) * (band.to - band.from)
  }

  /** The folded band in which minute lies, 'early' or 'late'; null for none. */
  foldOf(minute: number): Fold | null {
    if (!this.folded) return null
    return minute < morning ? 'early' : minute >= late ? 'late' : null
  }

  /** The whole hours that have a line of their own. */
  hours(): number[] {
    const first = this.folded ? morning : 0
    const last = this.folded ? late : dayMinutes
    return Array.from({ length: (last - first) / 60 + 1 }, (_, i) => first / 60 + i)
  }
}

export type Fold = 'early' | 'late'
