// What sounded somewhere about some time, so that the caller's "this morning" becomes a minute.
import { get } from '@/api/call'
import type { Airing, Airings, Terminal } from '@/api/schema'
import { civilOf } from '@/time/civil'

/** How far from the time that was named, in ms. */
export const about = 3 * 3_600_000

/** More than these are not offered. */
const most = 8

/** The loudspeakers that may be heard at grid: a village's sounds in its societies, and a society's in the village. */
export function hornsNear(terminals: readonly Terminal[], grid: string): Terminal[] {
  return terminals.filter((x) => x.grid.startsWith(grid) || grid.startsWith(x.grid) || x.shared.some((s) => grid.startsWith(s)))
}

export interface Heard {
  round: string
  begin: Date
}

/** The soundings among airings that began near at, each round's once a minute, in their order. */
export function heardOf(airings: readonly Airing[], at: Date): Heard[] {
  const found = new Map<string, Heard>()
  for (const a of airings) {
    if (a.begin === undefined || a.outcome === 'missed' || a.outcome === 'unreported') continue
    const begin = new Date(a.begin)
    if (Math.abs(begin.getTime() - at.getTime()) > about) continue
    found.set(`${a.round} ${Math.floor(begin.getTime() / 60_000)}`, { round: a.round, begin })
  }
  const near = [...found.values()].sort((a, b) => Math.abs(a.begin.getTime() - at.getTime()) - Math.abs(b.begin.getTime() - at.getTime()))
  return near.slice(0, most).sort((a, b) => a.begin.getTime() - b.begin.getTime())
}

/** Of the day of at: what is known of the loudspeaker that was named, else of the grid and of those that serve it from elsewhere. */
export async function airingsNear(grid: string, terminal: string, at: Date, zone: string, terminals: readonly Terminal[], signal: AbortSignal): Promise<Airing[]> {
  const day = civilOf(at, zone).day
  const fromElsewhere = hornsNear(terminals, grid).filter((x) => !x.grid.startsWith(grid))
  const queries = terminal !== '' ? [{ terminal }] : [{ grid }, ...fromElsewhere.map((x) => ({ terminal: x.id }))]
  const pages = await Promise.all(queries.map((q) => get<Airings>(`/api/airings?${new URLSearchParams({ day, limit: '500', ...q })}`, signal)))
  return pages.flatMap((page) => page.airings)
}
