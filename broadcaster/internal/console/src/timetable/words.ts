// A timetable in a sentence.
import { bareTime, dayWords, weekdayWords } from '@/time/words'
import { t } from '@/words'
import { formOf, type Form, type Timetable } from './form'

export function timetableWords(timetable: Timetable, today: string): string {
  const form = formOf(timetable, today)
  if (form.kind === 'once') {
    return t('timetable.once', { day: dayWords(form.day, today), clock: bareTime(form.time) })
  }
  return [weekdaysWords(form.weekdays), rhythmWords(form), ...spanOfDays(form, today)].join(t('list.clause'))
}

function rhythmWords(form: Form): string {
  if (form.kind === 'every') {
    const key = form.minutes % 60 === 0 ? 'timetable.everyHours' : 'timetable.everyMinutes'
    const n = form.minutes % 60 === 0 ? form.minutes / 60 : form.minutes
    return t(key, { n, start: bareTime(form.start), end: bareTime(form.end) })
  }
  if (form.kind === 'cron') return t('timetable.own')
  return form.times.map(bareTime).join(t('list.and'))
}

export function weekdaysWords(weekdays: readonly number[]): string {
  const days = [...weekdays].sort()
  if (days.length === 0 || days.length === 7) return t('weekdays.all')
  if (days.join() === '1,2,3,4,5') return t('weekdays.working')
  if (days.join() === '6,7') return t('weekdays.end')
  return days.map(weekdayWords).join(t('list.and'))
}

function spanOfDays(form: Form, today: string): string[] {
  const words: string[] = []
  if (form.from > today) words.push(t('timetable.from', { day: dayWords(form.from, today) }))
  if (form.until !== '') words.push(t('timetable.until', { day: dayWords(form.until, today) }))
  if (form.except.length > 0) words.push(t('timetable.except', { n: form.except.length }))
  return words
}
