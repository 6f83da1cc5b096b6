import { describe, expect, test } from 'vitest'
import { minutesOfDay, readCron } from '@/timetable/cron'
import { blankForm, formOf, mistakeOf, oddTimes, timesOfCron, timetableOf, type Form, type Timetable } from '@/timetable/form'
import { mended, oddStart } from '@/timetable/night'
import { timetableWords } from '@/timetable/words'

const today = '2026-01-23'

const atSeven = { every: { minutes: 1, from: '07:00', to: '07:00' } }

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
    ['an expression that the form cannot say', { cron: '*/5 6-8 1,15 * *' }, 'cron', '每月 1、15 日,6:00 到 8:55,每 5 分钟一次'],
    ['an expression of weekdays and months', { cron: '0,30 8-10 * JUN-AUG MON' }, 'cron', '6月、7月、8月,周一,8:00、8:30、9:00、9:30、10:00、10:30'],
    ['an expression of uneven times', { cron: '*/7 6-7 * * 0,6' }, 'cron', '周六、周日,6:00 到 7:56,一天 18 次'],
    ['the first and the fifteenth of the lunar month', { ...atSeven, lunar: [{ day: 1 }, { day: 15 }] }, 'daily', '农历每月初一、十五,7:00'],
    ['the lunar year’s last day and a leap month’s first', { ...atSeven, lunar: [{ month: 12, day: -1 }, { month: 6, day: 1, leap: true }] }, 'daily', '农历腊月最后一天、闰六月初一,7:00'],
    ['market days', { ...atSeven, market: { endings: [3, 6, 9] } }, 'daily', '墟日(逢 3、6、9),7:00'],
    ['lunar market days on weekdays', { ...atSeven, weekdays: [1], market: { endings: [1], lunar: true } }, 'daily', '既是周一,又是墟日(农历逢 1)的日子,7:00'],
    ['market days of a list', { ...atSeven, market: { endings: [3] }, only_holidays: ['国庆'] }, 'daily', '既是墟日(逢 3),又是“国庆”里的日子,7:00'],
    ['named lists of days', { ...atSeven, only_holidays: ['国庆'], except_holidays: ['调休'] }, 'daily', '只在“国庆”,7:00,“调休”除外'],
    [
      'one day that a list narrows',
      { ...atSeven, from: '2026-01-24', until: '2026-01-24', except_holidays: ['调休'] },
      'daily',
      '每天,7:00,明天起,到明天止,“调休”除外',
    ],
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

describe('times of a day', () => {
  test.each([
    ['of one minute', ['18:00', '07:00'], []],
    ['one of other minutes', ['18:30', '07:00', '12:00'], ['18:30']],
    ['several of other minutes, one kind at a time', ['07:00', '12:30', '13:15', '18:30'], ['12:30', '18:30']],
    ['none', [], []],
  ])('%s: what needs a round of its own is %j', (_name, times, want) => expect(oddTimes(times)).toEqual(want))
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
    ['dates the wrong way round', { kind: 'daily', from: '2026-02-02', until: '2026-02-01' }, 'when.backwards'],
  ])('says of %s what to do', (_name, change, want) => expect(mistakeOf(form(change))).toBe(want))

  test.each<[string, Partial<Form>, string | null]>([
    ['in the night', { time: '00:07' }, '07:00'],
    ['early', { time: '06:29' }, '07:00'],
    ['as early as may be', { time: '06:30' }, null],
    ['as late as may be', { time: '21:30' }, null],
    ['late', { time: '21:31' }, '20:00'],
    ['late, among several', { kind: 'daily', times: ['12:00', '22:00'] }, '20:00'],
    ['of a row in the night', { kind: 'every', start: '05:00', end: '09:00' }, '07:00'],
    ['not filled in', { time: '' }, null],
  ])('asks back about a start %s, and mends it', (_name, change, better) => {
    const odd = oddStart(form(change))
    expect(odd?.better ?? null).toBe(better)
    if (odd !== null) expect(oddStart(mended(form(change), odd))).toBeNull()
  })
})

describe('an expression', () => {
  test('gives its minutes of the day', () => {
    expect(minutesOfDay(readCron('30 7,12 * * *')!)).toEqual([450, 750])
    expect(minutesOfDay(readCron('10/20 0 * * *')!)).toEqual([10, 30, 50])
  })

  test.each(['', '* * * *', '60 * * * *', '* 24 * * *', '5-1 * * * *', '*/0 * * * *', '@daily', '* * 0 * *', '* * * FOO *', 'x * * * *'])('%j is not understood', (cron) => {
    expect(readCron(cron)).toBeNull()
    expect(timetableWords({ cron }, today)).toBe('每天,自己写的时间')
  })

  test('counts Sunday last, and takes a star for all', () => {
    expect(readCron('0 7 * * 0,1')).toEqual({ minutes: [0], hours: [7], dates: null, months: null, weekdays: [1, 7] })
  })
})
