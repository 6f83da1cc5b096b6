// Who heard a horn, in words.
import type { Asked, RingTest, Terminal } from '@/api/schema'
import { agoWords, bareTime, weekdayWords, whenWords } from '@/time/words'
import { t } from '@/words'

/** 11月24日 8:05 李四听到了(5 分钟前). */
export function heardWords(x: Pick<Terminal, 'heard_at' | 'heard_by' | 'heard_how'>, now: Date, zone: string): string {
  if (x.heard_at === undefined) return t('heard.never')
  const at = new Date(x.heard_at)
  const args = { when: whenWords(at, now, zone), by: x.heard_by, ago: agoWords(at, now) }
  return t(x.heard_how === 'microphone' ? 'heard.byMicrophone' : 'heard.byPerson', args)
}

/** 上西村 / 老龄社:村口喇叭,今天 8:00《试响》. */
export function askedWords(x: Asked, now: Date, zone: string): string {
  const place = t('register.place', { grid: x.grid_path, terminal: x.terminal_name })
  if (x.sounding) return t('heard.nowSounds', { place, round: x.round })
  return t('heard.sounded', { place, round: x.round, when: whenWords(new Date(x.begin), now, zone) })
}

/** 每周三 10:00 试响。 */
export function ringWords(ring: RingTest): string {
  if (!ring.on) return t('ring.off')
  return t('ring.on', { weekday: weekdayWords(ring.weekday), clock: bareTime(ring.at) })
}
