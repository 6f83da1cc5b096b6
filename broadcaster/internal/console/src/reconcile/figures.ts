// A row of the reconciliation: its numbers, what they add up to, and the airings that each is made of.
import type { RouteLocationRaw } from 'vue-router'
import type { CauseCount, ReconcileRow } from '@/api/schema'
import { outcomes } from '@/day/firings'
import { unknownCause } from '@/register/narrow'
import { t, type Key } from '@/words'

export type FigureName = 'planned' | 'played' | 'partial' | 'missed' | 'unreported' | 'excused' | 'extra'

export interface Figure {
  name: FigureName
  count: number
  /** The register, showing these. */
  to: RouteLocationRaw
}

/** The ways of the register that a row's airings are asked for with. */
function register(day: string, row: ReconcileRow, narrow: Record<string, string>): RouteLocationRaw {
  const at: Record<string, string> = row.terminal === '' ? { grid: row.grid } : { grid: row.grid, terminal: row.terminal }
  return { path: '/register', query: { day, ...at, ...narrow } }
}

/** 计划, what became of it, what of it was silent by order, and what sounded besides. */
export function figuresOf(day: string, row: ReconcileRow): Figure[] {
  const ordered = row.causes.filter((c) => c.excused > 0).map((c) => c.cause)
  return [
    { name: 'planned', count: row.counts.planned, to: register(day, row, { planned: 'yes' }) },
    ...outcomes.map((o) => ({ name: o, count: row.counts[o], to: register(day, row, { planned: 'yes', outcome: o }) })),
    { name: 'excused', count: row.excused, to: register(day, row, { planned: 'yes', excused: 'yes', cause: ordered.join() }) },
    { name: 'extra', count: row.counts.extra, to: register(day, row, { planned: 'no' }) },
  ]
}

/** The airings that ended for that cause. */
export function causeWay(day: string, row: ReconcileRow, cause: CauseCount): RouteLocationRaw {
  return register(day, row, { planned: 'yes', cause: cause.cause || unknownCause })
}

export function causeWords(cause: CauseCount): string {
  return t('reconcile.cause', { reason: cause.reason || t('reconcile.noCause'), n: cause.count })
}

/** Whether all that was planned has ended in exactly one way, and the rest follows from that. */
export function holds(row: ReconcileRow): boolean {
  const { planned, played, partial, missed, unreported } = row.counts
  return planned === played + partial + missed + unreported && row.due === planned - row.excused
}

/** 计划 42 = 播完 38 + 没播完 1 + 没播成 2 + 还没回报 1. */
export function sumWords(row: ReconcileRow): string {
  const { planned, played, partial, missed, unreported } = row.counts
  return t('reconcile.sum', { planned, played, partial, missed, unreported })
}

/** 应播 40 = 计划 42 − 按规定不播 2, with the rate; nothing where nothing should have sounded. */
export function dueWords(row: ReconcileRow): string[] {
  const words: string[] = []
  if (row.excused > 0) words.push(t('reconcile.dueSum', { due: row.due, planned: row.counts.planned, excused: row.excused }))
  if (row.due > 0) words.push(t('reconcile.rate', { percent: percentOf(row), played: row.counts.played, due: row.due }))
  return words
}

/** Rounded down, so that 100 is said of nothing less. */
function percentOf(row: ReconcileRow): string {
  return String(Math.floor((row.counts.played * 1000) / row.due) / 10)
}

/** 计划 4,播完 2,没播完 2. What is nought is not said. */
export function shortWords(row: ReconcileRow): string {
  const said = figuresOf('', row).filter((f) => f.count > 0)
  return said.map((f) => t('reconcile.short', { label: labelOf(f.name), n: f.count })).join(t('list.clause'))
}

export function labelOf(name: FigureName | 'due'): string {
  return t(`reconcile.${name}` as Key)
}

/** Whether anything was planned there, or sounded. */
export function isBusy(row: ReconcileRow): boolean {
  return row.counts.planned + row.counts.extra > 0
}
