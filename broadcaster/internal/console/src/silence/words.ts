// Temporary quiet in sentences.
import type { TemporaryQuiet, Terminal } from '@/api/schema'
import { addDays, civilOf } from '@/time/civil'
import { dayWords, timeWords, whenWords } from '@/time/words'
import { t, type Key } from '@/words'
import type { Span } from './span'

export type Reason = TemporaryQuiet['reason']
export const reasons: readonly Reason[] = ['funeral', 'illness', 'exam', 'other']
export const reasonWords = (reason: Reason) => t(`silence.${reason}` as Key)

/** The day and the clock of an end: midnight is 24:00 of the day before. */
function endOf(end: Date, zone: string): { day: string; clock: string } {
  const { day, hour, minute } = civilOf(end, zone)
  if (hour === 0 && minute === 0) return { day: addDays(day, -1), clock: '24:00' }
  return { day, clock: timeWords(end, zone) }
}

/** 今天 22:00, 明天 24:00. */
export function endWords(end: Date, now: Date, zone: string): string {
  const { day, clock } = endOf(end, zone)
  return t('time.when', { day: dayWords(day, civilOf(now, zone).day), clock })
}

/** 现在到今天 22:00, 明天 0:00 到 24:00, or 明天 8:00 到 后天 12:00. */
export function spanWords(span: Span, now: Date, zone: string): string {
  if (span.begin <= now) return t('silence.fromNow', { until: endWords(span.end, now, zone) })
  const { day, clock } = endOf(span.end, zone)
  const until = day === civilOf(span.begin, zone).day ? clock : endWords(span.end, now, zone)
  return t('silence.between', { from: whenWords(span.begin, now, zone), until })
}

/** Whom it silences: one, or all at and below a grid. */
export interface Where {
  grid: string
  terminal?: string
}

/** The loudspeakers that are to fall silent. */
export function silencedBy(terminals: readonly Terminal[], where: Where): Terminal[] {
  return terminals.filter((x) => x.enrolment === 'approved' && (where.terminal ? x.id === where.terminal : x.grid.startsWith(where.grid)))
}

export type Standing = 'now' | 'coming' | 'over'

/** What was called off before it began ends when it would have begun; it is over all the same. */
export function standingOf(q: Pick<TemporaryQuiet, 'begin' | 'end' | 'ended_by'>, now: Date): Standing {
  if (q.ended_by !== '' || Date.parse(q.end) <= now.getTime()) return 'over'
  return Date.parse(q.begin) > now.getTime() ? 'coming' : 'now'
}

/** Those of silenced that will not hear of it, by name. */
export const deafOf = (silenced: readonly Terminal[]) => silenced.filter((x) => !x.connected).map((x) => x.name)

/** A few names and how many more. */
export function fewWords(names: readonly string[], most = 4): string {
  if (names.length <= most) return names.join(t('list.and'))
  return [...names.slice(0, most), t('silence.more', { n: names.length - most })].join(t('list.and'))
}
