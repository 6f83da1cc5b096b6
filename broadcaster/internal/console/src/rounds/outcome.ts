// What a dry run found, in sentences.
import type { Fate, Outcome } from '@/api/schema'
import { dayWords, timeWords, whenWords } from '@/time/words'
import { t, type Key } from '@/words'

/** 12 个喇叭:播 42 次,3 次顺延,1 次播不成. What is nought is not said. */
export function outcomeWords(o: Outcome): string {
  const clauses: string[] = []
  if (o.sounds > 0) clauses.push(t('dry.sounds', { n: o.sounds }))
  if (o.deferred > 0) clauses.push(t('dry.deferred', { n: o.deferred }))
  if (o.missed > 0) clauses.push(t('dry.missed', { n: o.missed }))
  if (clauses.length === 0) clauses.push(t('dry.silent'))
  return t('dry.outcome', { n: o.terminals.length, clauses: clauses.join(t('list.clause')) })
}

/** How many airings of other rounds it changes. */
export function touchedOthers(o: Outcome): number {
  return o.moves + o.displaces + o.frees + o.alters
}

/** 会让《收垃圾通知》顺延 2 次: one sentence for each round and kind of change, the heaviest kinds first. */
export function othersWords(o: Outcome): string[] {
  const counts = new Map<string, { key: Key; round: string; n: number }>()
  for (const fate of o.others) {
    const key = changeOf(fate)
    const at = counts.get(key + fate.round) ?? { key, round: fate.round, n: 0 }
    at.n++
    counts.set(key + fate.round, at)
  }
  const found = [...counts.values()].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
  const words = found.map(({ key, round, n }) => t(key, { round, n }))
  const rest = touchedOthers(o) - o.others.length
  return rest > 0 ? [...words, t('dry.rest', { n: rest })] : words
}

const order: readonly Key[] = ['dry.displaces', 'dry.defers', 'dry.hastens', 'dry.alters', 'dry.frees']

function changeOf(fate: Fate): Key {
  if (fate.kind === 'lost') return 'dry.displaces'
  if (fate.kind === 'gained') return 'dry.frees'
  if (fate.kind === 'altered') return 'dry.alters'
  return fate.before !== undefined && fate.start !== undefined && Date.parse(fate.start) < Date.parse(fate.before) ? 'dry.hastens' : 'dry.defers'
}

/** 今天 7:30 → 7:34, of another round with its name. */
export function fateWords(fate: Fate, now: Date, zone: string): string {
  const due = new Date(fate.due)
  const start = fate.start === undefined ? due : new Date(fate.start)
  const at = whenWords(due, now, zone, true)
  const when = start.getTime() === due.getTime() ? at : t('dry.shift', { due: at, start: timeWords(start, zone, true) })
  return fate.kind === 'own' ? when : t('dry.of', { due: when, round: fate.round })
}

/** Where it goes: the broadcaster's sentence, or, where it begins on time, what else is new. */
export function courseWords(fate: Fate): string {
  if (fate.reason !== '') return fate.reason
  if (fate.start === undefined) return t('dry.lost')
  return t(fate.kind === 'altered' ? 'dry.changed' : 'dry.onTime')
}

/** The two days as people say them. */
export function spanOfRun(run: { from: string; until: string }, today: string): { from: string; until: string } {
  return { from: dayWords(run.from, today), until: dayWords(run.until, today) }
}
