// What comes every few minutes, put together by the hour.
import { minuteOf, type DaySpan } from '@/calendar/clock'
import type { Pair } from './pairs'

export interface PairGroup {
  key: string
  /** At least one, in the order of the day. */
  pairs: Pair[]
}

/** So many of one round in an hour stand together. */
const groupFrom = 3

/** pairs in their order; those of one round in one hour stand where the first of them does. */
export function groupsOf(span: DaySpan, pairs: readonly Pair[], zone: string): PairGroup[] {
  const found = new Map<string, Pair[]>()
  for (const pair of pairs) {
    // What was not planned is looked at one by one.
    const key = pair.slot === null ? pair.key : `${Math.floor(minuteOf(span, pair.at, zone) / 60)} ${pair.slot.round}`
    const group = found.get(key)
    if (group === undefined) found.set(key, [pair])
    else group.push(pair)
  }
  const groups: PairGroup[] = []
  for (const [key, group] of found) {
    if (group.length >= groupFrom) groups.push({ key, pairs: group })
    else for (const pair of group) groups.push({ key: pair.key, pairs: [pair] })
  }
  return groups.sort((a, b) => Date.parse(a.pairs[0]!.at) - Date.parse(b.pairs[0]!.at))
}
