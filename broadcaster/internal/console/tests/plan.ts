// A calendar for tests.
import type { Play } from '@/api/schema'
import type { CalendarDay, Slot } from '@/calendar/answer'
import { addDays, instantOf } from '@/time/civil'
import { zone } from './town'

/** An airing that is due at clock of day, and sounds for a minute unless change says otherwise. */
export function slotOf(day: string, clock: string, change: Partial<Slot> = {}, where = zone): Slot {
  const due = instantOf(day, clock, where)
  return {
    airing: '',
    round: 'r1',
    round_name: '防溺水',
    class: 'announcement',
    owner: '440605124',
    owner_name: '九江镇',
    due: due.toISOString(),
    start: due.toISOString(),
    end: new Date(due.getTime() + 60_000).toISOString(),
    state: 'coming',
    late: false,
    reason: '',
    contents: ['《防溺水》粤语'],
    volume: 80,
    terminals: 3,
    sounding: 3,
    may_edit: true,
    movable: true,
    ...change,
  }
}

export function dayOf(day: string, slots: Slot[] = [], change: Partial<CalendarDay> = {}, where = zone): CalendarDay {
  const [begin, end] = [instantOf(day, '00:00', where), instantOf(addDays(day, 1), '00:00', where)].map((at) => at!.toISOString())
  return { day, begin: begin!, end: end!, slots, more: 0, unplanned: 0, quiet: [], ...change }
}

export function play(change: Partial<Play> = {}): Play {
  return {
    airing: 'a1',
    announcement: '防溺水',
    attempt: 1,
    begin: '2026-01-22T22:30:01Z',
    clock: 'trusted',
    clock_error_ms: 1,
    dialect: 'yue',
    end: '2026-01-22T22:31:01Z',
    event: 'e1',
    evidence: 1,
    extra: false,
    grid_path: '上西村 / 老龄社',
    name: '老龄社 1 号喇叭',
    output: 'device',
    reason: '',
    lead_ms: 0,
    result: 'complete',
    round: '防溺水',
    sounded_ms: 60_000,
    terminal: 't',
    ...change,
  } as Play
}
