// What an expression of five fields means. Nobody types one here; rounds that were made elsewhere may have one.

export interface Cron {
  minutes: number[]
  hours: number[]
  /** null for all of them. Where dates and weekdays both narrow, a day of either is enough. */
  dates: number[] | null
  months: number[] | null
  weekdays: number[] | null
}

const monthNames = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** What cron means; null for what it does not. */
export function readCron(cron: string): Cron | null {
  const fields = cron.trim().toLowerCase().split(/\s+/)
  if (fields.length !== 5) return null
  const [minutes, hours, dates, months, weekdays] = [
    readField(fields[0]!, 0, 59),
    readField(fields[1]!, 0, 23),
    readField(fields[2]!, 1, 31),
    readField(fields[3]!, 1, 12, monthNames),
    readField(fields[4]!, 0, 6, weekdayNames),
  ]
  if (!minutes || !hours || !dates || !months || !weekdays) return null
  const some = (field: string, values: number[]) => (/^[*?]$/.test(field) ? null : values)
  const civil = weekdays.map((d) => d || 7).sort((a, b) => a - b)
  return { minutes, hours, dates: some(fields[2]!, dates), months: some(fields[3]!, months), weekdays: some(fields[4]!, civil) }
}

/** The numbers of one field, in order. */
function readField(field: string, least: number, most: number, names: readonly string[] = []): number[] | null {
  const found = new Set<number>()
  for (const part of field.split(',')) {
    const match = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part)
    if (match === null) return null
    const numberOf = (s: string) => (names.includes(s) ? names.indexOf(s) : /^\d+$/.test(s) ? Number(s) : NaN)
    const from = match[1] === undefined ? least : numberOf(match[1])
    const open = match[1] === undefined || (match[2] === undefined && match[3] !== undefined)
    const to = open ? most : numberOf(match[2] ?? match[1]!)
    const step = Number(match[3] ?? 1)
    if (!(from >= least && to <= most && from <= to && step > 0)) return null
    for (let n = from; n <= to; n += step) found.add(n)
  }
  return [...found].sort((a, b) => a - b)
}

/** The minutes of a day at which it fires, counted from midnight, in order. */
export function minutesOfDay(cron: Cron): number[] {
  return cron.hours.flatMap((h) => cron.minutes.map((m) => h * 60 + m))
}
