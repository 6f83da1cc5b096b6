// A day's figures in words.
import type { Counts, GridDay } from '@/api/schema'
import type { Node } from '@/tree/tree'
import { t, type Key } from '@/words'
import { outcomes } from './firings'

/** 计划 12 次:播了 10 次,没播成 2 次. What is nought is not said. */
export function outcomeCountsWords(counts: Counts): string {
  const clauses = outcomes.filter((o) => counts[o] > 0).map((o) => t(`count.${o}` as Key, { n: counts[o] }))
  const words =
    counts.planned === 0
      ? [t('count.nonePlanned')]
      : [t('count.planned', { n: counts.planned, clauses: clauses.join(t('list.clause')) })]
  if (counts.extra > 0) words.push(t('count.extra', { n: counts.extra }))
  return words.join(t('list.sentence'))
}

/** A grid's day; served says that a loudspeaker above sounds for it. */
export function countsWords(grid: GridDay, served: boolean): string {
  if (isEquipped(grid)) return outcomeCountsWords(grid.counts)
  return t(served ? 'count.served' : 'count.noTerminal')
}

/** Whether anything sounds, or should, at or below grid. */
export function isEquipped(grid: GridDay): boolean {
  return grid.terminals + grid.counts.planned + grid.counts.extra > 0
}

/** Whether a loudspeaker stands at the node itself, and so sounds for all below it. */
export function hasOwn(node: Node<GridDay>): boolean {
  return node.grid.terminals > node.children.reduce((n, child) => n + child.grid.terminals, 0)
}

/** 听到 391 户 / 共 420 户. */
export function reachedWords(grid: Pick<GridDay, 'touched' | 'households'>): string {
  return t('coverage.reached', { touched: grid.touched.toLocaleString('en'), households: grid.households.toLocaleString('en') })
}
