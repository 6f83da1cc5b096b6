// What a device said of its clock, its disk and its sound, in words.
import type { Terminal } from '@/api/schema'
import { agoWords, fineWords, whenWords } from '@/time/words'
import { t, type Key } from '@/words'
import { spaceWords } from './space'

/** A figure with its name; trouble is what somebody should mend. */
export interface Figure {
  name: string
  words: string
  trouble?: boolean
}

// The own time of a computer that is off by less than this is as good as right, in µs.
const even = 1_000

/** 今天 7:30 报的(5 分钟前)。 undefined when it has said nothing. */
export function asOfWords(x: Terminal, now: Date, zone: string): string | undefined {
  if (x.said_at === undefined) return undefined
  const at = new Date(x.said_at)
  return t(x.connected ? 'health.asOf' : 'health.before', { when: whenWords(at, now, zone), ago: agoWords(at, now) })
}

/** 对时准确,误差不超过 0.4 毫秒。 */
export function clockWords(x: Terminal): string {
  if (x.clock === '') return t('health.clockUnsaid')
  if (x.clock === 'untrusted') return t('health.untrusted')
  const state = t(x.clock === 'trusted' ? 'health.trusted' : 'health.estimated')
  return x.clock_error_us > 0 ? t('health.within', { state, bound: fineWords(x.clock_error_us, true) }) : t('health.withinUnsaid', { state })
}

/** How far the computer's own clock is off: 快 1.2 秒。 */
function ownWords(x: Terminal): string {
  if (x.clock === '' || x.clock === 'untrusted') return t('health.ownUnknown')
  const off = x.clock_offset_us
  if (Math.abs(off) < even) return t('health.even')
  return t(off > 0 ? 'health.ahead' : 'health.behind', { span: fineWords(Math.abs(off)) })
}

export function delayWords(x: Terminal): string {
  return x.output_delay_ms > 0 ? t('health.delayed', { n: x.output_delay_ms }) : t('health.undelayed')
}

/** Everything that it said; nothing of one that has said nothing. */
export function figuresOf(x: Terminal): Figure[] {
  if (x.said_at === undefined) return []
  const stopped = x.clips_whole < x.clips_wanted
  const figures: Figure[] = [
    { name: t('health.clock'), words: clockWords(x), trouble: x.clock === 'untrusted' },
    { name: t('health.own'), words: ownWords(x) },
    { name: t('health.trip'), words: x.round_trip_us > 0 ? fineWords(x.round_trip_us) : t('health.tripUnsaid') },
    { name: t('health.disk'), words: spaceWords(x.disk_free) },
  ]
  if (x.hardware_clock !== '') figures.push({ name: t('health.power'), words: t(`health.${x.hardware_clock}` as Key) })
  if (x.clips_wanted > 0) {
    figures.push({ name: t('health.clips'), words: t(stopped ? 'terminal.clipsSome' : 'terminal.clipsAll', { whole: x.clips_whole, wanted: x.clips_wanted }) })
  }
  return figures
}
