import { describe, expect, test } from 'vitest'
import { outcomeCountsWords } from '@/day/counts'
import { done, firingsOf, firingWords, wholeFirings, worstOf } from '@/day/firings'
import { evidenceWords } from '@/register/evidence'
import { deliveryWords } from '@/rounds/delivery'
import { silentWords, standing, stateWords } from '@/terminals/state'
import { airing, terminal, zone } from './town'

describe('how a round went', () => {
  test('is one sentence per firing, with where and why', () => {
    const airings = [
      ...Array.from({ length: 11 }, () => airing()),
      airing({ outcome: 'missed', reason: '停电' }),
      airing({ round: '别的' }),
    ]
    const [first, second] = firingsOf(airings)
    expect(firingWords(first!, zone)).toBe('早上 6:30《防溺水》:12 个喇叭,11 个已放音,1 个没播成(老龄社:停电)。')
    expect(worstOf(first!)).toBe('missed')
    expect(firingWords(second!, zone)).toBe('早上 6:30《别的》:1 个喇叭,1 个已放音。')
  })

  test('does not read out a hundred places', () => {
    const missed = Array.from({ length: 100 }, (_, i) => airing({ outcome: 'missed', reason: '停电', grid_path: `上西村 / ${Math.max(0, i - 9)}社` }))
    const [firing] = firingsOf(missed)
    expect(firingWords(firing!, zone)).toBe('早上 6:30《防溺水》:100 个喇叭,100 个没播成(0社:停电、1社:停电、2社:停电、还有 88 个)。')
  })

  test('is not told while it sounds and nobody has reported', () => {
    const firings = firingsOf([airing({ outcome: 'unreported' }), airing({ outcome: 'unreported', round: '别的' })])
    const sounding = [{ terminal: 't', terminal_name: '', grid_path: '', announcement: '', round: '防溺水', dialect: 'yue', begin: '', duration_ms: 1 }]
    expect(done(firings, sounding).map((f) => f.round)).toEqual(['别的'])
  })

  test('leaves out a firing that the page may have cut, and what was not planned', () => {
    const page = { airings: [airing(), airing({ due: '2026-01-22T21:00:00Z' }), airing({ planned: false, round: '手动' })], next: 'more' }
    expect(wholeFirings(page).map((f) => f.round)).toEqual(['防溺水'])
    expect(wholeFirings({ ...page, next: '' })).toHaveLength(2)
    expect(wholeFirings(undefined)).toEqual([])
  })
})

describe('figures', () => {
  const counts = { planned: 12, played: 10, partial: 0, missed: 1, unreported: 1, extra: 0 }

  test.each([
    ['what is nought is not said', counts, '计划 12 次:已放音 10 次,没播成 1 次,还没回报 1 次'],
    ['what was not planned stands beside', { ...counts, played: 12, missed: 0, unreported: 0, extra: 2 }, '计划 12 次:已放音 12 次;另有计划外 2 次'],
    ['an empty day', { ...counts, planned: 0 }, '没有计划'],
  ])('%s', (_name, given, want) => expect(outcomeCountsWords(given)).toBe(want))

  test.each([
    [0, '还没有凭据'],
    [1, '电脑已放音'],
    [2, '电脑已放音'],
    [3, '有人听到'],
    [4, '拾音核实'],
  ])('evidence %i is %s', (grade, want) => expect(evidenceWords(grade)).toBe(want))

  test.each([
    ['on its way', { terminals: 40, have_programme: 37, have_clips: 35, not_connected: 3 }, '40 个喇叭里 37 个已收到安排,35 个录音已齐;3 个没连上'],
    ['there', { terminals: 3, have_programme: 3, have_clips: 3, not_connected: 0 }, '3 个喇叭都已收到安排,录音已齐'],
    ['to nobody', { terminals: 0, have_programme: 0, have_clips: 0, not_connected: 0 }, '这些地方还没有喇叭。'],
  ])('delivery %s', (_name, given, want) => expect(deliveryWords(given)).toBe(want))
})

describe('a loudspeaker', () => {
  const now = new Date('2026-01-23T01:00:00Z')

  test('that is silent for long says what that means', () => {
    const words = silentWords(terminal({ connected: false, last_seen: '2026-01-21T23:00:00Z' }), now)
    expect(words).toBe('26 小时没有消息。它会照上次的安排播,播没播要等它连上才知道。')
    expect(silentWords(terminal({ connected: false }), now)).toBe('还没有连上过。')
  })

  test.each([
    ['connected', {}, '连着', 'good'],
    ['in trouble', { fault: '声卡出错' }, '连着,有问题', 'warn'],
    ['away', { connected: false }, '没连上', 'bad'],
    ['to be compared', { enrolment: 'pending' as const }, '等核对', 'warn'],
    ['to be installed', { enrolment: 'waiting' as const }, '还没安装', ''],
  ])('%s has a word and a colour', (_name, change, words, mood) => expect(standing(terminal(change))).toEqual({ words, mood }))

  test('says what it has and whether its clock is right', () => {
    expect(stateWords(terminal({ clips_wanted: 5, clips_whole: 3, clock: 'untrusted' }), now, zone)).toEqual([
      '已收到最新的安排。',
      '5 段录音到了 3 段。',
      '时间不准,到点不会播。',
    ])
    expect(stateWords(terminal({ enrolment: 'waiting' }), now, zone)).toEqual([])
  })
})
