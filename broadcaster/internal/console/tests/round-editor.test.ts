import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import type { Playlist, Round } from '@/api/schema'
import RoundEditor from '@/pages/RoundEditor.vue'
import { makeRouter } from '@/router'
import { broadcaster, grids, problem, signInAs } from './town'

const playlist: Playlist = { id: 'p1', name: '早间播报', entries: [], owner: '440605124', used_by: [] }
const round: Round = {
  id: 'r1',
  name: '防溺水',
  playlist: 'p1',
  playlist_name: '早间播报',
  targets: ['440605124200101'],
  target_names: ['老龄社'],
  timetable: { cron: '*/7 6 * * *', weekdays: [1] },
  class: 'announcement',
  lateness_ms: 1_234_000,
  owner: '440605124',
  paused: false,
  next: [],
  delivery: { terminals: 1, have_programme: 1, have_clips: 1, not_connected: 0 },
}
const preview = { terminals: ['老龄社 1 号喇叭'], next: ['2026-01-23T07:30:00Z'], length_ms: 46_000, warnings: ['先锋社没有喇叭。'] }

async function edit(id: string, answers: Record<string, unknown> = {}) {
  const requests = broadcaster({
    'GET /api/playlists': { playlists: [playlist] },
    'GET /api/grids': { grids },
    'GET /api/rounds': { rounds: [round] },
    'POST /api/rounds/check': preview,
    'POST /api/rounds': round,
    'PUT /api/rounds/r1': round,
    ...answers,
  })
  const wrapper = mount(RoundEditor, { props: { id }, global: { plugins: [makeRouter(createMemoryHistory())] } })
  await vi.advanceTimersByTimeAsync(0)
  return { wrapper, requests }
}

const bodyOf = (requests: { method: string; path: string; body: unknown }[], method: string, path: string) =>
  requests.filter((r) => r.method === method && r.path.startsWith(path)).at(-1)?.body

describe('the round editor', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-01-23T01:00:00Z')
    signInAs()
  })

  test('asks what it would do as soon as it can, and shows it', async () => {
    const { wrapper, requests } = await edit('new')
    expect(wrapper.text()).toContain('选好节目单、地方和时间')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeDefined()
    await wrapper.get('input[type=search]').setValue('老龄')
    await wrapper.get('input[type=checkbox]').setValue(true)
    await vi.advanceTimersByTimeAsync(500)
    expect(bodyOf(requests, 'POST', '/api/rounds/check')).toEqual({
      name: '早间播报',
      playlist: 'p1',
      targets: ['440605124200101'],
      timetable: { every: { minutes: 1, from: '09:10', to: '09:10' }, from: '2026-01-23', until: '2026-01-23' },
      class: 'announcement',
      lateness_ms: 1_800_000,
      paused: false,
    })
    expect(wrapper.text()).toContain('会响的喇叭:1 个')
    expect(wrapper.text()).toContain('接下来:今天 15:30')
    expect(wrapper.text()).toContain('先锋社没有喇叭。')
  })

  test('offers to move a start at night', async () => {
    const { wrapper } = await edit('new')
    await wrapper.get('input[type=time]').setValue('00:07')
    expect(wrapper.text()).toContain('开始时间是凌晨 0:07,那是夜里。是不是早上 7:00?')
    await wrapper.findAll('button').find((b) => b.text() === '改成早上 7:00')!.trigger('click')
    expect((wrapper.get('input[type=time]').element as HTMLInputElement).value).toBe('07:00')
  })

  test('leaves a round as it was that the presets cannot say', async () => {
    const { wrapper, requests } = await edit('r1')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(bodyOf(requests, 'PUT', '/api/rounds/r1')).toEqual({
      name: round.name,
      playlist: round.playlist,
      targets: round.targets,
      timetable: round.timetable,
      class: round.class,
      lateness_ms: round.lateness_ms,
      paused: round.paused,
    })
  })

  test('shows an expression only to who asks for it', async () => {
    const { wrapper } = await edit('new')
    expect(wrapper.html()).not.toMatch(/cron/i)
    await wrapper.findAll('button').find((b) => b.text() === '高级')!.trigger('click')
    await wrapper.get('input[value=cron]').trigger('change')
    expect(wrapper.text()).toContain('时间式')
  })

  test('says after saving how far it has come', async () => {
    const { wrapper } = await edit('r1')
    await wrapper.get('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.text()).toContain('1 个喇叭都已收到安排,录音已齐')
  })

  test('keeps what was typed when it is refused, and says why', async () => {
    const refusal = () => problem(422, 'grid_unknown', '没有这个地方。', [{ location: 'name', message: '名称太长。' }])
    const { wrapper } = await edit('r1', { 'PUT /api/rounds/r1': refusal })
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('没有这个地方。')
    expect(wrapper.text()).toContain('名称太长。')
    expect(wrapper.findAll('input').some((i) => (i.element as HTMLInputElement).value === '防溺水')).toBe(true)
  })

  test('of a round that is gone says so, and can be tried again', async () => {
    const { wrapper } = await edit('r1', { 'GET /api/rounds': { rounds: [] } })
    expect(wrapper.text()).toContain('已经不在了')
    expect(wrapper.findAll('button').map((b) => b.text())).toContain('再试一次')
  })
})
