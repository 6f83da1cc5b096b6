// How long it is to be quiet for once: what is offered, and what is chosen by hand.
import type { Key } from '@/words'
import { addDays, civilOf, instantOf } from '@/time/civil'

export interface Span {
  begin: Date
  end: Date
}

export type Preset = 'hours' | 'tonight' | 'tomorrow' | 'days' | 'own'

const hour = 3_600_000
/** The longest that may be ordered, in ms. */
export const longest = 72 * hour
// From then on the night is quiet anyway, and shortly before it there is nothing to choose.
const night = '22:00'
const nightSoon = 21

/** What is offered at now, in the order of the buttons. */
export function presets(now: Date, zone: string): Preset[] {
  const tonight: Preset[] = civilOf(now, zone).hour < nightSoon ? ['tonight'] : []
  return ['hours', ...tonight, 'tomorrow', 'days', 'own']
}

/** What a preset means at now; null for what is chosen by hand. */
export function spanOf(preset: Preset, now: Date, zone: string): Span | null {
  const today = civilOf(now, zone).day
  switch (preset) {
    case 'hours':
      return { begin: now, end: new Date(now.getTime() + 2 * hour) }
    case 'tonight':
      return { begin: now, end: instantOf(today, night, zone) }
    case 'tomorrow':
      return { begin: instantOf(addDays(today, 1), '00:00', zone), end: instantOf(addDays(today, 2), '00:00', zone) }
    case 'days':
      return { begin: now, end: new Date(now.getTime() + longest) }
    case 'own':
      return null
  }
}

/** What is chosen by hand, as date and time fields have it. A beginning that has passed is now. */
export interface Chosen {
  fromDay: string
  fromTime: string
  toDay: string
  toTime: string
}

/** What the fields begin with: from the coming full hour on, for two hours. */
export function chosenAt(now: Date, zone: string): Chosen {
  const from = new Date(Math.ceil(now.getTime() / hour) * hour)
  const field = (at: Date) => {
    const c = civilOf(at, zone)
    return { day: c.day, time: `${String(c.hour).padStart(2, '0')}:${String(c.minute).padStart(2, '0')}` }
  }
  const [begin, end] = [field(from), field(new Date(from.getTime() + 2 * hour))]
  return { fromDay: begin.day, fromTime: begin.time, toDay: end.day, toTime: end.time }
}

/** The span of the fields; null while one is empty. */
export function spanOfChosen(c: Chosen, now: Date, zone: string): Span | null {
  if ([c.fromDay, c.fromTime, c.toDay, c.toTime].includes('')) return null
  const begin = instantOf(c.fromDay, c.fromTime, zone)
  return { begin: begin < now ? now : begin, end: instantOf(c.toDay, c.toTime, zone) }
}

/** Why a span cannot be ordered; null when it can. */
export function mistakeOf(span: Span | null): Key | null {
  if (span === null) return 'silence.noTime'
  if (span.end <= span.begin) return 'silence.backwards'
  return span.end.getTime() - span.begin.getTime() > longest ? 'silence.tooLong' : null
}
