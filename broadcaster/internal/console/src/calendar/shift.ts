// A round's timetable at another time of day.
import { civilOf, two } from '@/time/civil'
import type { Timetable } from '@/timetable/form'

const daySeconds = 86_400

/**
 * timetable moved so that what fires at from fires at to, both in seconds since midnight; null when it fires at times
 * that cannot be moved together. All firings of a day move by as much.
 */
export function shifted(timetable: Timetable, from: number, to: number): Timetable | null {
  const by = to - from
  if (timetable.every !== undefined) {
    const { every } = timetable
    const begin = secondsOf(every.from) + by
    if (begin < 0 || begin >= daySeconds) return null
    // A window that is pushed past midnight still belongs to the day on which it begins.
    const end = (secondsOf(every.to) + by + daySeconds) % daySeconds
    return { ...timetable, every: { ...every, from: clockOf(begin), to: clockOf(end) } }
  }
  const once = /^(\d{1,2})\s+(\d{1,2})\s+(\S.*)$/.exec(timetable.cron?.trim() ?? '')
  if (once === null || to % 60 !== 0) return null
  const minute = Math.floor(to / 60)
  return { ...timetable, cron: `${minute % 60} ${Math.floor(minute / 60)} ${once[3]}` }
}

/**
 * Those of next, the firings of a round that was moved by so many seconds, that would sound a second time today: at the
 * old time it has sounded already.
 */
export function repeated(next: readonly string[], by: number, now: Date, zone: string): Date[] {
  const today = civilOf(now, zone).day
  const old = (at: Date) => new Date(at.getTime() - by * 1_000)
  return next.map((at) => new Date(at)).filter((at) => at > now && civilOf(at, zone).day === today && old(at) <= now && civilOf(old(at), zone).day === today)
}

function secondsOf(clock: string): number {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  return hour * 3_600 + minute * 60 + second
}

function clockOf(seconds: number): string {
  const rest = seconds % 60
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}${rest === 0 ? '' : `:${two(rest)}`}`
}
