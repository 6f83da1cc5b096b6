// Names for what a record of a change knows by its id only, fetched when a change is opened.
import { computed } from 'vue'
import { get } from '@/api/call'
import type { Announcements, Clip, Playlists, Terminals } from '@/api/schema'
import { useGrids } from '@/state/grids'
import { useLive } from '@/state/live'
import { useSession } from '@/state/session'
import type { Names } from './facts'

interface Named {
  id: string
  name: string
}

export function useNames() {
  const session = useSession()
  const grids = useGrids()
  const playlists = useLive(['content'], async (signal) => (await get<Playlists>('/api/playlists', signal)).playlists as Named[])
  const terminals = useLive(['terminals'], async (signal) => (await get<Terminals>('/api/terminals', signal)).terminals as Named[])
  const announcements = useLive(['content'], async (signal) =>
    (await get<Announcements>('/api/announcements', signal)).announcements.map(({ id, title }): Named => ({ id, name: title })),
  )
  const recordings = useLive(['content'], async (signal) => (await get<{ clips: Clip[] }>('/api/clips', signal)).clips.map(({ digest, title }): Named => ({ id: digest, name: title })))
  const all = [playlists, terminals, announcements, recordings]
  const of = (named: Named[] | undefined) => {
    const byId = new Map((named ?? []).map((n) => [n.id, n.name]))
    return (id: string) => byId.get(id) ?? ''
  }

  const names = computed<Names>(() => ({
    grid: (code) => grids.tree.value.path(code),
    playlist: of(playlists.value.value),
    announcement: of(announcements.value.value),
    terminal: of(terminals.value.value),
    recording: of(recordings.value.value),
    dialect: (tag) => session.dialectName(tag),
  }))
  // A list that could not be had is not waited for: what it would name is called gone, and the rest is said.
  const ready = computed(() => [...all, grids].every((live) => live.value.value !== undefined || live.refusal.value !== ''))
  return { names, ready }
}
