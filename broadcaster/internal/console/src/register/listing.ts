// The lines of a long list that are wanted, page by page.
import { get } from '@/api/call'

export interface Listing<T> {
  lines: T[]
  /** Whether the broadcaster has more to give. */
  more: boolean
}

/** Fetches pages until there are at least so many lines to keep, or no more pages. */
export async function listing<P extends { next: string }, T>(
  path: string,
  query: Record<string, string>,
  least: number,
  linesOf: (page: P) => T[],
  keeps: (line: T) => boolean,
  signal: AbortSignal,
): Promise<Listing<T>> {
  const lines: T[] = []
  let cursor = ''
  do {
    const page = await get<P>(`${path}?${new URLSearchParams({ ...query, limit: '100', cursor })}`, signal)
    lines.push(...linesOf(page).filter(keeps))
    cursor = page.next
  } while (cursor !== '' && lines.length < least)
  return { lines, more: cursor !== '' }
}
