import type { Round, RoundEdit } from '@/api/schema'

/** What is sent to leave a round as it is. */
export function editOf(r: Round): RoundEdit {
  return {
    name: r.name,
    playlist: r.playlist,
    targets: r.targets,
    timetable: r.timetable,
    class: r.class,
    lateness_ms: r.lateness_ms,
    paused: r.paused,
  }
}

/** How late an airing may begin, in ms, where nobody chose. */
export const usualLateness = 30 * 60_000

/** The choices, in minutes. */
export const latenesses = [0, 5, 10, 15, 30, 60, 120, 240]
