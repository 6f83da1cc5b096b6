// Time as people say it.
import { t, type Key } from '@/words'
import { civilOf, daysBetween, two, weekdayOf } from './civil'

// The hour at which each part of the day ends.
const parts: [number, Key][] = [
  [6, 'time.night'],
  [9, 'time.early'],
  [11, 'time.morning'],
  [13, 'time.noon'],
  [18, 'time.afternoon'],
  [24, 'time.evening'],
]

/** 早上 6:30, 下午 15:30. clock is 06:30 or 06:30:15. */
export function clockWords(clock: string): string {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  if (hour === 24) return t('time.midnight')
  const part = parts.find(([end]) => hour < end)?.[1] ?? 'time.evening'
  return t(part, { clock: bareClock(hour, minute, second) })
}

/** 6:30 of 06:30. */
export function bareTime(clock: string): string {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  return bareClock(hour, minute, second)
}

function bareClock(hour: number, minute: number, second: number): string {
  return `${hour}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`
}

/** 6:30, 15:30; with the seconds, where there are any, if exact. */
export function timeWords(at: Date, zone: string, exact = false): string {
  const c = civilOf(at, zone)
  return bareClock(c.hour, c.minute, exact ? c.second : 0)
}

export function partWords(at: Date, zone: string): string {
  const c = civilOf(at, zone)
  return clockWords(`${two(c.hour)}:${two(c.minute)}`)
}

/** 今天, 明天, 昨天, 1月23日 周五, and with the year when it is another one. */
export function dayWords(day: string, today: string): string {
  const away = daysBetween(today, day)
  const near: Record<number, Key> = { 0: 'day.today', 1: 'day.tomorrow', 2: 'day.after', [-1]: 'day.yesterday' }
  if (near[away] !== undefined) return t(near[away])
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const key = year === Number(today.slice(0, 4)) ? 'day.date' : 'day.dateYear'
  return t(key, { year, month, monthName: t(`month.${month}` as Key), date, weekday: weekdayWords(weekdayOf(day)) })
}

export function weekdayWords(weekday: number): string {
  return t(`weekday.${weekday}` as Key)
}

/** 今天 15:30. */
export function whenWords(at: Date, now: Date, zone: string, exact = false): string {
  const day = dayWords(civilOf(at, zone).day, civilOf(now, zone).day)
  return t('time.when', { day, clock: timeWords(at, zone, exact) })
}

/** 今天 7:30、12:00;明天 7:30: each day is said once. times are in order. */
export function timesWords(times: readonly Date[], now: Date, zone: string): string {
  const days = new Map<string, string[]>()
  for (const at of times) {
    const { day } = civilOf(at, zone)
    days.set(day, [...(days.get(day) ?? []), timeWords(at, zone, true)])
  }
  const today = civilOf(now, zone).day
  return [...days].map(([day, clocks]) => t('time.when', { day: dayWords(day, today), clock: clocks.join(t('list.and')) })).join(t('list.sentence'))
}

/** 刚刚, 5 分钟前, 26 小时前, 3 天前. */
export function agoWords(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000)
  if (minutes < 1) return t('ago.now')
  if (minutes < 60) return t('ago.minutes', { n: minutes })
  if (minutes < 48 * 60) return t('ago.hours', { n: Math.floor(minutes / 60) })
  return t('ago.days', { n: Math.floor(minutes / 60 / 24) })
}

/** 26 小时: how long something has lasted. */
export function spanWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return t('span.minutes', { n: Math.max(1, minutes) })
  if (minutes < 48 * 60) return t('span.hours', { n: Math.floor(minutes / 60) })
  return t('span.days', { n: Math.floor(minutes / 60 / 24) })
}

/** 45 秒, 3 分 5 秒: the length of a sound. */
export function lengthWords(ms: number): string {
  const seconds = ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0
  if (seconds < 60) return t('length.seconds', { s: seconds })
  if (seconds % 60 === 0) return t('length.minutes', { m: seconds / 60 })
  return t('length.both', { m: Math.floor(seconds / 60), s: seconds % 60 })
}

/**
 * 35 微秒, 0.4 毫秒, 1.2 秒, 26 小时: a span of µs in the unit that people can read. A bound is rounded up, so that it
 * stays one.
 */
export function fineWords(us: number, bound = false): string {
  const [key, unit]: [Key, number] = us < 100 ? ['fine.micro', 1] : us < 1_000_000 ? ['fine.milli', 1_000] : ['fine.seconds', 1_000_000]
  if (us >= 120_000_000) return us >= 3_600_000_000 ? spanWords(us / 1_000) : lengthWords((bound ? Math.ceil : Math.round)(us / 1_000_000) * 1_000)
  const value = us / unit
  const scale = unit > 1 && value < 10 ? 10 : 1
  return t(key, { n: (bound ? Math.ceil : Math.round)(value * scale) / scale })
}
