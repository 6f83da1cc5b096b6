// What a loudspeaker's live state means, in sentences.
import type { Terminal } from '@/api/schema'
import { agoWords, spanWords, whenWords } from '@/time/words'
import { t, type Key } from '@/words'

export type Mood = 'good' | 'warn' | 'bad' | ''

/** The one word for how it is, with its colour. */
export function standing(x: Terminal): { words: string; mood: Mood } {
  if (x.enrolment === 'waiting') return { words: t('terminal.waiting'), mood: '' }
  if (x.enrolment === 'pending') return { words: t('terminal.pending'), mood: 'warn' }
  if (!x.connected) return { words: t('terminal.away'), mood: 'bad' }
  if (x.fault !== '' || x.problems.length > 0) return { words: t('terminal.trouble'), mood: 'warn' }
  return { words: t('terminal.here'), mood: 'good' }
}

/** 26 小时没有消息。它会照上次的安排播,播没播要等它连上才知道。 */
export function silentWords(x: Terminal, now: Date): string {
  if (x.last_seen === undefined) return t('terminal.never')
  return t('terminal.silent', { span: spanWords(now.getTime() - Date.parse(x.last_seen)) })
}

/** What is to be known about an approved terminal, one sentence each. */
export function stateWords(x: Terminal, now: Date, zone: string): string[] {
  if (x.enrolment !== 'approved') return []
  const words: string[] = []
  if (!x.connected) words.push(silentWords(x, now))
  else if (x.since !== undefined) {
    const since = new Date(x.since)
    words.push(t('terminal.since', { when: whenWords(since, now, zone), ago: agoWords(since, now) }))
  }
  words.push(x.has_programme ? t('terminal.hasPlan') : t('terminal.noPlan'))
  if (x.clips_wanted > 0) {
    const key: Key = x.clips_whole >= x.clips_wanted ? 'terminal.clipsAll' : 'terminal.clipsSome'
    words.push(t(key, { whole: x.clips_whole, wanted: x.clips_wanted }))
  }
  // What it said of its clock before the line broke is not how that is now.
  if (!x.connected) return words
  if (x.clock !== '') words.push(t(`clock.${x.clock}` as Key))
  if (x.hardware_clock === 'none' || x.hardware_clock === 'unproved') words.push(t(`clock.${x.hardware_clock}`))
  if (x.output === 'file') words.push(t('terminal.file'))
  return words
}
