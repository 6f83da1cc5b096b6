// The pages, in the order of the bars.
import type { Key } from '@/words'
import type { GlyphName } from './Glyph.vue'

export interface Place {
  path: string
  name: Key
  glyph: GlyphName
  /** The act that the page is for; without it anybody may open it. */
  act?: string
}

/** In the bottom bar of a phone. */
export const firstPlaces: readonly Place[] = [
  { path: '/', name: 'page.today', glyph: 'today' },
  { path: '/rounds', name: 'page.rounds', glyph: 'rounds' },
  { path: '/recordings', name: 'page.recordings', glyph: 'recordings' },
  { path: '/register', name: 'page.register', glyph: 'register' },
]

/** Behind 更多 on a phone. */
export const morePlaces: readonly Place[] = [
  { path: '/now', name: 'now.title', glyph: 'now', act: 'edit_round' },
  { path: '/calendar', name: 'calendar.title', glyph: 'calendar' },
  { path: '/complaints', name: 'page.complaints', glyph: 'complaints' },
  { path: '/reconciliation', name: 'page.reconciliation', glyph: 'reconciliation' },
  { path: '/announcements', name: 'page.announcements', glyph: 'announcements' },
  { path: '/playlists', name: 'page.playlists', glyph: 'playlists' },
  { path: '/terminals', name: 'page.terminals', glyph: 'terminals' },
  { path: '/ring-test', name: 'page.ring', glyph: 'ring' },
  { path: '/repairs', name: 'page.repairs', glyph: 'repairs' },
  { path: '/quiet', name: 'page.quiet', glyph: 'quiet' },
  { path: '/loudness', name: 'page.loudness', glyph: 'loudness' },
  { path: '/days', name: 'page.days', glyph: 'days' },
  { path: '/history', name: 'page.history', glyph: 'history' },
  { path: '/people', name: 'page.people', glyph: 'people', act: 'manage_people' },
  { path: '/me', name: 'page.me', glyph: 'me' },
]
