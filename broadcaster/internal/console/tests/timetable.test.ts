import { describe, expect, test } from 'vitest'
import { blankForm, formOf, mistakeOf, moved, nightStart, timesOfCron, timetableOf, type Form, type Timetable } from '@/timetable/form'
import { timetableWords } from '@/timetable/words'

const today = '2026-01-23'

describe('a timetable', () => {
  const cases: [string, Timetable, Form['kind'], string][] = [
    ['once', { every: { minutes: 1, from: '15:30', to: '15:30' }, from: '2026-01-24', until: '2026-01-24' }, 'once', '明天 15:30,只播一次'],
    ['once, to the second', { every: { minutes: 1, from: '15:30:20', to: '15:30:20' }, from: today, until: today }, 'once', '今天 15:30:20,只播一次'],
    ['every day at one time', { every: { minutes: 1, from: '07:00', to: '07:00' } }, 'daily', '每天,7:00'],
    ['morning, noon and evening', { cron: '30 7,12,18 * * *', weekdays: [1, 2, 3, 4, 5] }, 'daily', '周一到周五,7:30、12:30、18:30'],
    ['every hour', { every: { minutes: 60, from: '07:30', to: '18:00' }, weekdays: [6, 7] }, 'every', '周六、周日,7:30 到 18:00,每 1 小时一次'],
    [
      'every 45 minutes, between dates, with a day left out',
      { every: { minutes: 45, from: '08:00', to: '11:00' }, from: '2026-02-01', until: '2026-02-28', except: ['2026-02-17'] },
      'every',
      '每天,8:00 到 11:00,每 45 分钟一次,2月1日 周日起,到2月28日 周六止,1 天除外',
    ],
    ['an expression of one’s own', { cron: '*/5 6-8 1,15 * *' }, 'cron', '每天,自己写的时间'],
  ]

  test.each(cases)('%s comes back from the form as it was', (_name, timetable) => {
    expect(timetableOf(formOf(timetable, today))).toEqual(timetable)
  })

  test.each(cases)('%s shows as its preset, and in words', (_name, timetable, kind, words) => {
    expect(formOf(timetable, today).kind).toBe(kind)
    expect(timetableWords(timetable, today)).toBe(words)
  })

  test.each([
    ['0 7 * * *', ['07:00']],
    ['30 18,7,12 * * *', ['07:30', '12:30', '18:30']],
    ['0 7 * * 1', null],
    ['0 7-9 * * *', null],
    ['*/5 * * * *', null],
    ['60 7 * * *', null],
    ['0 24 * * *', null],
    ['', null],
  ])('cron %j is the times %j', (cron, want) => expect(timesOfCron(cron)).toEqual(want))

  test('with all seven weekdays is every day', () => {
    const form = { ...blankForm(today, '07:00'), kind: 'daily' as const, weekdays: [1, 2, 3, 4, 5, 6, 7] }
    expect(timetableOf(form).weekdays).toBeUndefined()
  })
})

describe('the form', () => {
  const form = (change: Partial<Form>): Form => ({ ...blankForm(today, '07:00'), ...change })

  test.each<[string, Partial<Form>, string | null]>([
    ['a whole one', {}, null],
    ['no day', { day: '' }, 'when.noDay'],
    ['no time', { time: '' }, 'when.noTime'],
    ['no times', { kind: 'daily', times: [] }, 'when.noTime'],
    ['a time left empty', { kind: 'daily', times: ['07:00', ''] }, 'when.noTime'],
    ['times of different minutes', { kind: 'daily', times: ['07:00', '12:30'] }, 'when.mixedMinutes'],
    ['no distance', { kind: 'every', minutes: 0 }, 'when.badMinutes'],
    ['an empty expression', { kind: 'cron', cron: ' ' }, 'when.noCron'],
    ['dates the wrong way round', { kind: 'daily', from: '2026-02-02', until: '2026-02-01' }, 'when.backwards'],
  ])('says of %s what to do', (_name, change, want) => expect(mistakeOf(form(change))).toBe(want))

  test('asks back about a start at night, and moves it', () => {
    expect(nightStart(form({ time: '00:07' }))).toBe('00:07')
    expect(nightStart(form({ time: '06:00' }))).toBeNull()
    const daily = form({ kind: 'daily', times: ['12:00', '22:00'] })
    expect(nightStart(daily)).toBe('22:00')
    expect(moved(daily, '22:00', '07:00').times).toEqual(['12:00', '07:00'])
    expect(moved(form({ time: '00:07' }), '00:07', '07:00').time).toBe('07:00')
  })
})
