// Until when a loudspeaker is muted: what is offered, and how it is said.
import type { Mute } from '@/api/schema'
import { endWords } from '@/silence/words'
import { addDays, civilOf, instantOf } from '@/time/civil'
import { t } from '@/words'

export const untils = ['hour', 'day', 'days', 'open'] as const
export type Until = (typeof untils)[number]

const hour = 3_600_000
/** The longest that it holds, in ms. */
const longest = 30 * 24 * hour

/** The instant that is sent; undefined for until somebody lifts it. */
export function instantUntil(until: Until, now: Date, zone: string): Date | undefined {
  switch (until) {
    case 'hour':
      return new Date(now.getTime() + hour)
    case 'day':
      return instantOf(addDays(civilOf(now, zone).day, 1), '00:00', zone)
    case 'days':
      return new Date(now.getTime() + 72 * hour)
    case 'open':
      return undefined
  }
}

/** 到今天 24:00, or 直到有人恢复,最晚 2月22日 9:00. */
export function untilWords(until: Until, now: Date, zone: string): string {
  const end = instantUntil(until, now, zone)
  return end === undefined ? openWords(new Date(now.getTime() + longest), now, zone) : t('mute.until', { until: endWords(end, now, zone) })
}

const openWords = (end: Date, now: Date, zone: string) => t('mute.untilOpen', { until: endWords(end, now, zone) })

/** The same of a mute that holds. */
export function heldWords(mute: Mute, now: Date, zone: string): string {
  const end = new Date(mute.until)
  return mute.open ? openWords(end, now, zone) : t('mute.until', { until: endWords(end, now, zone) })
}
