// The rounds as their page shows them.
import type { Cancellation, Round } from '@/api/schema'

/** rounds whose name, playlist or places have text in them. */
export function matching(rounds: readonly Round[], text: string): Round[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return [...rounds]
  return rounds.filter((r) => [r.name, r.playlist_name, ...r.target_names].some((words) => words.toLowerCase().includes(wanted)))
}

export interface Sections {
  standing: Round[]
  /** Those that fire once and have not yet, the next first. */
  once: Round[]
  over: Round[]
}

export function sectionsOf(rounds: readonly Round[]): Sections {
  const ahead = rounds.filter((r) => !r.over)
  const dueOf = (r: Round) => Date.parse(r.next[0] ?? '9999-01-01')
  return {
    standing: ahead.filter((r) => !r.once),
    once: ahead.filter((r) => r.once).sort((a, b) => dueOf(a) - dueOf(b)),
    over: rounds.filter((r) => r.over),
  }
}

/** The cancellations of r that still lie ahead, the next first. */
export function calledOff(r: Round, all: readonly Cancellation[], now: Date): Cancellation[] {
  return all.filter((c) => c.round === r.id && new Date(c.due) > now).sort((a, b) => Date.parse(a.due) - Date.parse(b.due))
}

/** The next firing of r that nobody called off everywhere. */
export function nextOf(r: Round, off: readonly Cancellation[]): Date | undefined {
  const gone = new Set(off.filter((c) => c.terminal === '').map((c) => Date.parse(c.due)))
  return r.next.map((at) => new Date(at)).find((at) => !gone.has(at.getTime()))
}
