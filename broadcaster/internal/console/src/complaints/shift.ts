// Putting a round at another time of day.
import { two } from '@/time/civil'
import { timesOfCron, type Timetable } from '@/timetable/form'

/** A timetable, and whether it lost its times before instead, or those after it, or had one put elsewhere. */
export interface Shift {
  timetable: Timetable
  how: 'moved' | 'begins' | 'ends'
}

const hoursOf = (times: readonly string[]) => times.map((time) => Number(time.slice(0, 2)))

/** timetable with what falls at start put at instead; null where that takes more thought. Times are as 06:30. */
export function shifted(timetable: Timetable, start: string, instead: string): Shift | null {
  return timetable.every === undefined ? ofTimes(timetable, start, instead) : ofWindow(timetable, timetable.every, start, instead)
}

function ofWindow(timetable: Timetable, every: NonNullable<Timetable['every']>, start: string, instead: string): Shift | null {
  const [from, to] = [every.from.slice(0, 5), every.to.slice(0, 5)]
  if (start < from || start > to) return null // also windows past midnight
  const within = (span: { from: string; to: string }): Timetable => ({ ...timetable, every: { ...every, ...span } })
  if (from === to) return { timetable: within({ from: instead, to: instead }), how: 'moved' }
  if (instead < from || instead > to) return null
  return instead > start ? { timetable: within({ from: instead, to: every.to }), how: 'begins' } : { timetable: within({ from: every.from, to: instead }), how: 'ends' }
}

function ofTimes(timetable: Timetable, start: string, instead: string): Shift | null {
  const times = timesOfCron(timetable.cron ?? '')
  if (times === null || !times.includes(start)) return null
  const moved = [...new Set(times.map((time) => (time === start ? instead : time)))].sort()
  // One line of the timetable has one minute for all its hours.
  if (new Set(moved.map((time) => time.slice(3))).size > 1) return null
  return { timetable: { ...timetable, cron: `${Number(instead.slice(3))} ${hoursOf(moved).join(',')} * * *` }, how: 'moved' }
}

/** 06:30 of 06:30 and 06:30:00. */
export function clockOf(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return `${two(hour)}:${two(minute)}`
}
