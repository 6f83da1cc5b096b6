// A timetable in a sentence.
import type { LunarDay } from '@/api/schema'
import { two } from '@/time/civil'
import { bareTime, dayWords, weekdayWords } from '@/time/words'
import { t, type Key } from '@/words'
import { minutesOfDay, readCron, type Cron } from './cron'
import { formOf, type Form, type Timetable } from './form'

// More times than this are not read out.
const mostTimes = 6

export function timetableWords(timetable: Timetable, today: string): string {
  const form = formOf(timetable, today)
  if (form.kind === 'once') {
    return t('timetable.once', { day: dayWords(form.day, today), clock: bareTime(form.time) })
  }
  return [...dayKindsWords(form), rhythmWords(form), ...leftOutWords(form, today)].join(t('list.clause'))
}

/** When on a day it fires. */
function rhythmWords(form: Form): string {
  if (form.kind === 'every') return stepWords(form.minutes, form.start, form.end)
  if (form.kind === 'daily') return form.times.map(bareTime).join(t('list.and'))
  const cron = readCron(form.cron)
  if (cron === null) return t('timetable.own')
  const minutes = minutesOfDay(cron)
  const [first = 0, second = 0] = minutes
  const last = minutes.at(-1)!
  if (minutes.length <= mostTimes) return minutes.map((m) => bareTime(clockOf(m))).join(t('list.and'))
  const step = second - first
  if (minutes.every((m, i) => m === first + i * step)) return stepWords(step, clockOf(first), clockOf(last))
  return t('when.many', { start: bareTime(clockOf(first)), end: bareTime(clockOf(last)), n: minutes.length })
}

const clockOf = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

function stepWords(minutes: number, start: string, end: string): string {
  const hours = minutes % 60 === 0
  const n = hours ? minutes / 60 : minutes
  return t(hours ? 'timetable.everyHours' : 'timetable.everyMinutes', { n, start: bareTime(start), end: bareTime(end) })
}

export function weekdaysWords(weekdays: readonly number[]): string {
  const days = [...weekdays].sort()
  if (days.length === 0 || days.length === 7) return t('weekdays.all')
  if (days.join() === '1,2,3,4,5') return t('weekdays.working')
  if (days.join() === '6,7') return t('weekdays.end')
  return days.map(weekdayWords).join(t('list.and'))
}

/** Which kinds of days it fires on. Where there are several, a day must be of all of them. */
function dayKindsWords(form: Form): string[] {
  const cron = form.kind === 'cron' ? readCron(form.cron) : null
  const fixed = cron === null ? [] : cronDaysWords(cron)
  const together = togetherWords(form)
  if (together !== '') return [...fixed, together]
  const words: string[] = []
  if (form.weekdays.length > 0) words.push(weekdaysWords(form.weekdays))
  if (form.lunar.length > 0) words.push(lunarWords(form.lunar))
  if (form.market.length > 0) words.push(marketWords(form.market, form.marketLunar))
  if (form.onlyHolidays.length > 0) words.push(onlyWords(form))
  const all = [...words, ...fixed]
  return all.length > 0 ? all : [weekdaysWords([])]
}

/** 既是周一,又是墟日(逢 1)的日子: the kinds of days that form asks for at once; empty where it asks for one or none. */
export function togetherWords(form: Form): string {
  const kinds: string[] = []
  if (form.weekdays.length > 0 && form.weekdays.length < 7) kinds.push(weekdaysWords(form.weekdays))
  if (form.lunar.length > 0) kinds.push(lunarWords(form.lunar))
  if (form.market.length > 0) kinds.push(marketWords(form.market, form.marketLunar))
  if (form.onlyHolidays.length > 0) kinds.push(t('when.inLists', { names: quoted(form.onlyHolidays) }))
  return kinds.length > 1 ? t('when.together', { days: kinds.join(t('when.also')) }) : ''
}

function cronDaysWords({ dates, months, weekdays }: Cron): string[] {
  const words: string[] = []
  if (months !== null) words.push(months.map((m) => t(`month.${m}` as Key)).join(t('list.and')))
  const days: string[] = []
  if (dates !== null) days.push(t('when.dates', { days: dates.join(t('list.and')) }))
  if (weekdays !== null) days.push(weekdaysWords(weekdays))
  if (days.length > 0) words.push(days.join(t('when.or')))
  return words
}

/** 墟日(逢 3、6、9). */
export function marketWords(endings: readonly number[], lunar: boolean): string {
  return t(lunar ? 'when.marketLunarOn' : 'when.marketOn', { endings: endings.join(t('list.and')) })
}

/** 农历每月初一、十五. */
export function lunarWords(days: readonly LunarDay[]): string {
  const months = new Map<string, string[]>()
  for (const day of days) {
    const month = lunarMonthWords(day)
    months.set(month, [...(months.get(month) ?? []), lunarDayWords(day.day)])
  }
  const said = [...months].map(([month, names]) => t('when.lunarInMonth', { month, days: names.join(t('list.and')) }))
  return t('when.lunarOn', { days: said.join(t('list.and')) })
}

/** 初一 of 1, 最后一天 of -1. */
export function lunarDayWords(day: number): string {
  return t('when.lunarDays').split('|')[day - 1] ?? t('when.lunarLast')
}

/** 每月, 正月, 闰六月. */
export function lunarMonthWords({ month = 0, leap = false }: Pick<LunarDay, 'month' | 'leap'>): string {
  const name = t('when.lunarMonths').split('|')[month - 1]
  if (name === undefined) return t('when.lunarEach')
  return leap ? t('when.lunarLeapOf', { month: name }) : name
}

/** From when, until when, and which days not. */
function leftOutWords(form: Form, today: string): string[] {
  const words: string[] = []
  if (form.from > today) words.push(t('timetable.from', { day: dayWords(form.from, today) }))
  if (form.until !== '') words.push(t('timetable.until', { day: dayWords(form.until, today) }))
  if (form.exceptHolidays.length > 0) words.push(exceptWords(form))
  if (form.except.length > 0) words.push(t('timetable.except', { n: form.except.length }))
  return words
}

/** 只在“国庆”;“学校假期”除外. Empty when no list is named. */
export function listsWords(form: Form): string {
  const words = [form.onlyHolidays.length > 0 ? onlyWords(form) : '', form.exceptHolidays.length > 0 ? exceptWords(form) : '']
  return words.filter((w) => w !== '').join(t('list.clause'))
}

const onlyWords = (form: Form) => t('when.onlyOn', { names: quoted(form.onlyHolidays) })
const exceptWords = (form: Form) => t('when.notOn', { names: quoted(form.exceptHolidays) })

function quoted(names: readonly string[]): string {
  return names.map((name) => t('when.quoted', { name })).join(t('list.and'))
}
