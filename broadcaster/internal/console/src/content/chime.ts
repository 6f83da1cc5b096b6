// What sounds before a playlist's first line: it wakes amplifier and listener.
import type { Clip } from '@/api/schema'

/** In ms; a longer recording is no chime. */
export const longestChime = 15_000

/** The chime that comes with the software; undefined while there is none. */
export const builtInChime = (clips: readonly Clip[]) => clips.find((c) => c.built_in)

/** What a playlist can begin with, beside what is built in. */
export const ownChimes = (clips: readonly Clip[]) => clips.filter((c) => !c.built_in && c.duration_ms <= longestChime)
