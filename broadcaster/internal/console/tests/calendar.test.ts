// Where airings lie on a day, what stands together, and where what is dragged lands.
import { describe, expect, test } from 'vitest'
import { slotAt, type Slot } from '@/calendar/answer'
import { Axis } from '@/calendar/axis'
import { clockOf, instantAt, minuteOf, snapped, stretchOf } from '@/calendar/clock'
import { landingOf } from '@/calendar/landing'
import { layout, type LayoutOptions, type Stretch } from '@/calendar/layout'
import { dateWords, mondayOf } from '@/calendar/place'
import { shifted } from '@/calendar/shift'
import { quietOf, slotClock, slotWords, statesWords, stretchesOf, standWords } from '@/calendar/slot'
import { instantOf } from '@/time/civil'
import { dayOf, slotOf } from './plan'
import { zone } from './town'

const day = '2026-01-23'

// The browser stands elsewhere than the town.
process.env.TZ = 'America/Los_Angeles'

describe('a day’s face', () => {
  test('is the town’s, whatever the browser’s zone', () => {
    expect(new Date('2026-01-23T00:00:00Z').getHours()).toBe(16)
    expect(minuteOf(dayOf(day), '2026-01-22T22:30:30Z', zone)).toBe(6 * 60 + 30.5)
    expect(instantAt(day, 6 * 60 + 35, zone).toISOString()).toBe('2026-01-22T22:35:00.000Z')
  })

  test('ends where the day does', () => {
    expect(minuteOf(dayOf(day), '2026-01-21T00:00:00Z', zone)).toBe(0)
    expect(minuteOf(dayOf(day), '2026-01-23T16:00:00Z', zone)).toBe(1_440)
  })

  const berlin = 'Europe/Berlin'
  test.each([
    ['2026-03-29', 23, '01:30', 90],
    ['2026-03-29', 23, '03:30', 210],
    ['2026-10-25', 25, '12:00', 720],
    ['2026-10-25', 25, '23:45', 1_425],
  ])('of %s with %i hours has %s where the clock shows it', (date, hours, clock, want) => {
    const span = dayOf(date, [], {}, berlin)
    expect((Date.parse(span.end) - Date.parse(span.begin)) / 3_600_000).toBe(hours)
    expect(minuteOf(span, instantOf(date, clock, berlin), berlin)).toBe(want)
  })

  test('keeps the length of what lasts while the clock is put back', () => {
    const span = dayOf('2026-10-25', [], {}, berlin)
    expect(stretchOf(span, '2026-10-25T00:50:00Z', '2026-10-25T01:10:00Z', berlin)).toEqual({ from: 170, to: 190 })
  })

  test('takes a time that the clock skips for the one that comes in its stead', () => {
    const at = instantAt('2026-03-29', 150, berlin)
    expect(minuteOf(dayOf('2026-03-29', [], {}, berlin), at, berlin)).toBe(210)
  })

  test.each([
    [392.4, '06:30'],
    [392.6, '06:35'],
    [-8, '00:00'],
    [1_439.9, '23:55'],
  ])('%s minutes snap to %s', (minutes, want) => expect(clockOf(snapped(minutes))).toBe(want))

  test('has weeks that begin on Monday', () => {
    expect(mondayOf('2026-01-25')).toBe('2026-01-19')
    expect(mondayOf('2026-01-19')).toBe('2026-01-19')
    expect(dateWords('2026-01-19')).toBe('1月19日 周一')
  })
})

describe('the axis', () => {
  test('folds the night into a band at each end', () => {
    const axis = new Axis(4, true)
    expect([axis.at(0), axis.at(300), axis.at(360), axis.at(1_380), axis.at(1_440)]).toEqual([0, 2.75, 6.75, 74.75, 77.5])
    expect([axis.foldOf(299), axis.foldOf(300), axis.foldOf(1_380)]).toEqual(['early', null, 'late'])
    expect(axis.hours()).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23])
  })

  test.each([true, false])('finds the minute of each place again (folded: %s)', (folded) => {
    const axis = new Axis(3.5, folded)
    for (let minute = 0; minute <= 1_440; minute += 7) expect(axis.minute(axis.at(minute))).toBeCloseTo(minute, 6)
    expect([axis.minute(-3), axis.minute(9_999)]).toEqual([0, 1_440])
  })
})

describe('the layout', () => {
  const options: LayoutOptions = { axis: new Axis(4, true), least: 2, most: 3 } // two rem are half an hour
  const thing = (id: string, from: number, to = from + 1, group = id): Stretch<string> => ({ id, of: id, group, from, to })
  const shape = (things: Stretch<string>[], change: Partial<LayoutOptions> = {}) =>
    layout(things, { ...options, ...change }).map((b) => `${b.things.map((x) => x.id).join('+')} ${b.lane}/${b.lanes}`)

  test('puts what does not overlap below one another', () => {
    expect(shape([thing('a', 400), thing('b', 430), thing('c', 500)])).toEqual(['a 0/1', 'b 0/1', 'c 0/1'])
  })

  test('puts what overlaps beside one another, and only that', () => {
    expect(shape([thing('a', 400), thing('b', 410), thing('c', 432), thing('d', 600)])).toEqual(['a 0/2', 'b 1/2', 'c 0/2', 'd 0/1'])
  })

  test('never lets two blocks of one lane overlap', () => {
    const things = Array.from({ length: 300 }, (_, i) => thing(`t${i}`, (i * 7919) % 1_440, ((i * 7919) % 1_440) + (i % 90)))
    const blocks = layout(things, options)
    for (const a of blocks) {
      for (const b of blocks) {
        if (a === b || a.lane / a.lanes !== b.lane / b.lanes) continue
        expect(a.at + a.size <= b.at + 1e-6 || b.at + b.size <= a.at + 1e-6, `${a.key} and ${b.key}`).toBe(true)
      }
    }
    expect(blocks.flatMap((b) => b.things).length).toBe(300)
    expect(Math.max(...blocks.map((b) => b.lanes))).toBe(3)
  })

  test('bundles what one round does every five minutes, hour by hour', () => {
    const things = Array.from({ length: 24 }, (_, i) => thing(`t${i}`, 900 + i * 5, 902 + i * 5, 'r'))
    const blocks = layout(things, options)
    expect(blocks.map((b) => [b.things.length, b.group, b.lanes])).toEqual([
      [12, 'r', 1],
      [12, 'r', 1],
    ])
  })

  test('leaves twice an hour alone', () => {
    expect(shape([thing('a', 600, 601, 'r'), thing('b', 630, 631, 'r')])).toEqual(['a 0/1', 'b 0/1'])
  })

  test('puts together what has no lane of its own', () => {
    const things = ['a', 'b', 'c', 'd', 'e'].map((id) => thing(id, 700))
    const blocks = layout(things, options)
    expect(blocks.map((b) => b.things.length)).toEqual([1, 1, 3])
    expect(blocks.at(-1)!.group).toBeNull()
  })

  test('puts a crowd together by the hour, so that none fills the day', () => {
    const things = Array.from({ length: 360 }, (_, i) => thing(`t${i}`, 360 + i * 2))
    const blocks = layout(things, options).filter((b) => b.things.length > 1)
    expect(blocks.length).toBe(12)
    for (const b of blocks) expect(b.size, b.key).toBeLessThanOrEqual(6.001)
  })

  test('bundles each folded night, even when it holds one thing', () => {
    const blocks = layout([thing('a', 10), thing('b', 200), thing('c', 1_400)], options)
    expect(blocks.map((b) => [b.things.map((x) => x.id).join(), b.at, b.size])).toEqual([
      ['a,b', 0, 2.75],
      ['c', 74.75, 2.75],
    ])
    expect(shape([thing('a', 10), thing('b', 200)], { axis: new Axis(4, false) })).toEqual(['a 0/1', 'b 0/1'])
  })

  test('keeps what begins just before midnight on the page', () => {
    const [block] = layout([thing('a', 1_439)], { ...options, axis: new Axis(4, false) })
    expect(block!.at + block!.size).toBeCloseTo(96)
  })
})

describe('an airing', () => {
  const words = (change: Partial<Slot>) => slotWords(slotOf(day, '06:30', change), zone)

  test('lies where it sounds, and if it does not, where it was due', () => {
    const late = slotOf(day, '07:30', { start: instantOf(day, '07:34', zone).toISOString(), end: instantOf(day, '07:36', zone).toISOString(), late: true })
    const never = slotOf(day, '10:00', { start: undefined, end: undefined, state: 'missed' })
    expect(stretchesOf(dayOf(day), [late, never], zone).map(({ from, to }) => [from, to])).toEqual([
      [454, 456],
      [600, 600],
    ])
    expect(slotClock(late, zone)).toBe('7:30→7:34')
  })

  test('says everything in a line', () => {
    expect(words({})).toBe('6:30,防溺水,还没到,3 个喇叭')
    expect(words({ state: 'missed', terminals: 1, reason: '停电' })).toBe('6:30,防溺水,没播成,停电')
  })

  test('that lies ahead and will not sound is not called missed', () => {
    const missed = slotOf(day, '06:30', { state: 'missed' })
    expect(slotAt({ ...missed, state: 'missed' }, '2026-01-22T20:00:00Z').state).toBe('silent')
    expect(slotAt({ ...missed, state: 'missed' }, '2026-01-22T23:00:00Z').state).toBe('missed')
    const some = slotAt({ ...missed, state: 'missed', terminals: 3, sounding: 2 }, '2026-01-22T20:00:00Z')
    expect([some.state, standWords(some)]).toEqual(['some', '2/3 响'])
  })

  test('among many is counted by its state, what wants attention first', () => {
    const of = (state: Slot['state']) => slotOf(day, '06:30', { state })
    expect(statesWords([of('played'), of('coming'), of('missed'), of('played')])).toBe('没播成 1 次,还没到 1 次,已放音 2 次')
  })
})

describe('quiet', () => {
  const q = (begin: string, end: string, reason: string) => ({ begin: instantOf(day, begin, zone).toISOString(), end: instantOf(day, end, zone).toISOString(), kind: 'quiet_rule' as const, reason })

  test('is put together where it overlaps, with each reason once', () => {
    const spans = quietOf(dayOf(day), [q('13:00', '14:00', '午休'), q('12:00', '13:30', '考试'), q('13:30', '15:00', '午休'), q('20:00', '21:00', '')], zone)
    expect(spans).toEqual([
      { from: 720, to: 900, reason: '考试;午休' },
      { from: 1_200, to: 1_260, reason: '' },
    ])
  })
})

describe('where something would land', () => {
  const now = new Date('2026-01-23T01:00:00Z')
  const land = (clock: string, quiet = false) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number)
    const span = dayOf(day, [], quiet ? { quiet: [{ begin: '2026-01-23T04:00:00Z', end: '2026-01-23T06:00:00Z', kind: 'quiet_rule', reason: '午休' }] } : {})
    return landingOf({ day, minute: hour * 60 + minute }, span, now, day, zone)
  }

  test('is said with its day and time', () => {
    expect(land('10:05')).toEqual({ at: new Date('2026-01-23T02:05:00Z'), words: '今天 10:05', refused: false })
  })

  test('is refused in words when it is over', () => expect(land('09:00')).toMatchObject({ words: '今天 9:00,这个时间已经过了', refused: true }))

  test('is said to be quiet, and left to the broadcaster', () => {
    expect(land('12:00', true)).toMatchObject({ words: '今天 12:00,这时静音', refused: false })
    expect(land('14:00', true).words).toBe('今天 14:00')
  })
})

describe('a timetable at another time', () => {
  const at = (clock: string) => {
    const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
    return hour * 3_600 + minute * 60 + second
  }

  test.each([
    ['once a day', { every: { minutes: 1, from: '06:30', to: '06:30' } }, '06:30', '07:35', { every: { minutes: 1, from: '07:35', to: '07:35' } }],
    ['with its days', { every: { minutes: 1, from: '06:30', to: '06:30' }, weekdays: [1, 3] }, '06:30', '06:00', { every: { minutes: 1, from: '06:00', to: '06:00' }, weekdays: [1, 3] }],
    ['with its seconds, onto a whole step', { every: { minutes: 1, from: '06:30:20', to: '06:30:20' } }, '06:30:20', '07:00', { every: { minutes: 1, from: '07:00', to: '07:00' } }],
    ['all of a window', { every: { minutes: 60, from: '07:30', to: '18:00' } }, '09:30', '09:45', { every: { minutes: 60, from: '07:45', to: '18:15' } }],
    ['over midnight', { every: { minutes: 60, from: '20:00', to: '23:30' } }, '20:00', '21:00', { every: { minutes: 60, from: '21:00', to: '00:30' } }],
    ['of one time in a cron expression', { cron: '30 18 * * 1-5' }, '18:30', '19:05', { cron: '5 19 * * 1-5' }],
  ])('%s', (_name, timetable, from, to, want) => expect(shifted(timetable, at(from), at(to))).toEqual(want))

  test.each([
    ['before midnight', { every: { minutes: 60, from: '00:30', to: '18:00' } }, '09:30', '08:30'],
    ['of several times in a cron expression', { cron: '0 7,12,18 * * *' }, '12:00', '12:05'],
    ['of a step in a cron expression', { cron: '*/5 7 * * *' }, '07:05', '07:10'],
  ])('cannot be put %s', (_name, timetable, from, to) => expect(shifted(timetable, at(from), at(to))).toBeNull())
})
