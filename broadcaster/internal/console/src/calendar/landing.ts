// Where something that is dragged would land, in words.
import { dayWords, timeWords } from '@/time/words'
import { t } from '@/words'
import type { CalendarDay } from './answer'
import { instantAt } from './clock'
import type { Spot } from './drag'
import { quietOf } from './slot'

export interface Landing {
  at: Date
  words: string
  /** It cannot be put there. */
  refused: boolean
}

/** Of a spot on day, when it is now. What is over is refused; quiet is only said, because the round may be stronger. */
export function landingOf(spot: Spot, day: CalendarDay, now: Date, today: string, zone: string): Landing {
  const at = instantAt(spot.day, spot.minute, zone)
  const refused = at <= now
  const words = [t('time.when', { day: dayWords(spot.day, today), clock: timeWords(at, zone) })]
  if (refused) words.push(t('calendar.past'))
  else if (quietOf(day, day.quiet, zone).some((q) => spot.minute >= q.from && spot.minute < q.to)) words.push(t('calendar.inQuiet'))
  return { at, words: words.join(t('list.clause')), refused }
}
