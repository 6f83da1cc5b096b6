// A start at an hour at which few would want one is asked back, with a better one beside it.
import type { Form } from './form'

/** Starts before and after these are asked back, as the broadcaster does. */
const earliest = '06:30'
const latest = '21:30'

export interface OddStart {
  /** As 00:07. */
  time: string
  better: string
  night: boolean
}

/** The first start that is to be asked back; null when none is. */
export function oddStart(form: Form): OddStart | null {
  const starts = { once: [form.time], daily: form.times, every: [form.start], cron: [] }[form.kind]
  const time = starts.find((x) => x !== '' && (x < earliest || x > latest))
  if (time === undefined) return null
  return { time, better: time < earliest ? '07:00' : '20:00', night: time < '06:00' || time >= '22:00' }
}

/** form with that start at the better time. */
export function mended(form: Form, { time, better }: OddStart): Form {
  if (form.kind === 'once') return { ...form, time: better }
  if (form.kind === 'every') return { ...form, start: better }
  return { ...form, times: form.times.map((x) => (x === time ? better : x)) }
}
