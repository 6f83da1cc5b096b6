// Puts what happens on a day side by side. What would be too thin to touch is drawn larger, and what would be too much
// to read stands in bundles. Pure.
import type { Axis } from './axis'

/** One thing on a day. */
export interface Stretch<T> {
  id: string
  of: T
  /** Things of one group may be bundled by the hour. */
  group: string
  /** In minutes of the clock face. */
  from: number
  to: number
}

/** One block on the page: a thing, or a bundle of several. */
export interface Block<T> {
  key: string
  /** At least one, by from. */
  things: readonly Stretch<T>[]
  /** The group that all belong to; null for a bundle of several. */
  group: string | null
  /** In rem along the axis. */
  at: number
  size: number
  /** Which of the lanes that lie side by side here. */
  lane: number
  lanes: number
}

export interface LayoutOptions {
  axis: Axis
  /** What a block takes at least, in rem. */
  least: number
  /** How many lanes there may be, at least two. */
  most: number
}

/** So many of one group in an hour stand together. */
const bundleFrom = 3

/** The blocks of a day, by where they begin. */
export function layout<T>(things: readonly Stretch<T>[], options: LayoutOptions): Block<T>[] {
  const blocks = gathered(things, options.axis).map((bundle) => blockOf(bundle, options))
  blocks.sort((a, b) => a.at - b.at || b.size - a.size)
  const placed: Block<T>[] = []
  for (const cluster of clustersOf(blocks)) placed.push(...inLanes(cluster, options))
  return placed.sort((a, b) => a.at - b.at || a.lane - b.lane)
}

/** Things that stand together: those of a folded night, and many of one group in one hour. */
function gathered<T>(things: readonly Stretch<T>[], axis: Axis): Stretch<T>[][] {
  const found = new Map<string, Stretch<T>[]>()
  for (const thing of things) {
    const fold = axis.foldOf(thing.from)
    const key = fold ?? `${Math.floor(thing.from / 60)} ${thing.group}`
    const bundle = found.get(key)
    if (bundle === undefined) found.set(key, [thing])
    else bundle.push(thing)
  }
  const bundles: Stretch<T>[][] = []
  for (const bundle of found.values()) {
    bundle.sort((a, b) => a.from - b.from)
    if (bundle.length >= bundleFrom || axis.foldOf(bundle[0]!.from) !== null) bundles.push(bundle)
    else for (const thing of bundle) bundles.push([thing])
  }
  return bundles
}

function blockOf<T>(things: Stretch<T>[], { axis, least }: LayoutOptions): Block<T> {
  const { group } = things[0]!
  const fold = axis.bands.find((b) => axis.folded && axis.foldOf(things[0]!.from) !== null && things[0]!.from < b.to)
  let { at, size } = fold ?? { at: axis.at(things[0]!.from), size: 0 }
  if (fold === undefined) {
    let end = Math.max(...things.map((x) => x.to))
    // The last of an hour's bundle may reach into the next hour, whose bundle is not pushed aside for that.
    if (things.length > 1) end = Math.min(end, (Math.floor(things[0]!.from / 60) + 1) * 60)
    size = Math.max(least, axis.at(end) - at)
    at = Math.max(0, Math.min(at, axis.size - size))
  }
  return { key: '', things, group: things.every((x) => x.group === group) ? group : null, at, size, lane: 0, lanes: 1 }
}

// Two blocks that touch do not overlap; what is less than this does not show.
const hair = 1e-6

/** Blocks that are joined by overlaps. blocks are sorted by at. */
function clustersOf<T>(blocks: readonly Block<T>[]): Block<T>[][] {
  const clusters: Block<T>[][] = []
  let end = -Infinity
  for (const block of blocks) {
    if (block.at >= end - hair) clusters.push([])
    clusters.at(-1)!.push(block)
    end = Math.max(end, block.at + block.size)
  }
  return clusters
}

/** cluster side by side. What does not fit beside the others is put together in the last lane. */
function inLanes<T>(cluster: Block<T>[], options: LayoutOptions): Block<T>[] {
  const ends: number[] = []
  for (const block of cluster) {
    let lane = ends.findIndex((end) => end <= block.at + hair)
    if (lane < 0) lane = ends.length
    ends[lane] = block.at + block.size
    block.lane = lane
  }
  const last = options.most - 1
  const placed = ends.length > options.most ? [...cluster.filter((b) => b.lane < last), ...crowd(cluster.filter((b) => b.lane >= last), cluster[0]!.at, options)] : cluster
  for (const block of placed) {
    block.lane = Math.min(last, block.lane)
    block.lanes = Math.min(options.most, ends.length)
    // The same for the same block after the day was fetched again.
    block.key = block.things[0]!.id + (block.things.length > 1 ? ' and more' : '')
  }
  return placed
}

/** blocks of one lane, put together by the hour. Each takes what is left of the lane from begin until the next one. */
function crowd<T>(blocks: readonly Block<T>[], begin: number, { axis, least }: LayoutOptions): Block<T>[] {
  const crowded: Block<T>[] = []
  for (const block of blocks) {
    const at = Math.max(begin, axis.at(Math.floor(block.things[0]!.from / 60) * 60))
    const before = crowded.at(-1)
    if (before === undefined || at >= before.at + least - hair) {
      if (before !== undefined) before.size = Math.min(before.size, at - before.at)
      crowded.push({ ...block, at, size: block.at + block.size - at })
      continue
    }
    before.things = [...before.things, ...block.things].sort((a, b) => a.from - b.from)
    before.size = Math.max(before.size, block.at + block.size - before.at)
    if (block.group !== before.group) before.group = null
  }
  return crowded
}
