// Where an instant lies on a civil day. Days are the town's, and on two of them in a year of summer time not 24 hours.
import { civilOf, instantOf, two } from '@/time/civil'

/** The minutes of the clock face. */
export const dayMinutes = 1_440
const minute = 60_000

/** A civil day as the broadcaster sends it. */
export interface DaySpan {
  /** As 2026-01-23. */
  day: string
  begin: string
  end: string
}

/** What the clock shows at at, in minutes since midnight, with parts: 0 to 1440. Outside the day it is the nearer end. */
export function minuteOf(span: DaySpan, at: string | Date, zone: string): number {
  const ms = typeof at === 'string' ? Date.parse(at) : at.getTime()
  const begin = Date.parse(span.begin)
  const end = Date.parse(span.end)
  if (ms <= begin) return 0
  if (ms >= end) return dayMinutes
  if (end - begin === dayMinutes * minute) return (ms - begin) / minute
  const c = civilOf(new Date(ms), zone)
  return c.hour * 60 + c.minute + c.second / 60
}

/** The stretch from begin to end on the face. One over which the clock is put back keeps its length. */
export function stretchOf(span: DaySpan, begin: string, end: string, zone: string): { from: number; to: number } {
  const from = minuteOf(span, begin, zone)
  const to = minuteOf(span, end, zone)
  if (to >= from) return { from, to }
  return { from, to: Math.min(dayMinutes, from + (Date.parse(end) - Date.parse(begin)) / minute) }
}

/** 06:35 of 395. */
export function clockOf(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(Math.floor(minutes % 60))}`
}

/** 395 of 06:35, 395.5 of 06:35:30. */
export function minutesOf(clock: string): number {
  const [hour = 0, min = 0, second = 0] = clock.split(':').map(Number)
  return hour * 60 + min + second / 60
}

/** The instant at which the clock shows that on day; where it never does, the one that comes in its stead. */
export function instantAt(day: string, minutes: number, zone: string): Date {
  return instantOf(day, clockOf(minutes), zone)
}

/** What is dropped lands on whole steps. */
export const step = 5

/** The whole step that is nearest to minutes and still of this day. */
export function snapped(minutes: number): number {
  return Math.min(dayMinutes - step, Math.max(0, Math.round(minutes / step) * step))
}
