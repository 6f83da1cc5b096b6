// The grid tree, from the broadcaster's flat list.

/** What every list of grids has. */
export interface Placed {
  code: string
  parent: string
  name: string
}

export interface Node<G extends Placed> {
  grid: G
  children: Node<G>[]
}

/** Tree is a forest: its roots are the grids whose parent is not in the list. */
export class Tree<G extends Placed> {
  readonly roots: Node<G>[] = []
  private readonly nodes = new Map<string, Node<G>>()

  constructor(grids: readonly G[]) {
    for (const grid of grids) this.nodes.set(grid.code, { grid, children: [] })
    for (const node of this.nodes.values()) {
      const above = this.nodes.get(node.grid.parent)
      if (above === undefined || above === node) this.roots.push(node)
      else above.children.push(node)
    }
  }

  find(code: string): Node<G> | undefined {
    return this.nodes.get(code)
  }

  /** Whether code is ancestor itself or lies below it. */
  within(code: string, ancestor: string): boolean {
    for (let at = this.nodes.get(code); at !== undefined; at = this.nodes.get(at.grid.parent)) {
      if (at.grid.code === ancestor) return true
    }
    return false
  }

  /** 上西村 / 老龄社: the names from below the root down to code; of the root its own. */
  path(code: string): string {
    const names: string[] = []
    for (let at = this.nodes.get(code); at !== undefined; at = this.nodes.get(at.grid.parent)) {
      if (names.length === 0 || this.nodes.has(at.grid.parent)) names.unshift(at.grid.name)
    }
    return names.join(' / ')
  }

  /** The grids whose name has text in it, at most limit, those that begin with it first. */
  search(text: string, limit: number): G[] {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return []
    const found: G[] = []
    for (const { grid } of this.nodes.values()) {
      if (grid.name.toLowerCase().includes(wanted)) found.push(grid)
    }
    const starts = (g: G) => (g.name.toLowerCase().startsWith(wanted) ? 0 : 1)
    return found.sort((a, b) => starts(a) - starts(b)).slice(0, limit)
  }
}

/** chosen with code added or taken away. Choosing a grid includes all below it, so those are dropped. */
export function toggled<G extends Placed>(tree: Tree<G>, chosen: readonly string[], code: string): string[] {
  if (chosen.includes(code)) return chosen.filter((c) => c !== code)
  return [...chosen.filter((c) => !tree.within(c, code)), code]
}
