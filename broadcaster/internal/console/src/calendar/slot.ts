// One airing on a calendar, in words.
import type { SilenceSpan } from '@/api/schema'
import type { Mood } from '@/terminals/state'
import { timeWords } from '@/time/words'
import { t, type Key } from '@/words'
import type { Slot, State } from './answer'
import { minuteOf, stretchOf, type DaySpan } from './clock'
import type { Stretch } from './layout'

/** What wants attention stands first. */
export const states: readonly State[] = ['missed', 'partial', 'silent', 'some', 'unreported', 'sounding', 'coming', 'played', 'cancelled']

export function stateWords(state: State): string {
  return t(`calendar.${state}` as Key)
}

/** 还没到, 2/3 响: how one airing stands. */
export function standWords(slot: Slot): string {
  return slot.state === 'some' ? t('calendar.ofHorns', { n: slot.terminals, sounding: slot.sounding }) : stateWords(slot.state)
}

export function moodOf(state: State): Mood {
  const moods: Partial<Record<State, Mood>> = { played: 'good', sounding: 'good', partial: 'warn', silent: 'warn', some: 'warn', missed: 'bad' }
  return moods[state] ?? ''
}

/** The same airing after the calendar was fetched again. */
export function slotKey(slot: Slot): string {
  return `${slot.round} ${slot.due}`
}

/** When it begins or began; of what does not sound, when it was due. */
export function slotBegin(slot: Slot): string {
  return slot.start ?? slot.due
}

/** The airings of a day, each where it lies. */
export function stretchesOf(span: DaySpan, slots: readonly Slot[], zone: string): Stretch<Slot>[] {
  return slots.map((of) => {
    const begin = slotBegin(of)
    const lasts = of.end === undefined || of.start === undefined ? 0 : Date.parse(of.end) - Date.parse(of.start)
    const from = minuteOf(span, begin, zone)
    return { id: slotKey(of), of, group: of.round, from, to: from + lasts / 60_000 }
  })
}

/** How all of several stand, where they stand alike; otherwise the state that most wants attention. */
export function commonWords(slots: readonly Slot[]): string {
  const words = new Set(slots.map(standWords))
  return words.size === 1 ? standWords(slots[0]!) : stateWords(worstState(slots))
}

/** When the last that the broadcaster lists of a day is due: it leaves out what is later. */
export function listedUntil(day: { slots: readonly Slot[]; begin: string }, zone: string): string {
  return timeWords(new Date(day.slots.at(-1)?.due ?? day.begin), zone)
}

/** The state of several that most wants attention. */
export function worstState(slots: readonly Slot[]): State {
  return states.find((state) => slots.some((s) => s.state === state)) ?? 'coming'
}

/** 还没到 3 次,已放音 9 次. */
export function statesWords(slots: readonly Slot[]): string {
  const words: string[] = []
  for (const state of states) {
    const n = slots.filter((s) => s.state === state).length
    if (n > 0) words.push(t('calendar.count', { state: stateWords(state), n }))
  }
  return words.join(t('list.clause'))
}

/** 6:30, or of what is late 6:30 → 6:34. */
export function slotClock(slot: Slot, zone: string): string {
  const due = timeWords(new Date(slot.due), zone)
  const begin = timeWords(new Date(slotBegin(slot)), zone)
  return due === begin ? due : t('calendar.deferred', { due, begin })
}

/** Everything in one line, for who does not see it. */
export function slotWords(slot: Slot, zone: string): string {
  const words = [slotClock(slot, zone), slot.round_name, standWords(slot)]
  if (slot.terminals > 1) words.push(t('calendar.horns', { n: slot.terminals }))
  if (slot.reason !== '') words.push(slot.reason)
  return words.join(t('list.clause'))
}

/** Whether this person may still move the airing or call it off. The broadcaster lets nobody edit what is over. */
export function isMovable(slot: Slot): boolean {
  return slot.may_edit && slot.state !== 'cancelled'
}

/** Quiet on a day's face. */
export interface QuietStretch {
  from: number
  to: number
  reason: string
}

/** The day's quiet, put together where it overlaps or touches, with each reason once. */
export function quietOf(span: DaySpan, quiet: readonly SilenceSpan[], zone: string): QuietStretch[] {
  const all = quiet.map((q) => ({ ...stretchOf(span, q.begin, q.end, zone), reasons: [q.reason] }))
  all.sort((a, b) => a.from - b.from)
  const joined: typeof all = []
  for (const q of all) {
    const last = joined.at(-1)
    if (last !== undefined && q.from <= last.to) {
      last.to = Math.max(last.to, q.to)
      last.reasons.push(...q.reasons)
    } else joined.push(q)
  }
  return joined.map(({ from, to, reasons }) => ({ from, to, reason: [...new Set(reasons)].filter((r) => r !== '').join(t('list.sentence')) }))
}
