// Playing again what did not sound.
import type { Calendar, Slot } from '@/api/schema'
import { addDays, civilOf, instantOf } from '@/time/civil'
import type { Firing } from './firings'

/** In two to three minutes, at a whole minute: time for the loudspeakers to be told. */
export function soon(now: Date): Date {
  return new Date(Math.ceil(now.getTime() / 60_000 + 2) * 60_000)
}

/** Noon and evening of today that are still to come, and tomorrow morning. */
export function timesToRepeat(now: Date, zone: string): Date[] {
  const today = civilOf(now, zone).day
  const all = [instantOf(today, '12:00', zone), instantOf(today, '18:00', zone), instantOf(addDays(today, 1), '07:00', zone)]
  return all.filter((at) => at.getTime() > now.getTime() + 5 * 60_000)
}

// What nobody planned as a round cannot be planned once more.
const ringTest = 'ring-test'

const slotsOf = (calendar: Calendar | undefined) => calendar?.days.flatMap((d) => d.slots) ?? []

/** The round of a firing that somewhere did not sound to its end; empty where there is nothing to repeat, or nobody knows its round. */
export function repeatable(firing: Firing, calendar: Calendar | undefined): string {
  if (!firing.airings.some((a) => a.outcome === 'missed' || a.outcome === 'partial')) return ''
  const same = slotsOf(calendar).find((s) => s.round_name === firing.round && Date.parse(s.due) === firing.due.getTime())
  return same === undefined || same.round === ringTest ? '' : same.round
}

// Of less nobody would be told.
const worthTelling = 60_000

/** What of grid's own is still to come a minute or more after it is due, soonest first. */
export function deferredOf(calendar: Calendar | undefined, grid: string): (Slot & { start: string })[] {
  const coming = slotsOf(calendar).filter((s): s is Slot & { start: string } => s.state === 'coming' && s.late && s.owner === grid && s.start !== undefined)
  return coming.filter((s) => Date.parse(s.start) - Date.parse(s.due) >= worthTelling).sort((a, b) => a.start.localeCompare(b.start))
}
