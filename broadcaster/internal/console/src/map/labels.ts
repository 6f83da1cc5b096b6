// Names on a map: as many as fit without touching each other.
import type { Spot } from './projection'
import type { Size } from './view'

export interface Label {
  key: string
  text: string
  /** Of the middle of the name, in px. */
  at: Spot
  /** Names of grids stand back behind those of loudspeakers. */
  soft?: boolean
  /** Something that is not a name and must not be covered: half its width, in px. */
  half?: number
}

// More than this nobody reads at once.
const most = 120

/** The width of text in px, where a letter is em px high: a Chinese one is as wide, another about half. */
export function widthOf(text: string, em: number): number {
  let width = 0
  for (const letter of text) width += letter > '\u2e7f' ? em : em * 0.6
  return width
}

/** Those of labels that lie on the screen and do not touch an earlier one; of several with one key the first that fits. */
export function uncrowded(labels: Iterable<Label>, size: Size, em: number): Label[] {
  const placed: (Label & { half: number })[] = []
  const named = new Set<string>()
  for (const label of labels) {
    if (label.half === undefined && named.size >= most) break
    if (named.has(label.key)) continue
    const half = label.half ?? widthOf(label.text, em) / 2 + 2
    const { x, y } = label.at
    if (x < half || x > size.width - half || y < em / 2 || y > size.height - em / 2) continue
    const free = label.half !== undefined || placed.every((p) => Math.abs(p.at.y - y) > em * 1.2 || Math.abs(p.at.x - x) > p.half + half)
    if (free) placed.push({ ...label, half })
    if (free && label.half === undefined) named.add(label.key)
  }
  return placed.filter((l) => l.text !== '')
}
