// Plan and ledger of a day side by side: each airing with what sounded for it, and what sounded unasked.
import type { Play } from '@/api/schema'
import type { Slot, Timeline } from '@/calendar/answer'
import { stateWords } from '@/calendar/slot'
import { lengthWords, timeWords } from '@/time/words'
import { t } from '@/words'

export interface Pair {
  key: string
  /** The instant by which it stands in the list. */
  at: string
  /** null for what was not planned. */
  slot: Slot | null
  /** In the order of begin; empty where nothing sounded, or nobody knows. */
  plays: Play[]
}

/** By due time, or, of what was not planned, by when it began. */
export function pairsOf({ plan, plays }: Pick<Timeline, 'plan' | 'plays'>): Pair[] {
  const pairs: Pair[] = []
  const byAiring = new Map<string, Pair>()
  for (const slot of plan) {
    const pair: Pair = { key: `${slot.airing} ${slot.round} ${slot.due}`, at: slot.due, slot, plays: [] }
    pairs.push(pair)
    if (slot.airing !== '') byAiring.set(slot.airing, pair)
  }
  for (const play of plays) {
    const planned = play.extra ? undefined : byAiring.get(play.airing)
    if (planned !== undefined) planned.plays.push(play)
    else pairs.push({ key: play.event, at: play.begin, slot: null, plays: [play] })
  }
  return pairs.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** 6:30:01 开始放音,2 段, or 没播成(停电). Empty where the state alone says everything. */
export function outcomeOfPair({ slot, plays }: Pair, zone: string): string {
  const words: string[] = []
  if (plays.length > 0) words.push(t('timeline.sounded', { clock: timeWords(new Date(Date.parse(plays[0]!.begin) - plays[0]!.lead_ms), zone, true) }))
  if (plays.length > 1) words.push(t('timeline.parts', { n: plays.length }))
  if (slot === null) return words.join(t('list.clause'))
  if (slot.reason !== '') {
    const over = slot.state === 'missed' || slot.state === 'partial'
    // The broadcaster's sentence mostly says the state itself.
    words.push(over && !slot.reason.includes(stateWords(slot.state)) ? t('timeline.because', { state: stateWords(slot.state), reason: slot.reason }) : slot.reason)
  }
  return words.join(t('list.clause'))
}

/** Everything of one sounding in a line. */
export function playWords(play: Play, zone: string, dialectName: (tag: string) => string): string {
  const clock = timeWords(new Date(play.begin), zone, true)
  const words = [t('timeline.playWords', { clock, title: play.announcement, dialect: dialectName(play.dialect), length: lengthWords(play.sounded_ms) })]
  if (play.extra) words.push(t('timeline.extra'))
  if (play.result === 'cut') words.push(t('outcome.partial'))
  if (play.reason !== '') words.push(play.reason)
  return words.join(t('list.clause'))
}
