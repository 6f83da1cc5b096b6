import { describe, expect, test } from 'vitest'
import { addDays, civilOf, instantOf, weekdayOf } from '@/time/civil'
import { agoWords, clockWords, dayWords, lengthWords, spanWords, timesWords, whenWords } from '@/time/words'
import { language } from '@/words'
import { zone } from './town'

const now = new Date('2026-01-23T01:00:00Z') // Friday, 09:00 in the town

describe('civil time', () => {
  test('is the town’s, wherever the phone is', () => {
    expect(civilOf(new Date('2026-01-22T16:30:05Z'), zone)).toEqual({ day: '2026-01-23', hour: 0, minute: 30, second: 5, weekday: 5 })
  })

  test.each(['2026-01-23 00:00', '2026-02-28 23:59', '2026-07-01 06:30'])('%s comes back from its instant', (text) => {
    const [day = '', time = ''] = text.split(' ')
    const c = civilOf(instantOf(day, time, zone), zone)
    expect(`${c.day} ${String(c.hour).padStart(2, '0')}:${String(c.minute).padStart(2, '0')}`).toBe(text)
  })

  test('knows seconds, and zones with summer time', () => {
    expect(instantOf('2026-01-23', '15:30:20', zone).toISOString()).toBe('2026-01-23T07:30:20.000Z')
    expect(instantOf('2026-07-01', '12:00', 'Europe/Berlin').toISOString()).toBe('2026-07-01T10:00:00.000Z')
  })

  test('counts days over months and years', () => {
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(weekdayOf('2026-01-25')).toBe(7)
  })
})

describe('time in words', () => {
  test.each([
    ['00:07', '凌晨 0:07'],
    ['06:30', '早上 6:30'],
    ['09:00', '上午 9:00'],
    ['12:00', '中午 12:00'],
    ['15:30', '下午 15:30'],
    ['18:30:05', '晚上 18:30:05'],
    ['24:00', '半夜 24:00'],
  ])('%s is %s', (clock, want) => expect(clockWords(clock)).toBe(want))

  test.each([
    ['2026-01-23', '今天'],
    ['2026-01-24', '明天'],
    ['2026-01-25', '后天'],
    ['2026-01-22', '昨天'],
    ['2026-02-01', '2月1日 周日'],
    ['2025-12-31', '2025年12月31日 周三'],
  ])('%s is %s', (day, want) => expect(dayWords(day, '2026-01-23')).toBe(want))

  test('says the day and the clock, and seconds only where they matter', () => {
    const at = new Date('2026-01-23T07:30:20Z')
    expect(whenWords(at, now, zone)).toBe('今天 15:30')
    expect(whenWords(at, now, zone, true)).toBe('今天 15:30:20')
    expect(whenWords(new Date('2026-01-23T16:00:00Z'), now, zone)).toBe('明天 0:00')
  })

  test('says each day of several times once', () => {
    const times = ['2026-01-23T07:30:00Z', '2026-01-23T10:30:20Z', '2026-01-23T23:30:00Z'].map((at) => new Date(at))
    expect(timesWords(times, now, zone)).toBe('今天 15:30、18:30:20;明天 7:30')
    expect(timesWords([], now, zone)).toBe('')
  })

  test.each([
    [20_000, '刚刚'],
    [5 * 60_000, '5 分钟前'],
    [26 * 3_600_000, '26 小时前'],
    [72 * 3_600_000, '3 天前'],
  ])('%i ms ago is %s', (ms, want) => expect(agoWords(new Date(now.getTime() - ms), now)).toBe(want))

  test('says how long', () => {
    expect(spanWords(26 * 3_600_000)).toBe('26 小时')
    expect(lengthWords(45_400)).toBe('45 秒')
    expect(lengthWords(185_000)).toBe('3 分 5 秒')
    expect(lengthWords(120_000)).toBe('2 分钟')
    expect(lengthWords(120)).toBe('1 秒')
  })

  test('has English too', () => {
    language.value = 'en'
    expect(dayWords('2026-02-01', '2026-01-23')).toBe('Sun 1 February')
    expect(clockWords('06:30')).toBe('6:30')
  })
})
