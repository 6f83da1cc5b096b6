// A round's timetable as the editor shows it, and as the broadcaster keeps it. What the presets cannot say is left as
// it is under 'cron', so that opening and saving a round never changes when it plays.
import type { Key } from '@/words'
import type { LunarDay, Round } from '@/api/schema'
import { two } from '@/time/civil'

export type Timetable = Round['timetable']
export type Kind = 'once' | 'daily' | 'every' | 'cron'

export interface Form {
  kind: Kind
  /** once */
  day: string
  time: string
  /** daily: one to six times a day, as 07:00 */
  times: string[]
  /** every */
  minutes: number
  start: string
  end: string
  /** cron */
  cron: string
  /** Which days, for all kinds but once. Empty lists and texts do not narrow. */
  weekdays: number[]
  from: string
  until: string
  except: string[]
  /** 农历 */
  lunar: LunarDay[]
  /** 墟日: what the day's number ends in, and whether that is the lunar day's. */
  market: number[]
  marketLunar: boolean
  /** Names of lists of days. */
  onlyHolidays: string[]
  exceptHolidays: string[]
}

/** What a form that narrows to no days has. */
const anyDay = { weekdays: [], from: '', until: '', except: [], lunar: [], market: [], marketLunar: false, onlyHolidays: [], exceptHolidays: [] }

/** 早·午·晚. They share their minutes, as the times of one day must. */
export const mealTimes: readonly { key: Key; time: string }[] = [
  { key: 'when.morning', time: '07:00' },
  { key: 'when.noon', time: '12:00' },
  { key: 'when.evening', time: '18:00' },
]

const mostTimes = 6

export function blankForm(today: string, time: string): Form {
  return {
    kind: 'once',
    day: today,
    time,
    times: ['07:00'],
    minutes: 60,
    start: '07:30',
    end: '18:00',
    cron: '',
    ...anyDay,
  }
}

export function formOf(t: Timetable, today: string): Form {
  const form: Form = {
    ...blankForm(today, '07:00'),
    weekdays: [...(t.weekdays ?? [])],
    from: t.from ?? '',
    until: t.until ?? '',
    except: [...(t.except ?? [])],
    lunar: [...(t.lunar ?? [])],
    market: [...(t.market?.endings ?? [])],
    marketLunar: t.market?.lunar ?? false,
    onlyHolidays: [...(t.only_holidays ?? [])],
    exceptHolidays: [...(t.except_holidays ?? [])],
  }
  if (t.every !== undefined) {
    const { minutes, from, to } = t.every
    if (from !== to) return { ...form, kind: 'every', minutes, start: from, end: to }
    const single = t.from !== undefined && t.from === t.until && form.weekdays.length + form.except.length + narrowings(form) === 0
    if (single) return { ...form, kind: 'once', day: form.from, time: from, from: '', until: '' }
    return { ...form, kind: 'daily', times: [from] }
  }
  const times = timesOfCron(t.cron ?? '')
  return times === null ? { ...form, kind: 'cron', cron: t.cron ?? '' } : { ...form, kind: 'daily', times }
}

/** How many ways but weekdays, dates and days left out narrow the days. */
export function narrowings(form: Form): number {
  return [form.lunar, form.market, form.onlyHolidays, form.exceptHolidays].filter((list) => list.length > 0).length
}

/** The times of a cron that says no more than "at these hours, at this minute, every day"; null for any other. */
export function timesOfCron(cron: string): string[] | null {
  const match = /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) \* \* \*$/.exec(cron.trim())
  if (match === null) return null
  const minute = Number(match[1])
  const hours = match[2]!.split(',').map(Number)
  if (minute > 59 || hours.some((h) => h > 23) || hours.length > mostTimes) return null
  return [...new Set(hours)].sort((a, b) => a - b).map((h) => `${two(h)}:${two(minute)}`)
}

/** What is sent to keep form, of which mistakeOf has nothing to say. */
export function timetableOf(form: Form): Timetable {
  if (form.kind === 'once') {
    return { every: { minutes: 1, from: form.time, to: form.time }, from: form.day, until: form.day }
  }
  return { ...rhythmOf(form), ...daysOf(form) }
}

function rhythmOf(form: Form): Timetable {
  if (form.kind === 'every') return { every: { minutes: form.minutes, from: form.start, to: form.end } }
  if (form.kind === 'cron') return { cron: form.cron.trim() }
  const times = [...new Set(form.times)].sort()
  if (times.length === 1) return { every: { minutes: 1, from: times[0]!, to: times[0]! } }
  const hours = times.map((time) => Number(time.slice(0, 2)))
  return { cron: `${Number(times[0]!.slice(3, 5))} ${hours.join(',')} * * *` }
}

function daysOf(form: Form): Timetable {
  const days: Timetable = {}
  if (form.weekdays.length > 0 && form.weekdays.length < 7) days.weekdays = [...form.weekdays].sort()
  if (form.from !== '') days.from = form.from
  if (form.until !== '') days.until = form.until
  if (form.except.length > 0) days.except = [...new Set(form.except)].sort()
  if (form.lunar.length > 0) days.lunar = form.lunar
  if (form.market.length > 0) days.market = { endings: form.market, ...(form.marketLunar ? { lunar: true } : {}) }
  if (form.onlyHolidays.length > 0) days.only_holidays = form.onlyHolidays
  if (form.exceptHolidays.length > 0) days.except_holidays = form.exceptHolidays
  return days
}

/** The times whose minutes are not those of the first: a round of their own keeps them. Those of one minute at once. */
export function oddTimes(times: readonly string[]): string[] {
  const [first, ...rest] = [...new Set(times)].sort()
  const odd = rest.find((time) => time.slice(3) !== first!.slice(3))
  return odd === undefined ? [] : rest.filter((time) => time.slice(3) === odd.slice(3))
}

/** What is still missing or cannot be, for the person; null when the timetable can be asked about. */
export function mistakeOf(form: Form): Key | null {
  const { kind } = form
  if (kind === 'once') return form.day === '' ? 'when.noDay' : form.time === '' ? 'when.noTime' : null
  if (kind === 'every') {
    if (form.start === '' || form.end === '') return 'when.noTime'
    if (!Number.isInteger(form.minutes) || form.minutes < 1 || form.minutes > 1440) return 'when.badMinutes'
  }
  if (kind === 'daily') {
    if (form.times.length === 0 || form.times.includes('')) return 'when.noTime'
    // One line of the timetable has one minute for all its hours.
    if (oddTimes(form.times).length > 0) return 'when.mixedMinutes'
  }
  return form.from !== '' && form.until !== '' && form.until < form.from ? 'when.backwards' : null
}
