import { civilOf, two } from '@/time/civil'

// Leaves time to finish what is being filled in.
const ahead = 10 * 60_000

/** The next whole five minutes that leave a little time, as day and time in zone. */
export function soonIn(now: Date, zone: string): { day: string; time: string } {
  const at = civilOf(new Date(now.getTime() + ahead), zone)
  return { day: at.day, time: `${two(at.hour)}:${two(at.minute - (at.minute % 5))}` }
}
