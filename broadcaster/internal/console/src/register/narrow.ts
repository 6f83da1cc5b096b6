// Which lines of the register are wanted, as the address says it.
import type { Airing, Play } from '@/api/schema'
import { outcomes, type Outcome } from '@/day/firings'

export const narrowings = ['day', 'tab', 'grid', 'terminal', 'outcome', 'cause', 'planned', 'excused'] as const
export type Narrowing = Record<(typeof narrowings)[number], string>

/** What takes every narrowing away but the day and what is listed. */
export const wide: Omit<Narrowing, 'day' | 'tab'> = { grid: '', terminal: '', outcome: '', cause: '', planned: '', excused: '' }

/** Whether it is narrowed by more than the choice of outcomes, which the page shows anyway. */
export function isNarrowed(n: Narrowing): boolean {
  return [n.grid, n.terminal, n.cause, n.planned, n.excused].some((value) => value !== '')
}

export function outcomeOf(n: Narrowing): Outcome | '' {
  return outcomes.find((o) => o === n.outcome) ?? ''
}

/** Stands in the address for those of which nobody knows the cause. */
export const unknownCause = 'unknown'

const causesOf = (n: Narrowing) => n.cause.split(',').filter((c) => c !== '')

/** The part that the broadcaster can be asked for. */
export function queryOf(n: Narrowing, day: string): Record<string, string> {
  const query: Record<string, string> = { day }
  if (n.grid !== '') query.grid = n.grid
  if (n.terminal !== '') query.terminal = n.terminal
  if (n.tab === 'plays') return query
  const causes = causesOf(n)
  if (outcomeOf(n) !== '') query.outcome = n.outcome
  if (causes.length === 1 && n.cause !== unknownCause) query.cause = causes[0]!
  if (n.planned !== '') query.planned = n.planned
  if (n.excused !== '') query.excused = n.excused
  return query
}

/** The rest: whether an airing that the broadcaster gave is wanted. */
export function keepsAiring(n: Narrowing, a: Airing): boolean {
  // What did not sound counts as unplanned in no figure.
  const sounded = a.outcome === 'played' || a.outcome === 'partial'
  if (n.planned !== '' && (n.planned === 'yes' ? !a.planned : a.planned || !sounded)) return false
  if (n.excused !== '' && a.outcome !== 'partial' && a.outcome !== 'missed') return false
  // With a cause but without an outcome, what was late for it and sounded whole is not meant.
  const causes = causesOf(n)
  if (n.cause === unknownCause && a.outcome === 'unreported') return false
  return causes.length === 0 || (causes.includes(a.cause || unknownCause) && (n.outcome !== '' || a.outcome !== 'played'))
}

export function keepsPlay(n: Narrowing, p: Play): boolean {
  return n.planned === '' || p.extra === (n.planned === 'no')
}
