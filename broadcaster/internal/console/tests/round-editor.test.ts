import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import type { DryRun, Outcome, Playlist, RoundEdit } from '@/api/schema'
import RoundEditor from '@/pages/RoundEditor.vue'
import { makeRouter } from '@/router'
import type { Topic } from '@/api/feed'
import { useLine } from '@/state/line'
import { useSession } from '@/state/session'
import { broadcaster, grids, problem, round, session, signInAs } from './town'

const playlist: Playlist = { id: 'p1', name: '早间播报', entries: [], chime: '', chime_ms: 0, owner: '440605124', used_by: [] }
const kept = round({ timetable: { cron: '*/7 6 * * *', weekdays: [1] }, lateness_ms: 1_234_000, next: [] })
const nobodyLate = { terminals: [], sentence: '' }
const preview = { terminals: ['老龄社 1 号喇叭'], next: ['2026-01-23T07:30:00Z'], length_ms: 46_000, warnings: ['先锋社没有喇叭。'], late: nobodyLate }

/** Something has changed, as the broadcaster would say. */
function hear(what: Topic[]): void {
  Stream.last.dispatchEvent(new MessageEvent('changed', { data: JSON.stringify({ what }) }))
}

/** The broadcaster's stream. */
class Stream extends EventTarget {
  static last: Stream
  onerror = null
  constructor() {
    super()
    Stream.last = this
  }
  close() {}
}

async function edit(id: string, answers: Record<string, unknown> = {}, query = '') {
  const requests = broadcaster({
    'GET /api/session': useSession().session,
    'GET /api/playlists': { playlists: [playlist] },
    'GET /api/grids': { grids },
    'GET /api/rounds': { rounds: [kept] },
    'POST /api/rounds/check': preview,
    'POST /api/rounds/dry-run': { from: '2026-01-23', until: '2026-02-05', outcomes: [], unplanned: 0 },
    'POST /api/rounds': kept,
    'PUT /api/rounds/r1': kept,
    ...answers,
  })
  vi.stubGlobal('EventSource', Stream)
  useLine().start()
  const router = makeRouter(createMemoryHistory())
  await useSession().load()
  await router.push(`/rounds/${id}${query}`)
  const wrapper = mount(RoundEditor, { props: { id }, global: { plugins: [router] } })
  await vi.advanceTimersByTimeAsync(0)
  return { wrapper, requests }
}

const bodyOf = (requests: { method: string; path: string; body: unknown }[], method: string, path: string) =>
  requests.filter((r) => r.method === method && r.path.startsWith(path)).at(-1)?.body

const button = (wrapper: VueWrapper, text: string) => wrapper.findAll('button').find((b) => b.text().includes(text))!

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
      mandatory: false,
      quota_starts: 0,
      spacing_ms: 0,
      volume: 0,
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
      name: kept.name,
      playlist: kept.playlist,
      targets: kept.targets,
      timetable: kept.timetable,
      class: kept.class,
      lateness_ms: kept.lateness_ms,
      paused: kept.paused,
      mandatory: false,
      quota_starts: 0,
      spacing_ms: 0,
      volume: 0,
    })
  })

  test('says an expression in words and lets nobody type one', async () => {
    const { wrapper } = await edit('r1')
    expect(wrapper.text()).toContain('周一,6:00 到 6:56,每 7 分钟一次')
    expect(wrapper.html()).not.toMatch(/cron\b(?!")|\*\/7/)
    const fresh = await edit('new')
    expect(fresh.wrapper.text()).not.toContain('照原来的时间')
  })

  test('takes what the calendar has chosen, and nothing that is not his', async () => {
    const { requests } = await edit('new', {}, '?playlist=p1&grid=440605124200101&grid=999&day=2026-01-24&at=07:30')
    await vi.advanceTimersByTimeAsync(500)
    expect(bodyOf(requests, 'POST', '/api/rounds/check')).toMatchObject({
      playlist: 'p1',
      targets: ['440605124200101'],
      timetable: { every: { minutes: 1, from: '07:30', to: '07:30' }, from: '2026-01-24', until: '2026-01-24' },
    })
    const { requests: bad } = await edit('new', {}, '?playlist=p9&day=tomorrow&at=25:00')
    await vi.advanceTimersByTimeAsync(500)
    expect(bodyOf(bad, 'POST', '/api/rounds/check')).toBeUndefined()
  })

  test('names who cannot get the change in time', async () => {
    const late = { next: '2026-01-23T01:20:00Z', terminals: ['先锋社 2 号'], sentence: '有 1 个喇叭没连上,会照原来的播。' }
    const { wrapper } = await edit('r1', { 'POST /api/rounds/check': { ...preview, late } })
    await vi.advanceTimersByTimeAsync(500)
    expect(wrapper.text()).toContain('有 1 个喇叭没连上,会照原来的播。')
    expect(wrapper.text()).toContain('先锋社 2 号')
  })

  test('keeps quota, spacing, 必播 and the lifted limits as they are set', async () => {
    signInAs({ may: [...session.may, 'unlimit'] })
    const { wrapper, requests } = await edit('r1')
    await button(wrapper, '更多设置').trigger('click')
    const [quota, spacing] = wrapper.findAll('input[type=number]')
    await quota!.setValue('10')
    await spacing!.setValue('90')
    const [mandatory, unlimited] = wrapper.findAll('input[role=switch]')
    await mandatory!.setValue(true)
    await unlimited!.setValue(true)
    const date = wrapper.findAll('input[type=date]').at(-1)!
    expect((date.element as HTMLInputElement).value).toBe('2026-01-29')
    await date.setValue('2026-01-31')
    await wrapper.get('input[maxlength="200"]').setValue(' 防台风 ')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(bodyOf(requests, 'PUT', '/api/rounds/r1')).toMatchObject<Partial<RoundEdit>>({
      quota_starts: 10,
      spacing_ms: 5_400_000,
      mandatory: true,
      unlimited_until: '2026-01-31T16:00:00.000Z',
      unlimited_reason: '防台风',
    })
  })

  test('lets who may not lift the limits read that they are lifted', async () => {
    const lifted = round({ unlimited_until: '2026-01-31T16:00:00Z', unlimited_reason: '防台风' })
    const { wrapper, requests } = await edit('r1', { 'GET /api/rounds': { rounds: [lifted] } })
    await button(wrapper, '更多设置').trigger('click')
    expect(wrapper.text()).toContain('到 1月31日 周六 为止不受每天上限限制。原因:防台风')
    expect(wrapper.findAll('input[role=switch]')).toHaveLength(1)
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(bodyOf(requests, 'PUT', '/api/rounds/r1')).toMatchObject({ unlimited_until: '2026-01-31T16:00:00Z', unlimited_reason: '防台风' })
  })

  test('says after saving how far it has come', async () => {
    const { wrapper } = await edit('r1')
    await wrapper.get('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.text()).toContain('1 个喇叭都已收到安排,录音已齐')
    expect(wrapper.text()).toContain('《防溺水》:周一,6:00 到 6:56,每 7 分钟一次')
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

  test('adds a preset to the times that stand, and takes the last away from nobody', async () => {
    const { wrapper, requests } = await edit('new', {}, '?playlist=p1&grid=440605124200101')
    await wrapper.get('input[value=daily]').setValue(true)
    await button(wrapper, '早 7:00').trigger('click')
    await button(wrapper, '晚 18:00').trigger('click')
    await vi.advanceTimersByTimeAsync(500)
    expect(bodyOf(requests, 'POST', '/api/rounds/check')).toMatchObject({ timetable: { cron: '0 7,18 * * *' } })
    await button(wrapper, '去掉').trigger('click')
    expect(wrapper.findAll('button').map((b) => b.text())).not.toContain('去掉')
    await wrapper.get('input[type=time]').setValue('')
    expect(wrapper.text()).toContain('请填时间。')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeDefined()
  })

  test('keeps a time of other minutes in a round of its own', async () => {
    const { wrapper, requests } = await edit('new', {}, '?playlist=p1&grid=440605124200101')
    await wrapper.get('input[value=daily]').setValue(true)
    await button(wrapper, '再加一个时间').trigger('click')
    await wrapper.findAll('input[type=time]')[1]!.setValue('18:30')
    await button(wrapper, '把 18:30 另存一个定时播').trigger('click')
    await flushPromises()
    const rounds = requests.filter((r) => r.method === 'POST' && r.path === '/api/rounds')
    expect(rounds.map((r) => r.body)).toMatchObject([{ name: '早间播报 18:30', timetable: { every: { minutes: 1, from: '18:30', to: '18:30' } } }])
    expect(wrapper.findAll('input[type=time]').map((i) => (i.element as HTMLInputElement).value)).toEqual(['07:00'])
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeUndefined()
  })

  test('says of a paused round that it is, and resumes it with the saving', async () => {
    const { wrapper, requests } = await edit('r1', { 'GET /api/rounds': { rounds: [{ ...kept, paused: true }] } })
    expect(wrapper.text()).toContain('这个定时播暂停着')
    await button(wrapper, '恢复').trigger('click')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(bodyOf(requests, 'PUT', '/api/rounds/r1')).toMatchObject({ paused: false })
  })

  test('keeps as a new round what somebody has removed meanwhile', async () => {
    const { wrapper, requests } = await edit('r1', { 'PUT /api/rounds/r1': () => problem(404, 'round_unknown', '没有这个定时播。') })
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.text()).toContain('已经被别人删掉了')
    await button(wrapper, '另存为新的').trigger('click')
    await flushPromises()
    expect(bodyOf(requests, 'POST', '/api/rounds')).toMatchObject({ name: kept.name, timetable: kept.timetable })
    expect(wrapper.text()).toContain('已保存')
  })

  test('says when somebody else has changed the round, and writes over it only when told', async () => {
    let now = kept
    const change = { act: 'changed', at: '2026-01-23T01:00:00Z', by: '李主任', fields: [], grid: '', grid_name: '', id: 'r1', name: '', sentence: '李主任改了。', seq: 1, subject: 'round' }
    const { wrapper } = await edit('r1', { 'GET /api/rounds': () => ({ rounds: [now] }), 'GET /api/changes': { changes: [change], before: 0 } })
    now = { ...kept, delivery: { ...kept.delivery, have_clips: 0 } }
    hear(['rounds'])
    await flushPromises()
    expect(wrapper.text()).not.toContain('刚改过')
    now = { ...kept, name: '别的名称' }
    hear(['rounds'])
    await flushPromises()
    expect(wrapper.text()).toContain('李主任刚改过这个定时播。')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeDefined()
    await button(wrapper, '用我的盖过').trigger('click')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeUndefined()
  })

  test('of a round that is gone says so, and can be tried again', async () => {
    const { wrapper } = await edit('r1', { 'GET /api/rounds': { rounds: [] } })
    expect(wrapper.text()).toContain('已经不在了')
    expect(wrapper.findAll('button').map((b) => b.text())).toContain('再试一次')
  })
})

describe('the dry run', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime('2026-01-23T01:00:00Z')
    signInAs()
  })

  const outcome: Outcome = {
    terminals: Array.from({ length: 12 }, (_, i) => `${i + 1} 号喇叭`),
    contents: ['《防溺水》粤语'],
    dialects: ['yue'],
    sounds: 42,
    deferred: 1,
    missed: 1,
    own: [
      { kind: 'own', round: '防溺水', due: '2026-01-24T23:30:00Z', start: '2026-01-24T23:34:00Z', reason: '让给《镇里的通知》。' },
      { kind: 'own', round: '防溺水', due: '2026-01-25T14:10:00Z', reason: '那时是静音时段。' },
    ],
    moves: 2,
    displaces: 0,
    frees: 0,
    alters: 0,
    others: ['2026-01-24T23:30:00Z', '2026-01-25T23:30:00Z'].map((due) => ({ kind: 'moved', round: '收垃圾通知', due, before: due, start: due.replace(':30', ':31'), reason: '让给《防溺水》。' })),
    tied: true,
    volume: '',
  }
  const found: DryRun = { from: '2026-01-23', until: '2026-02-05', outcomes: [outcome], unplanned: 2 }

  test('says what sounds, what waits, and what it does to others', async () => {
    const { wrapper } = await edit('r1', { 'POST /api/rounds/dry-run': found })
    await vi.advanceTimersByTimeAsync(1_000)
    const text = () => wrapper.text().replace(/\s+/g, ' ')
    expect(text()).toContain('以后 14 天(今天到2月5日 周四)')
    expect(text()).toContain('12 个喇叭:播 42 次,1 次顺延,1 次播不成')
    expect(text()).toContain('会让《收垃圾通知》顺延 2 次')
    expect(text()).toContain('播的是:《防溺水》粤语')
    expect(text()).toContain('哪个先播,各个喇叭不一定一样')
    expect(text()).toContain('还有 2 个喇叭,一次算不完')
    expect(text()).not.toContain('让给《镇里的通知》')
    await button(wrapper, '看顺延和播不成的').trigger('click')
    expect(text()).toContain('后天 7:30 → 7:34让给《镇里的通知》。')
    expect(text()).toContain('后天 22:10那时是静音时段。')
    await button(wrapper, '看别的定时播怎么变').trigger('click')
    expect(text()).toContain('后天 7:30 → 7:31《收垃圾通知》让给《防溺水》。')
  })

  test('that takes long shows that, and can be stopped and begun again', async () => {
    let slow = true
    const { wrapper, requests } = await edit('r1', { 'POST /api/rounds/dry-run': () => (slow ? new Promise(() => {}) : found) })
    await vi.advanceTimersByTimeAsync(2_500)
    expect(wrapper.text()).toContain('正在逐个喇叭算以后 14 天…')
    expect(wrapper.find('[role=progressbar]').exists()).toBe(true)
    await button(wrapper, '不算了').trigger('click')
    expect(wrapper.find('[role=progressbar]').exists()).toBe(false)
    slow = false
    await button(wrapper, '算一算').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.text()).toContain('12 个喇叭:播 42 次')
    expect(requests.filter((r) => r.path.startsWith('/api/rounds/dry-run?id=r1'))).toHaveLength(2)
  })

  test('comes back by itself when too many ask', async () => {
    let free = false
    const { wrapper } = await edit('r1', { 'POST /api/rounds/dry-run': () => (free ? found : problem(429, 'dry_run_busy', '太忙。')) })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(wrapper.text()).toContain('现在算的人太多,过几秒自动再算。')
    free = true
    await vi.advanceTimersByTimeAsync(4_000)
    expect(wrapper.text()).toContain('12 个喇叭:播 42 次')
  })

  test('gives up after a while, says why, and can be asked again', async () => {
    const { wrapper } = await edit('r1', { 'POST /api/rounds/dry-run': () => problem(503, 'busy', '太忙,等一会儿再试。') })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(wrapper.text()).toContain('太忙,等一会儿再试。')
    expect(wrapper.findAll('button').map((b) => b.text())).toContain('再试一次')
  })

  test('is not asked for what cannot be saved', async () => {
    const { wrapper, requests } = await edit('r1', { 'POST /api/rounds/check': () => problem(422, 'timetable_over', '时间都已经过去了。') })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(wrapper.text()).toContain('时间都已经过去了。')
    expect(requests.filter((r) => r.path.includes('dry-run'))).toHaveLength(0)
  })
})
