// Two people edit one round: who is typing hears of what the other has saved, before he writes over it.
import { onScopeDispose, shallowRef, type Ref } from 'vue'
import { get } from '@/api/call'
import type { Change, Changes, Round } from '@/api/schema'
import { useLine } from '@/state/line'
import { editOf } from './edit'

/** Whether somebody has made something else of the round. Names of places and how far it has come do not count. */
export function differs(a: Round, b: Round): boolean {
  return JSON.stringify(editOf(a)) !== JSON.stringify(editOf(b))
}

/** loaded is the round as it was when the person began; null while there is none. Once it is saved nobody is asked. */
export function useRival(loaded: Ref<Round | null>, saved: Ref<Round | null>) {
  /** What the other one did last; null while nothing waits for the person. */
  const change = shallowRef<Change | null>(null)
  const ended = new AbortController()
  let asking = false

  async function look(): Promise<void> {
    const mine = loaded.value
    if (mine === null || saved.value !== null || asking) return
    asking = true
    try {
      const { rounds } = await get<{ rounds: Round[] }>('/api/rounds', ended.signal)
      const theirs = rounds.find((r) => r.id === mine.id)
      if (theirs === undefined || !differs(mine, theirs)) return
      const query = new URLSearchParams({ subject: 'round', id: mine.id, limit: '1' })
      const { changes } = await get<Changes>(`/api/changes?${query}`, ended.signal)
      if (saved.value !== null) return
      loaded.value = theirs
      change.value = changes[0] ?? null
    } catch {
      // Saving says what is wrong.
    } finally {
      asking = false
    }
  }

  /** The person writes over it. */
  function overrule(): void {
    change.value = null
  }

  const stop = useLine().listen((topics) => {
    if (topics === null || topics.includes('rounds')) void look()
  })
  onScopeDispose(() => {
    stop()
    ended.abort()
  })
  return { change, overrule }
}

export type Rival = ReturnType<typeof useRival>
