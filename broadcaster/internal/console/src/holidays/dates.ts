// Days of a list: read from pasted text, and said in few words.
import { addDays, daysBetween, two } from '@/time/civil'
import { dayWords } from '@/time/words'
import { t } from '@/words'

/** The broadcaster keeps no more days in one list. */
export const mostDays = 1_000

export interface Read {
  /** In order, each once. */
  days: string[]
  /** What could not be read, as it was written. */
  wrong: string[]
}

// 2026-10-01, 2026/10/1, 2026.10.1, 2026年10月1日, and without a year 10月1日.
const written = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?$/
const plain = /^(\d{4})(\d{2})(\d{2})$/
// Commas, semicolons, brackets and tildes also as Chinese ones.
const inBrackets = /[(\uff08][^()\uff08\uff09]*[)\uff09]/g
const separators = /[\s,;\u3001\uff0c\uff1b]+/
const range = /至|到|~|\uff5e|\u2014|\u2013/

/** Reads dates and ranges of dates, with anything usual between them. Where no year is written it is that of the date before, or year. */
export function daysIn(text: string, year: number): Read {
  const days = new Set<string>()
  const wrong: string[] = []
  // A space inside a range would tear it apart.
  const joined = text.replace(inBrackets, '').replace(new RegExp(`\\s*(${range.source})\\s*`, 'g'), '$1')
  let before = `${year}-01-01`
  for (const piece of joined.split(separators)) {
    if (piece === '') continue
    const [first, last, more] = piece.split(range)
    const from = dateOf(first ?? '', before)
    const to = last === undefined ? from : from && dateOf(last, from, true)
    if (from === null || to === null || more !== undefined || to < from || daysBetween(from, to) >= mostDays) {
      wrong.push(piece)
      continue
    }
    for (let day = from; day <= to; day = addDays(day, 1)) days.add(day)
    before = to
  }
  return { days: [...days].sort(), wrong }
}

/** One date; null for what is none. What is not written of it is as in before: the year, and with lone also the month. */
function dateOf(text: string, before: string, lone = false): string | null {
  const only = lone ? /^(\d{1,2})[日号]?$/.exec(text) : null
  const found = only !== null ? [before.slice(0, 4), before.slice(5, 7), only[1]] : (plain.exec(text) ?? written.exec(text))?.slice(1)
  if (found == null) return null
  const day = `${found[0] ?? before.slice(0, 4)}-${two(Number(found[1]))}-${two(Number(found[2]))}`
  // A day that its month has not is moved into the next by whoever reckons with it.
  return !Number.isNaN(Date.parse(`${day}T12:00:00Z`)) && addDays(day, 0) === day && day >= '2000' ? day : null
}

/** Days that follow each other. */
export interface Run {
  first: string
  last: string
}

/** days, which are in order, as few runs. */
export function runsOf(days: readonly string[]): Run[] {
  const runs: Run[] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run !== undefined && addDays(run.last, 1) === day) run.last = day
    else runs.push({ first: day, last: day })
  }
  return runs
}

/** 10月1日 周四 到 10月7日 周三(7 天). */
export function runWords({ first, last }: Run, today: string): string {
  const of = (day: string) => dayWords(day, farFrom(day, today))
  if (first === last) return of(first)
  return t('days.run', { first: of(first), last: of(last), n: daysBetween(first, last) + 1 })
}

/** A day that is far from day, of the same year if that is today's: a list of dates says 10月1日, not 明天. */
function farFrom(day: string, today: string): string {
  if (day.slice(0, 4) !== today.slice(0, 4)) return '0000-01-01'
  return `${today.slice(0, 4)}-${day.slice(5, 7) < '07' ? '12-31' : '01-01'}`
}

/** Six weeks or fewer from Monday on that hold month, as 2026-10; days of other months are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`
  const lead = (new Date(`${first}T12:00:00Z`).getUTCDay() + 6) % 7
  const cells: (string | null)[] = Array.from({ length: lead }, () => null)
  for (let day = first; day.slice(0, 7) === month; day = addDays(day, 1)) cells.push(day)
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
}

/** month moved by n months. */
export function monthAfter(month: string, n: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${two((at % 12) + 1)}`
}
