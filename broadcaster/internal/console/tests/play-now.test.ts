import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import type { Announcement, Playlist, Sounding } from '@/api/schema'
import { afterQuiet } from '@/now/later'
import { alone, lengthAt, listOf, reached } from '@/now/reach'
import PlayNow from '@/pages/PlayNow.vue'
import { makeRouter } from '@/router'
import { useSession } from '@/state/session'
import { broadcaster, grids, problem, round, signInAs, terminal, zone } from './town'

const announcement: Announcement = {
  id: 'a1',
  title: '防溺水',
  text: '看好孩子。',
  owner: '440605124',
  used_by: [],
  variants: [
    { dialect: 'cmn', clip: 'c1', duration_ms: 40_000 },
    { dialect: 'yue', clip: 'c2', duration_ms: 46_000 },
  ],
}
const silent: Announcement = { ...announcement, id: 'a2', title: '没有录音', variants: [] }
const list: Playlist = { id: 'p1', name: '早间播报', owner: '440605124', used_by: [], chime: '', chime_ms: 0, entries: [{ announcement: 'a1', dialects: 'own', repeats: 2, gap_ms: 5_000 }] }

describe('what is played at once', () => {
  test('reaches what stands at or below the targets, or is shared with them', () => {
    const all = [terminal({ id: 'in' }), terminal({ id: 'village', grid: '440605124200' }), terminal({ id: 'shared', grid: '440605124201', shared: ['440605124200101'] }), terminal({ id: 'other', grid: '440605124200102' })]
    expect(reached(all, ['440605124200101']).map((x) => x.id)).toEqual(['in', 'shared'])
    expect(reached(all, ['440605124']).map((x) => x.id)).toEqual(['in', 'village', 'shared', 'other'])
    expect(reached(all, [])).toEqual([])
  })

  test.each([
    ['each dialect of the loudspeaker', alone(announcement), ['yue', 'cmn'], 86_000],
    ['a dialect that it has not', alone(announcement), ['hak'], 0],
    ['twice its own, with a gap between', list.entries, ['yue'], 97_000],
    ['the first there is, when its own is missing', list.entries, ['hak'], 85_000],
    ['one named dialect', [{ ...list.entries[0]!, dialects: 'cmn', repeats: 1 }], ['yue'], 40_000],
    ['what is gone', [{ ...list.entries[0]!, announcement: 'x' }], ['yue'], 0],
  ])('lasts as long as %s', (_name, entries, dialects, want) => expect(lengthAt(entries, [announcement], dialects)).toBe(want))

  test('goes by a playlist that says nothing else', () => {
    const own = { ...list, id: 'p2', entries: alone(announcement) }
    expect(listOf(announcement, [list, own])?.id).toBe('p2')
    expect(listOf(announcement, [list])).toBeUndefined()
  })

  test.each([
    ['tonight', '现在静音,到 14:00 为止,播了没人听到。', '2026-01-23T04:30:00Z', '2026-01-23', '14:00'],
    ['tomorrow', 'It is quiet until 06:00; nobody would hear it.', '2026-01-23T15:00:00Z', '2026-01-24', '06:30'],
    ['the same morning', '现在静音,到 06:00 为止。', '2026-01-22T18:00:00Z', '2026-01-23', '06:30'],
    ['the next morning when none is named', '现在静音。', '2026-01-23T15:00:00Z', '2026-01-24', '06:30'],
  ])('is put off to the end of quiet: %s', (_name, sentence, at, day, time) => expect(afterQuiet(sentence, new Date(at), zone)).toEqual({ day, time }))
})

describe('the page for it', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-01-23T01:00:00Z')
    window.scrollTo = () => {}
    signInAs()
  })

  async function open(answers: Record<string, unknown> = {}) {
    const requests = broadcaster({
      'GET /api/session': useSession().session,
      'GET /api/grids': { grids },
      'GET /api/announcements': { announcements: [announcement, silent] },
      'GET /api/playlists': { playlists: [list] },
      'GET /api/clips': { clips: [] },
      'GET /api/terminals': { terminals: [terminal(), terminal({ id: 't2', name: '老龄社 2 号喇叭', connected: false }), terminal({ id: 't3', dialects: ['hak'] })] },
      'GET /api/rounds': { rounds: [] },
      'GET /api/day': { sounding: [] },
      ...answers,
    })
    await useSession().load()
    const router = makeRouter(createMemoryHistory())
    await router.push('/now')
    const wrapper = mount(PlayNow, { global: { plugins: [router] } })
    await flushPromises()
    return { wrapper, requests, router }
  }
  const button = (wrapper: VueWrapper, text: string) => wrapper.findAll('button').find((b) => b.text().includes(text))!

  async function choose(wrapper: VueWrapper) {
    await wrapper.get('select').setValue('a1')
    await wrapper.get('input[type=search]').setValue('老龄')
    await wrapper.get('.results input[type=checkbox]').setValue(true)
  }

  test('says how long, from how many, and who will not hear it', async () => {
    const { wrapper } = await open()
    expect(wrapper.text()).not.toContain('没有录音')
    expect(button(wrapper, '现在就播').attributes('disabled')).toBeDefined()
    await choose(wrapper)
    expect(wrapper.text()).toContain('马上在 2 个喇叭播《防溺水》,约 46 秒。')
    expect(wrapper.text()).toContain('说粤语。')
    expect(wrapper.text()).toContain('老龄社 2 号喇叭没连上:10 分钟内连上才会播。')
    expect(wrapper.text()).toContain('有 1 个喇叭没有合适的录音,不会响。')
  })

  test('counts down, and can be called off only while it lies ahead', async () => {
    const made = round({ id: 'n1', next: ['2026-01-23T01:00:10Z'] })
    const { wrapper, requests } = await open({ 'POST /api/play-now': made })
    await choose(wrapper)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(requests.find((r) => r.path === '/api/play-now')?.body).toEqual({ announcement: 'a1', targets: ['440605124200101'] })
    expect(wrapper.text()).toContain('《防溺水》再过 10 秒就响。')
    expect(button(wrapper, '取消,不播了')).toBeDefined()
    await vi.advanceTimersByTimeAsync(10_500)
    expect(wrapper.text()).toContain('到点了,还没有喇叭报来在响')
    expect(button(wrapper, '取消')).toBeUndefined()
  })

  test('shows who sounds, and not what another round of that name began before', async () => {
    const one: Sounding = { terminal: 't', terminal_name: '1 号', grid_path: '上西村 / 老龄社', announcement: '防溺水', round: '防溺水', dialect: 'yue', begin: '2026-01-23T01:00:10Z', duration_ms: 46_000 }
    const sounding = [one, { ...one, terminal: 't2', terminal_name: '2 号', begin: '2026-01-23T00:59:50Z' }]
    const { wrapper } = await open({ 'POST /api/play-now': round({ next: ['2026-01-23T01:00:10Z'] }), 'GET /api/day': { sounding } })
    await choose(wrapper)
    await wrapper.get('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(10_500)
    expect(wrapper.text()).toContain('《防溺水》正在 1 个喇叭响')
    expect(wrapper.text()).toContain('上西村 / 老龄社:1 号')
    expect(wrapper.text()).not.toContain('2 号')
  })

  test('calls it off', async () => {
    const made = round({ id: 'n1', next: ['2026-01-23T01:00:10Z'] })
    const { wrapper, requests } = await open({ 'POST /api/play-now': made, 'POST /api/rounds/n1/cancellations': null })
    await choose(wrapper)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    await button(wrapper, '取消,不播了').trigger('click')
    await flushPromises()
    expect(requests.find((r) => r.path === '/api/rounds/n1/cancellations')?.body).toEqual({ due: '2026-01-23T01:00:10.000Z' })
    expect(wrapper.text()).toContain('《防溺水》已取消,不会响。')
    await button(wrapper, '播别的').trigger('click')
    expect(wrapper.find('form').exists()).toBe(true)
  })

  test('in quiet offers to plan it for when quiet ends', async () => {
    const refuse = () => problem(409, 'quiet_now', '现在静音,到 14:00 为止,播了没人听到。')
    const { wrapper, requests, router } = await open({ 'POST /api/play-now': refuse, 'POST /api/playlists': { ...list, id: 'p9' } })
    await choose(wrapper)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('现在静音,到 14:00 为止')
    await button(wrapper, '不急,今天 14:00 播').trigger('click')
    await vi.waitUntil(() => router.currentRoute.value.path === '/rounds/new', { timeout: 10_000 })
    expect(router.currentRoute.value.query).toEqual({ playlist: 'p9', grid: ['440605124200101'], day: '2026-01-23', at: '14:00' })
    expect(requests.find((r) => r.path === '/api/playlists' && r.method === 'POST')?.body).toEqual({ name: '防溺水', chime: '', entries: alone(announcement) })
  })

  test('plays a playlist as well', async () => {
    const { wrapper, requests } = await open({ 'POST /api/play-now': round() })
    await wrapper.get('input[value=playlist]').setValue(true)
    await wrapper.get('select').setValue('p1')
    await wrapper.get('input[type=search]').setValue('老龄')
    await wrapper.get('.results input[type=checkbox]').setValue(true)
    expect(wrapper.text()).toContain('马上在 3 个喇叭播《早间播报》,约 1 分 37 秒。')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(requests.find((r) => r.path === '/api/play-now')?.body).toEqual({ playlist: 'p1', targets: ['440605124200101'] })
  })

  test('with nothing to play says where to begin', async () => {
    const { wrapper } = await open({ 'GET /api/announcements': { announcements: [silent] }, 'GET /api/playlists': { playlists: [] } })
    expect(wrapper.text()).toContain('还没有可以播的内容。')
    expect(wrapper.text()).toContain('去写宣传内容')
  })
})
