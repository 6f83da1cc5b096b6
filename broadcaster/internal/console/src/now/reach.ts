// Whom something that is played at once reaches, and how long it lasts there. The broadcaster decides; this is what the
// person is told before.
import type { Announcement, Playlist, PlaylistEntry, Terminal } from '@/api/schema'

/** The loudspeakers at or below targets, or shared with them. An ancestor's code is the beginning of its descendants'. */
export function reached(terminals: readonly Terminal[], targets: readonly string[]): Terminal[] {
  return terminals.filter((x) => [x.grid, ...x.shared].some((code) => targets.some((target) => code.startsWith(target))))
}

/** An announcement on its own sounds once in each dialect. */
export function alone(a: Announcement): PlaylistEntry[] {
  return [{ announcement: a.id, dialects: 'all', repeats: 1, gap_ms: 0 }]
}

/** The breath between a chime and the first words, in ms. */
const breath = 300

/** How long entries last at a terminal with these dialects, behind a chime of so many ms, in ms; 0 when nothing there fits. */
export function lengthAt(entries: readonly PlaylistEntry[], announcements: readonly Announcement[], dialects: readonly string[], chime = 0): number {
  let length = 0
  let end = 0
  for (const entry of entries) {
    const announcement = announcements.find((a) => a.id === entry.announcement)
    const clips = announcement === undefined ? [] : clipsOf(announcement, entry.dialects, dialects)
    for (let i = 0; i < Math.max(1, entry.repeats); i++) {
      for (const clip of clips) {
        length = end + (clip.duration_ms ?? 0)
        end = length + entry.gap_ms
      }
    }
  }
  return length > 0 && chime > 0 ? chime + breath + length : length
}

/** In which dialects entries sound at a terminal with these dialects, each once, in the order in which they come. */
export function dialectsAt(entries: readonly PlaylistEntry[], announcements: readonly Announcement[], dialects: readonly string[]): string[] {
  const spoken = entries.flatMap((entry) => {
    const announcement = announcements.find((a) => a.id === entry.announcement)
    return announcement === undefined ? [] : clipsOf(announcement, entry.dialects, dialects).map((v) => v.dialect)
  })
  return [...new Set(spoken)]
}

function clipsOf(a: Announcement, rule: string, dialects: readonly string[]) {
  const spoken = (tag: string) => a.variants.filter((v) => v.dialect === tag).slice(0, 1)
  if (rule === 'all') return dialects.flatMap(spoken)
  if (rule !== 'own') return spoken(rule)
  const own = dialects.flatMap(spoken).slice(0, 1)
  return own.length > 0 ? own : a.variants.slice(0, 1)
}

/** The playlist that says nothing but a, if there is one. */
export function listOf(a: Announcement, playlists: readonly Playlist[]): Playlist | undefined {
  return playlists.find((p) => p.entries.length === 1 && p.entries[0]!.announcement === a.id && p.entries[0]!.repeats === 1 && p.entries[0]!.dialects === 'all')
}
