// The rows of a day as a tree: grids, and in each its loudspeakers.
import type { ReconcileRow, Reconciliation } from '@/api/schema'
import { Tree, type Node } from '@/tree/tree'
import { isBusy } from './figures'

export type Row = ReconcileRow & { code: string }

/** What is seen of a place in the table. `open` is undefined where nothing lies below. */
export interface Shown {
  row: Row
  depth: number
  open?: boolean
}

export class Rows {
  private readonly tree: Tree<Row>
  private readonly horns = new Map<string, Row[]>()
  private readonly hornOf = new Map<string, Row>()

  constructor(day: Reconciliation) {
    this.tree = new Tree(day.grids.map((row) => ({ ...row, code: row.grid })))
    for (const x of day.terminals) {
      const row = { ...x, code: x.terminal }
      this.hornOf.set(row.code, row)
      this.horns.set(x.grid, [...(this.horns.get(x.grid) ?? []), row])
    }
  }

  get roots(): Row[] {
    return this.tree.roots.map((node) => node.grid)
  }

  find(code: string): Row | undefined {
    return this.tree.find(code)?.grid ?? this.hornOf.get(code)
  }

  /** From the root down to code itself. */
  path(code: string): Row[] {
    const rows: Row[] = []
    const horn = this.hornOf.get(code)
    if (horn !== undefined) rows.push(horn)
    for (let at = this.tree.find(horn?.grid ?? code); at !== undefined; at = this.tree.find(at.grid.parent)) rows.unshift(at.grid)
    return rows
  }

  /** What lies right below code and had something planned or sounding, loudspeakers first. */
  below(code: string): Row[] {
    const node = this.tree.find(code)
    return node === undefined ? [] : [...(this.horns.get(code) ?? []), ...node.children.map((c) => c.grid)].filter(isBusy)
  }

  /** How many places right below code had nothing. */
  bare(code: string): number {
    return this.tree.find(code)?.children.filter((c) => !isBusy(c.grid)).length ?? 0
  }

  /** The lines of the table when the grids in opened are open. */
  shown(opened: ReadonlySet<string>): Shown[] {
    const lines: Shown[] = []
    const add = (row: Row, depth: number) => {
      const below = this.below(row.code)
      const open = below.length > 0 ? opened.has(row.code) : undefined
      lines.push({ row, depth, open })
      if (open) for (const child of below) add(child, depth + 1)
    }
    for (const root of this.roots) add(root, 0)
    return lines
  }

  /** Every grid that can be opened. */
  openable(): string[] {
    const codes: string[] = []
    const visit = (node: Node<Row>) => {
      if (this.below(node.grid.code).length > 0) codes.push(node.grid.code)
      node.children.forEach(visit)
    }
    this.tree.roots.forEach(visit)
    return codes
  }
}
