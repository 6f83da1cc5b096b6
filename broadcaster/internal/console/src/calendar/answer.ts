// What the broadcaster answers about days, with one thing told apart that it calls by one name: what did not sound, and
// what is not going to.
import type * as api from '@/api/schema'

/** silent: it lies ahead, and will not sound. some: it sounds, or sounded, at some of its loudspeakers and not at others. */
export type State = api.Slot['state'] | 'silent' | 'some'
export type Slot = Omit<api.Slot, 'state'> & { state: State }
export type CalendarDay = Omit<api.CalendarDay, 'slots'> & { slots: Slot[] }
export type Calendar = Omit<api.Calendar, 'days'> & { days: CalendarDay[] }
export type Timeline = Omit<api.Timeline, 'plan'> & { plan: Slot[] }

/** slot as it stands at now, an instant of the broadcaster's clock. */
export function slotAt(slot: api.Slot, now: string | Date): Slot {
  if (slot.state !== 'missed') return slot
  if (slot.sounding > 0 && slot.sounding < slot.terminals) return { ...slot, state: 'some' }
  return Date.parse(slot.due) > new Date(now).getTime() ? { ...slot, state: 'silent' } : slot
}

export function calendarOf(answer: api.Calendar): Calendar {
  return { ...answer, days: answer.days.map((d) => ({ ...d, slots: d.slots.map((s) => slotAt(s, answer.now)) })) }
}

export function timelineOf(answer: api.Timeline): Timeline {
  return { ...answer, plan: answer.plan.map((s) => slotAt(s, answer.now)) }
}
