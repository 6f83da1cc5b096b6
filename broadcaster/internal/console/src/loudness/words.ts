// How loud and how much, in sentences.
import type { Limits, VolumeRule } from '@/api/schema'
import { bareTime } from '@/time/words'
import { t } from '@/words'

/** One sentence for each of the two limits. */
export function limitsWords(l: Pick<Limits, 'minutes' | 'plays'>): string[] {
  return [
    l.minutes === 0 ? t('loud.noMinutes') : t('loud.minutes', { n: l.minutes }),
    l.plays === 0 ? t('loud.noPlays') : t('loud.plays', { n: l.plays }),
  ]
}

/** Whether the town's limits are what is usual. */
export const isUsual = (l: Limits) => l.minutes === l.offered_minutes && l.plays === l.offered_plays

/** 每天 6:00 到 8:00. */
export function hoursWords(v: Pick<VolumeRule, 'from' | 'to'>): string {
  return t(v.to <= v.from ? 'quiet.overnight' : 'quiet.span', { from: bareTime(v.from), to: bareTime(v.to) })
}

/** What a rule does to the loudspeakers below it, one sentence each. */
export function volumeWords(v: Pick<VolumeRule, 'percent' | 'floor' | 'cap'>): string[] {
  const words = [t('loud.percent', { n: v.percent })]
  if (v.cap === v.percent) words.push(t('loud.capSame', { n: v.cap }))
  else words.push(t('loud.cap', { n: v.cap }))
  if (v.floor > 0) words.push(t('loud.floor', { n: v.floor }))
  return words
}

/** Percents that are offered, with those that a rule has already. */
export function percents(...more: number[]): number[] {
  const offered = Array.from({ length: 10 }, (_, i) => (i + 1) * 10)
  return [...new Set([...offered, ...more])].sort((a, b) => a - b)
}

/** v after its percent was chosen: a cap that was the percent goes with it, and floor and cap make room. */
export function withPercent<V extends Pick<VolumeRule, 'percent' | 'floor' | 'cap'>>(v: V, percent: number): V {
  const follows = v.cap === v.percent
  const cap = follows ? percent : Math.max(v.cap, percent)
  return { ...v, percent, cap, floor: Math.min(v.floor, percent) }
}
