// Sentences about how rounds went: one firing of a round is one airing at each of its loudspeakers.
import type { Airing, Airings, Sounding } from '@/api/schema'
import { partWords } from '@/time/words'
import { t, type Key } from '@/words'

export interface Firing {
  key: string
  round: string
  due: Date
  airings: Airing[]
}

/** The firings of a page of airings. Of the last one the next page may hold more, so it is left out, unless it is all. */
export function wholeFirings(page: Airings | undefined): Firing[] {
  if (page === undefined) return []
  const firings = firingsOf(page.airings.filter((a) => a.planned))
  return page.next !== '' && firings.length > 1 ? firings.slice(0, -1) : firings
}

/** firings without those of which nobody has reported because they are still sounding. */
export function done(firings: readonly Firing[], sounding: readonly Sounding[]): Firing[] {
  return firings.filter((f) => f.airings.some((a) => a.outcome !== 'unreported') || !sounding.some((s) => s.round === f.round))
}

/** Airings, newest due first, put together by round and due time. */
export function firingsOf(airings: readonly Airing[]): Firing[] {
  const found = new Map<string, Firing>()
  for (const airing of airings) {
    const key = `${airing.due} ${airing.round}`
    let firing = found.get(key)
    if (firing === undefined) {
      firing = { key, round: airing.round, due: new Date(airing.due), airings: [] }
      found.set(key, firing)
    }
    firing.airings.push(airing)
  }
  return [...found.values()]
}

export type Outcome = Airing['outcome']
export const outcomes: readonly Outcome[] = ['played', 'partial', 'missed', 'unreported']

export function outcomeWords(outcome: Outcome): string {
  return t(`outcome.${outcome}` as Key)
}

/** The outcome that most wants attention, for the colour beside the words. */
export function worstOf(firing: Firing): Outcome {
  for (const outcome of ['missed', 'partial', 'unreported'] as const) {
    if (firing.airings.some((a) => a.outcome === outcome)) return outcome
  }
  return 'played'
}

/** 早上 6:30《防溺水》:12 个喇叭,11 个已放音,1 个没播成:老龄社(停电)。 */
export function firingWords(firing: Firing, zone: string): string {
  const clauses: string[] = []
  for (const outcome of outcomes) {
    const these = firing.airings.filter((a) => a.outcome === outcome)
    if (these.length === 0) continue
    const where = outcome === 'partial' || outcome === 'missed' ? whereWords(these) : ''
    clauses.push(t(`firing.${outcome}` as Key, { n: these.length }) + where)
  }
  return t('firing.whole', {
    when: partWords(firing.due, zone),
    round: firing.round,
    n: firing.airings.length,
    clauses: clauses.join(t('list.clause')),
  })
}

// More places than this are not read out.
const mostPlaces = 3

function whereWords(airings: readonly Airing[]): string {
  const found = new Map<string, number>()
  for (const a of airings) {
    const place = a.grid_path.split(' / ').at(-1) || a.name
    const words = a.reason === '' ? place : t('firing.place', { place, reason: a.reason })
    found.set(words, (found.get(words) ?? 0) + 1)
  }
  const told = [...found].slice(0, mostPlaces)
  const places = told.map(([words]) => words)
  const rest = told.reduce((n, [, times]) => n - times, airings.length)
  if (rest > 0) places.push(t('firing.more', { n: rest }))
  return t('firing.where', { places: places.join(t('list.and')) })
}
