// What was before and after a change, in plain words. What has no words for people is not shown.
import type { Change } from '@/api/schema'
import { metresWords } from '@/map/words'
import { runsOf, runWords } from '@/holidays/dates'
import { hoursWords } from '@/loudness/words'
import { reasons, reasonWords, type Reason } from '@/silence/words'
import { civilOf } from '@/time/civil'
import { bareTime, dayWords, weekdayWords, whenWords } from '@/time/words'
import type { Timetable } from '@/timetable/form'
import { timetableWords } from '@/timetable/words'
import { t, type Key } from '@/words'

/** Names of what a record knows by its id only. A name is empty for what is gone. */
export interface Names {
  grid(code: string): string
  playlist(id: string): string
  announcement(id: string): string
  terminal(id: string): string
  recording(digest: string): string
  dialect(tag: string): string
}

export interface Context {
  names: Names
  now: Date
  zone: string
}

/** One thing about which before and after may differ. Empty words say that there is nothing. */
export interface Fact {
  label: string
  before: string
  after: string
}

type Thing = Record<string, unknown>
type Say = (thing: Thing, c: Context) => string

interface Known {
  label: Key
  /** The fields that it is said of. */
  of: readonly string[]
  say: Say
}

const text = (x: unknown) => (typeof x === 'string' ? x : '')
const number = (x: unknown) => (typeof x === 'number' ? x : 0)
const list = (x: unknown) => (Array.isArray(x) ? (x as unknown[]) : [])
const things = (x: unknown) => list(x).filter((one): one is Thing => typeof one === 'object' && one !== null)
const dates = (x: unknown) => list(x).map(text).filter((d) => /^\d{4}-\d{2}-\d{2}$/.test(d))
const and = (words: readonly string[]) => words.map((w) => w || t('history.gone')).join(t('list.and'))
const today = (c: Context) => civilOf(c.now, c.zone).day

const plain = (label: Key, field: string): Known => ({ label, of: [field], say: (x) => text(x[field]) })
const yes = (label: Key, field: string): Known => ({ label, of: [field], say: (x) => t(x[field] === true ? 'history.yes' : 'history.no') })
const instant = (label: Key, field: string): Known => ({
  label,
  of: [field],
  say: (x, c) => (Number.isNaN(Date.parse(text(x[field]))) ? '' : whenWords(new Date(text(x[field])), c.now, c.zone)),
})
const day = (label: Key, field: string): Known => ({ label, of: [field], say: (x, c) => (text(x[field]) === '' ? '' : dayWords(text(x[field]), today(c))) })
const counted = (label: Key, field: string, unit: Key, none: Key): Known => ({
  label,
  of: [field],
  say: (x) => (number(x[field]) === 0 ? t(none) : t(unit, { n: number(x[field]) })),
})
const where: Known = { label: 'history.where', of: ['grid'], say: (x, c) => c.names.grid(text(x.grid)) }
const horn: Known = { label: 'history.horn', of: ['terminal'], say: (x, c) => (text(x.terminal) === '' ? '' : c.names.terminal(text(x.terminal)) || t('history.gone')) }
const hours: Known = { label: 'history.hours', of: ['from', 'to'], say: (x) => (text(x.from) === '' ? '' : hoursWords({ from: text(x.from), to: text(x.to) })) }

function entriesWords(x: Thing, c: Context): string {
  return things(x.entries)
    .map((e, i) => t('history.entry', { n: i + 1, title: c.names.announcement(text(e.announcement)) || t('history.gone'), times: number(e.repeats) || 1 }))
    .join(t('list.sentence'))
}

const chimeWords = (chime: Thing | null, c: Context) => (chime === null ? t('chime.none') : c.names.recording(text(chime.digest)) || t('history.gone'))

function quotaWords(x: Thing): string {
  const { starts, spacing_ms } = thingOf(x.quota) ?? {}
  const words = []
  if (number(starts) > 0) words.push(t('history.starts', { n: number(starts) }))
  if (number(spacing_ms) > 0) words.push(t('history.spacing', { n: Math.round(number(spacing_ms) / 60_000) }))
  return words.join(t('list.clause'))
}

const place = (x: Thing) => (typeof x.lat === 'number' && typeof x.lon === 'number' ? `${x.lat.toFixed(5)}, ${x.lon.toFixed(5)}` : '')

const known: Record<Change['subject'], readonly Known[]> = {
  announcement: [
    plain('field.title', 'title'),
    plain('announcement.text', 'text'),
    { label: 'history.dialects', of: ['variants'], say: (x, c) => and(things(x.variants).map((v) => c.names.dialect(text(v.dialect)))) },
    instant('history.validFrom', 'valid_from'),
    instant('history.validUntil', 'valid_until'),
  ],
  playlist: [
    plain('field.name', 'name'),
    { label: 'chime.label', of: ['chime'], say: (x, c) => chimeWords(thingOf(x.chime), c) },
    { label: 'history.entries', of: ['entries'], say: entriesWords },
  ],
  round: [
    plain('field.name', 'name'),
    { label: 'round.playlist', of: ['playlist'], say: (x, c) => c.names.playlist(text(x.playlist)) || t('history.gone') },
    { label: 'rounds.where', of: ['targets'], say: (x, c) => and(list(x.targets).map((code) => c.names.grid(text(code)))) },
    { label: 'rounds.when', of: ['timetable'], say: (x, c) => (thingOf(x.timetable) ? timetableWords(x.timetable as Timetable, today(c)) : '') },
    { label: 'round.lateness', of: ['lateness_ms'], say: (x) => (number(x.lateness_ms) > 0 ? t('round.late', { n: Math.round(number(x.lateness_ms) / 60_000) }) : t('round.notLate')) },
    { label: 'round.class', of: ['class'], say: (x) => t(x.class === 'background' ? 'class.background' : 'class.announcement') },
    { label: 'history.quota', of: ['quota'], say: quotaWords },
    { label: 'terminal.volume', of: ['volume'], say: (x) => (number(x.volume) > 0 ? `${number(x.volume)}%` : t('round.volumeHour')) },
    yes('round.mandatory', 'mandatory'),
    instant('history.unlimited', 'unlimited_until'),
    plain('history.unlimitedWhy', 'unlimited_reason'),
    yes('rounds.pausedMark', 'paused'),
  ],
  quiet: [where, hours, plain('history.note', 'note'), instant('history.liftedUntil', 'lifted_until'), plain('quiet.reason', 'lift_reason')],
  temporary_quiet: [
    where,
    horn,
    { label: 'history.why', of: ['reason'], say: (x) => (reasons.includes(x.reason as Reason) ? reasonWords(x.reason as Reason) : '') },
    plain('history.note', 'note'),
    instant('history.begin', 'begin'),
    instant('history.end', 'end'),
  ],
  mute: [horn, plain('history.why', 'reason'), instant('history.begin', 'from'), instant('history.end', 'until')],
  quiet_place: [
    plain('field.name', 'name'),
    where,
    { label: 'history.position', of: ['lat', 'lon'], say: place },
    { label: 'history.radius', of: ['radius_m'], say: (x) => metresWords(number(x.radius_m)) },
    hours,
    day('field.fromDay', 'first_day'),
    day('field.untilDay', 'last_day'),
  ],
  volume: [
    where,
    hours,
    { label: 'terminal.volume', of: ['percent'], say: (x) => `${number(x.percent)}%` },
    { label: 'history.floor', of: ['floor'], say: (x) => (number(x.floor) > 0 ? `${number(x.floor)}%` : '') },
    { label: 'history.cap', of: ['cap'], say: (x) => (number(x.cap) > 0 ? `${number(x.cap)}%` : '') },
  ],
  limits: [counted('loud.chooseMinutes', 'minutes', 'loud.nMinutes', 'loud.none'), counted('loud.choosePlays', 'plays', 'loud.nPlays', 'loud.none')],
  holidays: [{ label: 'history.days', of: ['dates'], say: (x, c) => runsOf(dates(x.dates)).map((r) => runWords(r, today(c))).join(t('list.and')) }],
  cancellation: [instant('history.due', 'due'), horn],
  place_name: [{ label: 'ring.recording', of: ['clip'], say: (x, c) => (text(x.clip) === '' ? '' : c.names.recording(text(x.clip)) || t('history.gone')) }],
  ring_test: [
    { label: 'ring.weekday', of: ['weekday'], say: (x) => (number(x.weekday) > 0 ? weekdayWords(number(x.weekday)) : '') },
    { label: 'ring.at', of: ['time'], say: (x) => (text(x.time) === '' ? '' : bareTime(text(x.time))) },
  ],
}

const thingOf = (x: unknown): Thing | null => (typeof x === 'object' && x !== null ? (x as Thing) : null)

/** What differs between before and after, in words. What was made or removed is told whole. */
export function factsOf(change: Pick<Change, 'subject' | 'before' | 'after'>, c: Context): Fact[] {
  const [before, after] = [thingOf(change.before), thingOf(change.after)]
  const facts: Fact[] = []
  for (const { label, of, say } of known[change.subject] ?? []) {
    if (before !== null && after !== null && of.every((f) => JSON.stringify(before[f]) === JSON.stringify(after[f]))) continue
    const fact = { label: t(label), before: before === null ? '' : say(before, c), after: after === null ? '' : say(after, c) }
    if (fact.before !== fact.after) facts.push(fact)
  }
  return facts
}

/** What can be asked for alone, in the order of the list. */
export const subjects = Object.keys(known) as Change['subject'][]
export const subjectWords = (subject: Change['subject']) => t(`history.${subject}` as Key)
