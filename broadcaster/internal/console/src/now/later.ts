// When something that would fall into quiet is better played.
import { addDays, civilOf, two } from '@/time/civil'

// Nobody is woken at the very end of the night.
const earliest = '06:30'

/**
 * The end of the quiet of which sentence speaks, as day and time in zone: the broadcaster names it as 06:00. Where it
 * names none it is the next morning.
 */
export function afterQuiet(sentence: string, now: Date, zone: string): { day: string; time: string } {
  const c = civilOf(now, zone)
  const end = /\b([01]?\d|2[0-3]):([0-5]\d)\b/.exec(sentence)
  const named = end === null ? earliest : `${two(Number(end[1]))}:${end[2]}`
  const time = named < earliest ? earliest : named
  return { day: time > `${two(c.hour)}:${two(c.minute)}` ? c.day : addDays(c.day, 1), time }
}
