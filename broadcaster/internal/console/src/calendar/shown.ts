// What a block of airings says: of one its clock and name, of a bundle how many.
import { t } from '@/words'
import type { Slot, State } from './answer'
import type { Block } from './layout'
import { commonWords, slotClock, slotWords, statesWords, worstState } from './slot'

/** What a block on a day shows. */
export interface Shown {
  state: State
  clock: string
  name: string
  /** 2/3 响: what the sign alone does not tell; empty for most. */
  note: string
  /** Everything in one line, for who cannot see it. */
  words: string
  several: boolean
}

export const slotsOf = (block: Block<Slot>) => block.things.map((x) => x.of)

/** 防溺水, or what a bundle of several rounds is called. */
export const blockName = (block: Block<Slot>) => (block.group === null ? t('calendar.several') : block.things[0]!.of.round_name)

export function shownOf(block: Block<Slot>, zone: string): Shown {
  const slots = slotsOf(block)
  const clock = slotClock(slots[0]!, zone)
  const name = blockName(block)
  const n = slots.length
  const note = slots.every((s) => s.state === 'some') ? commonWords(slots) : ''
  if (n === 1) return { state: slots[0]!.state, clock, name, note, words: slotWords(slots[0]!, zone), several: false }
  const words = t('calendar.bundle', { clock, name, n, states: statesWords(slots) })
  return { state: worstState(slots), clock: t('calendar.times', { n }), name, note, words, several: true }
}
