// A round as the editor holds it.
import type { Round, RoundEdit } from '@/api/schema'
import { formOf, timetableOf, type Form } from '@/timetable/form'

export interface RoundForm {
  name: string
  playlist: string
  targets: string[]
  when: Form
  class: Round['class']
  latenessMinutes: number
  paused: boolean
  mandatory: boolean
  /** In percent; 0 for the hour's. */
  volume: number
  /** Starts a day, and minutes between two; 0 asks for nothing. */
  quotaStarts: number
  spacingMinutes: number
  /** An instant; empty when the daily limits hold. */
  unlimitedUntil: string
  unlimitedReason: string
}

/** How late an airing may begin, in ms, where nobody chose. */
const usualLateness = 30 * 60_000

/** The choices, in minutes. */
export const latenesses = [0, 5, 10, 15, 30, 60, 120, 240]

/** The choices of a volume of one's own, in percent. */
export const volumes = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]

export function blankRound(when: Form): RoundForm {
  return {
    name: '',
    playlist: '',
    targets: [],
    when,
    class: 'announcement',
    latenessMinutes: usualLateness / 60_000,
    paused: false,
    mandatory: false,
    volume: 0,
    quotaStarts: 0,
    spacingMinutes: 0,
    unlimitedUntil: '',
    unlimitedReason: '',
  }
}

export function roundFormOf(r: Round, today: string): RoundForm {
  return {
    name: r.name,
    playlist: r.playlist,
    targets: [...r.targets],
    when: formOf(r.timetable, today),
    class: r.class,
    latenessMinutes: r.lateness_ms / 60_000,
    paused: r.paused,
    mandatory: r.mandatory,
    volume: r.volume,
    quotaStarts: r.quota_starts,
    spacingMinutes: r.spacing_ms / 60_000,
    unlimitedUntil: r.unlimited_until ?? '',
    unlimitedReason: r.unlimited_reason,
  }
}

/** What is sent to leave a round as it is. */
export function editOf(r: Round): RoundEdit {
  const { name, playlist, targets, timetable, class: kind, lateness_ms, paused, mandatory, quota_starts, spacing_ms, volume } = r
  const edit: RoundEdit = { name, playlist, targets, timetable, class: kind, lateness_ms, paused, mandatory, quota_starts, spacing_ms, volume }
  return r.unlimited_until === undefined ? edit : { ...edit, unlimited_until: r.unlimited_until, unlimited_reason: r.unlimited_reason }
}

/** What is sent to keep form; a round without a name is called usualName. */
export function draftOf(form: RoundForm, usualName: string): RoundEdit {
  const edit: RoundEdit = {
    name: form.name.trim() || usualName,
    playlist: form.playlist,
    targets: form.targets,
    timetable: timetableOf(form.when),
    class: form.class,
    lateness_ms: Math.round(form.latenessMinutes * 60_000),
    paused: form.paused,
    mandatory: form.mandatory,
    volume: form.volume,
    quota_starts: form.quotaStarts,
    spacing_ms: Math.round(form.spacingMinutes * 60_000),
  }
  if (form.unlimitedUntil !== '') {
    edit.unlimited_until = form.unlimitedUntil
    edit.unlimited_reason = form.unlimitedReason.trim()
  }
  return edit
}
