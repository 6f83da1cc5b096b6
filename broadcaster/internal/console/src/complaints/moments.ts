// When something was heard, in a touch.
import { addDays, civilOf, instantOf, two } from '@/time/civil'
import type { Key } from '@/words'

export interface Moment {
  key: Key
  day: string
  time: string
}

/** What can be meant at now: the day's parts that have begun, and yesterday's evening and night. */
export function momentsOf(now: Date, zone: string): Moment[] {
  const at = civilOf(now, zone)
  const before = addDays(at.day, -1)
  const all: Moment[] = [
    { key: 'complaint.justNow', day: at.day, time: `${two(at.hour)}:${two(at.minute)}` },
    { key: 'complaint.thisMorning', day: at.day, time: '07:00' },
    { key: 'complaint.thisNoon', day: at.day, time: '12:00' },
    { key: 'complaint.lastEvening', day: before, time: '20:00' },
    { key: 'complaint.lastNight', day: before, time: '23:00' },
  ]
  return all.filter((m) => instantOf(m.day, m.time, zone) <= now)
}

const partsOf = (words: string, gap: string) => words.split(gap).map((p) => p.trim())

export function hasWord(words: string, word: string, gap: string): boolean {
  return partsOf(words, gap).includes(word)
}

/** words with word added, or taken away again. */
export function toggledWord(words: string, word: string, gap: string): string {
  const parts = partsOf(words, gap)
  if (hasWord(words, word, gap)) return parts.filter((p) => p !== word).join(gap)
  return [...parts.filter((p) => p !== ''), word].join(gap)
}
