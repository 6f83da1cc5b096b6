import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Change } from '@/api/schema'
import { factsOf, subjects, type Context } from '@/history/facts'
import History from '@/pages/History.vue'
import { broadcaster, grids, routerAt, signInAs, zone } from './town'

const now = new Date('2026-01-23T01:00:00Z')
const context: Context = {
  now,
  zone,
  names: {
    grid: (code) => (code === '440605124200' ? '上西村' : ''),
    playlist: (id) => (id === 'p1' ? '早间播报' : ''),
    announcement: (id) => (id === 'a1' ? '防溺水' : ''),
    recording: (digest) => (digest === 'd1' ? '叮咚' : ''),
  terminal: () => '',
    dialect: (tag) => ({ yue: '粤语', cmn: '普通话' })[tag] ?? tag,
  },
}

const round = {
  id: '0123456789abcdef',
  name: '早间',
  playlist: 'p1',
  timetable: { every: { minutes: 1, from: '06:30', to: '06:30' } },
  class: 'announcement',
  lateness_ms: 1_800_000,
  owner: '440605124',
  since: '2026-01-01T00:00:00Z',
  targets: ['440605124200'],
  by: '关主任',
}

describe('before and after', () => {
  test('name only what differs, in plain words', () => {
    const after = { ...round, timetable: { every: { minutes: 1, from: '07:00', to: '07:00' } }, since: '2026-01-23T00:00:00Z', mandatory: true }
    expect(factsOf({ subject: 'round', before: round, after }, context)).toEqual([
      { label: '什么时候', before: '每天,6:30', after: '每天,7:00' },
      { label: '必播', before: '否', after: '是' },
    ])
  })

  test('tell all of what was made, and none of its codes', () => {
    const words = JSON.stringify(factsOf({ subject: 'round', after: round }, context))
    expect(words).toContain('早间播报')
    expect(words).toContain('上西村')
    expect(words).not.toMatch(/0123456789abcdef|440605124|p1/)
  })

  test('call what is gone so', () => {
    const [fact] = factsOf({ subject: 'round', before: { ...round, playlist: 'p9' }, after: round }, context)
    expect(fact).toEqual({ label: '节目单', before: '已删除的', after: '早间播报' })
  })

  test.each([
    ['a playlist', { subject: 'playlist', before: { entries: [{ announcement: 'a1', dialects: 'own', repeats: 1 }] }, after: { entries: [{ announcement: 'a1', dialects: 'own', repeats: 2 }] } }, '1. 《防溺水》1 遍', '1. 《防溺水》2 遍'],
    ['quiet hours', { subject: 'quiet', before: { from: '22:00', to: '06:00' }, after: { from: '21:00', to: '06:00' } }, '22:00 到第二天 6:00', '21:00 到第二天 6:00'],
    ['a volume', { subject: 'volume', before: { percent: 60, cap: 60 }, after: { percent: 40, cap: 60 } }, '60%', '40%'],
    ['limits', { subject: 'limits', before: { plays: 6 }, after: { minutes: 60, plays: 6 } }, '没有上限', '60 分钟'],
    ['days', { subject: 'holidays', before: { dates: ['2026-10-01'] }, after: { dates: ['2026-10-01', '2026-10-02'] } }, '10月1日 周四', '10月1日 周四到10月2日 周五(2 天)'],
    ['a silence', { subject: 'temporary_quiet', before: { end: '2026-01-23T04:00:00Z' }, after: { end: '2026-01-23T01:00:00Z' } }, '今天 12:00', '今天 9:00'],
    ['an announcement', { subject: 'announcement', before: { variants: [{ dialect: 'yue' }] }, after: { variants: [{ dialect: 'yue' }, { dialect: 'cmn' }] } }, '粤语', '粤语、普通话'],
    ['the name of a place', { subject: 'place_name', before: { clip: 'd2' }, after: { clip: 'd1' } }, '已删除的', '叮咚'],
    ['a quiet place', { subject: 'quiet_place', before: { radius_m: 200 }, after: { radius_m: 1500 } }, '200 米', '1.5 公里'],
  ] as [string, Pick<Change, 'subject' | 'before' | 'after'>, string, string][])('of %s read well', (_name, change, before, after) => {
    const facts = factsOf(change, context)
    expect(facts.at(0)).toMatchObject({ before, after })
  })

  test.each(subjects)('of %s bear what is not as expected', (subject) => {
    for (const odd of [null, 7, 'x', [], {}, { timetable: 3, entries: [null, 'x'], targets: [1], dates: [2], variants: [null], lat: '1', reason: 'war', quota: 5 }]) {
      expect(() => factsOf({ subject, before: odd, after: { name: 'x' } }, context)).not.toThrow()
    }
  })
})

function change(seq: number, more: Partial<Change> = {}): Change {
  return { seq, at: '2026-01-22T23:00:00Z', by: '关主任', subject: 'round', id: 'r1', name: '早间', grid: '440605124', grid_name: '九江镇', act: 'changed', sentence: `关主任改了第 ${seq} 次。`, fields: [], before: round, after: { ...round, name: '晨间' }, ...more }
}

describe('the history', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    vi.setSystemTime(now)
    signInAs()
  })

  async function open(path: string) {
    const requests = broadcaster({
      'GET /api/changes': ({ path: asked }: { path: string }) =>
        asked.includes('before=') ? { changes: [change(1, { at: '2026-01-21T01:00:00Z' })], before: 0 } : { changes: [change(3), change(2)], before: 2 },
      'GET /api/grids': { grids },
      'GET /api/playlists': { playlists: [] },
      'GET /api/announcements': { announcements: [] },
      'GET /api/terminals': { terminals: [] },
    })
    const router = await routerAt(path)
    const wrapper = mount(History, { global: { plugins: [router] }, attachTo: document.body })
    await flushPromises()
    return { wrapper, requests, router }
  }

  test('groups by day, and fetches more when asked', async () => {
    const { wrapper, requests } = await open('/history')
    expect(wrapper.findAll('h2').map((h) => h.text())).toEqual(['今天'])
    await wrapper.findAll('button').find((b) => b.text() === '再看一些')!.trigger('click')
    await flushPromises()
    expect(requests.map((r) => r.path).filter((p) => p.includes('before=2'))).toHaveLength(1)
    expect(wrapper.text()).toContain('关主任改了第 1 次。')
    expect(wrapper.text()).not.toContain('再看一些')
  })

  test('of one thing asks for that one, says so, and shows all again', async () => {
    const { wrapper, requests, router } = await open('/history?subject=round&id=r1')
    expect(requests[0]!.path).toBe('/api/changes?limit=50&subject=round&id=r1')
    expect(wrapper.text()).toContain('只看“早间”的改动')
    await wrapper.findAll('button').find((b) => b.text() === '看全部')!.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/history')
    expect(requests.at(-1)!.path).toBe('/api/changes?limit=50')
  })

  test('opens a change with what it was and is', async () => {
    const { wrapper } = await open('/history')
    await wrapper.get('button.line').trigger('click')
    await flushPromises()
    expect(document.querySelector('.el-dialog')!.textContent).toMatch(/名称.*改前: 早间.*改后: 晨间/s)
  })
})
