import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Case, Change, Finding, Remedy } from '@/api/schema'
import { barWords, belongs, sounded } from '@/complaints/case'
import { heardOf, hornsNear } from '@/complaints/heard'
import { momentsOf, toggledWord } from '@/complaints/moments'
import { clockOf, shifted } from '@/complaints/shift'
import Page from '@/pages/Complaint.vue'
import List from '@/pages/Complaints.vue'
import NewComplaint from '@/pages/NewComplaint.vue'
import { useWritten } from '@/complaints/written'
import { airing, broadcaster, grids, problem, routerAt, session, signInAs, terminal, zone, type Request } from './town'

const complaint: Case['complaint'] = {
  id: 'c1',
  grid: '440605124200101',
  grid_path: '上西村 / 老龄社',
  terminal: '',
  terminal_name: '',
  at: '2026-01-22T22:30:00Z',
  words: '太吵,太早',
  caller: '三巷李婆婆',
  by: '关主任',
  created: '2026-01-23T00:50:00Z',
  reply: '',
  closed_by: '',
  outcome: '',
}

function finding(change: Partial<Finding> = {}): Finding {
  return {
    terminal: 't',
    terminal_name: '老龄社 1 号喇叭',
    grid_path: '上西村 / 老龄社',
    round: 'r1',
    round_name: '早间播报',
    owner: '440605124200',
    owner_name: '上西村',
    by: '关主任',
    announcement: '防溺水',
    dialect: 'yue',
    begin: '2026-01-22T22:30:00Z',
    end: '2026-01-22T22:31:00Z',
    volume: 80,
    at_the_minute: true,
    extra: false,
    sentence: '6:30 老龄社 1 号喇叭播了《防溺水》。',
    ...change,
  }
}

function remedy(change: Partial<Remedy> = {}): Remedy {
  return {
    kind: 'later',
    round: 'r1',
    round_name: '早间播报',
    playlist: 'p1',
    grid: '440605124200',
    terminal: '',
    above: false,
    may_apply: true,
    sentence: '从 6:30 改到 7:00。',
    start: '06:30',
    instead: '07:00',
    ...change,
  }
}

function change(seq: number, subject: Change['subject'], id: string, at = '2026-01-23T00:55:00Z'): Change {
  return { seq, at, by: '关主任', subject, id, name: '', grid: '440605124200', grid_name: '上西村', act: 'changed', sentence: `第 ${seq} 处改动。`, fields: [] }
}

const whole: Case = {
  complaint,
  findings: [finding(), finding({ at_the_minute: false, begin: '0001-01-01T00:00:00Z', end: '0001-01-01T00:00:00Z', volume: 0, sentence: '6:35 该播《口罩》,没播成。' })],
  more: 0,
  unreported: ['老龄社 2 号喇叭'],
  remedies: [
    remedy(),
    remedy({ kind: 'lower', sentence: '从 80% 降到 60%。', from: '06:00', to: '07:00', volume: 80, volume_instead: 60, grid: '440605124200101' }),
    remedy({ kind: 'shorter', above: true, may_apply: false, sentence: '少播几遍。', grid: '440605124' }),
    remedy({ kind: 'quiet', sentence: '静音一阵。', terminal: 't' }),
  ],
  since: [change(9, 'round', 'r1'), change(8, 'round', 'other'), change(7, 'volume', 'v', '2026-01-23T00:55:00Z'), change(6, 'volume', 'w', '2026-01-23T00:00:00Z')],
  closed_with: [],
  draft: '您反映的情况查到了。',
}

describe('when', () => {
  const now = new Date('2026-01-23T01:00:00Z') // 9:00

  test('offers only what has been', () => {
    expect(momentsOf(now, zone).map((m) => [m.key, m.day, m.time])).toEqual([
      ['complaint.justNow', '2026-01-23', '09:00'],
      ['complaint.thisMorning', '2026-01-23', '07:00'],
      ['complaint.lastEvening', '2026-01-22', '20:00'],
      ['complaint.lastNight', '2026-01-22', '23:00'],
    ])
  })

  test('finds what sounded about then, once a minute and round', () => {
    const begin = '2026-01-22T22:30:05Z'
    const heard = heardOf(
      [
        airing({ begin }),
        airing({ begin: '2026-01-22T22:30:06Z' }),
        airing({ begin: '2026-01-22T22:05:00Z', round: '口罩' }),
        airing({ begin: '2026-01-22T15:00:00Z', round: '太早' }),
        airing({ outcome: 'missed', round: '没响' }),
      ],
      now,
    )
    expect(heard.map((h) => h.round)).toEqual(['口罩', '防溺水'])
  })

  test('thinks of a village’s horn in its societies, and of one that is shared', () => {
    const village = terminal({ id: 'v', grid: '440605124200' })
    const shared = terminal({ id: 's', grid: '440605124201', shared: ['440605124200'] })
    const other = terminal({ id: 'o', grid: '440605124200102' })
    expect(hornsNear([terminal(), village, shared, other], '440605124200101').map((x) => x.id)).toEqual(['t', 'v', 's'])
  })
})

test('a quick word is added, and taken away again', () => {
  expect(toggledWord('', '太吵', ',')).toBe('太吵')
  expect(toggledWord('太吵', '太早', ',')).toBe('太吵,太早')
  expect(toggledWord('太吵,太早', '太吵', ',')).toBe('太早')
})

describe('putting a round at another time', () => {
  const once = { every: { minutes: 1, from: '06:30', to: '06:30' }, weekdays: [1, 2] }
  const window = { every: { minutes: 30, from: '06:00', to: '20:30' } }
  test.each([
    ['a single time', once, '06:30', '07:00', { timetable: { ...once, every: { minutes: 1, from: '07:00', to: '07:00' } }, how: 'moved' }],
    ['a window’s beginning', window, '06:30', '07:00', { timetable: { every: { minutes: 30, from: '07:00', to: '20:30' } }, how: 'begins' }],
    ['a window’s end', window, '20:30', '20:00', { timetable: { every: { minutes: 30, from: '06:00', to: '20:00' } }, how: 'ends' }],
    ['one of several times', { cron: '0 6,18 * * *' }, '06:00', '07:00', { timetable: { cron: '0 7,18 * * *' }, how: 'moved' }],
    ['one of several with other minutes', { cron: '30 6,18 * * *' }, '06:30', '07:00', null],
    ['what is not its time', once, '05:00', '07:00', null],
    ['a window past midnight', { every: { minutes: 30, from: '20:00', to: '01:00' } }, '00:30', '20:00', null],
    ['what only an expression says', { cron: '*/7 6 * * *' }, '06:07', '07:00', null],
  ])('of %s', (_name, timetable, start, instead, want) => expect(shifted(timetable, start, instead)).toEqual(want))

  test('reads times with and without seconds', () => expect([clockOf('06:30:00'), clockOf('6:30')]).toEqual(['06:30', '06:30']))
})

describe('a case', () => {
  test('knows what sounded from what did not', () => {
    expect(whole.findings.map(sounded)).toEqual([true, false])
  })

  test('says who can do what this person cannot', () => {
    const town = [finding({ owner_name: '九江镇' })]
    expect(barWords(remedy({ above: true, may_apply: false }), town, false)).toBe('这是九江镇的安排,请向九江镇反映。')
    expect(barWords(remedy({ above: true, may_apply: false, round: 'unknown' }), town, false)).toBe('这是上级的安排,请向上级反映。')
    expect(barWords(remedy({ may_apply: false }), town, false)).toBe('这一项您改不了,请找管理员。')
    expect(barWords(remedy(), town, false)).toBe('')
    expect(barWords(remedy({ above: true, may_apply: false }), town, true)).toBe('这是九江镇的安排,改了别处也跟着变。')
  })

  test('takes as its own, of what was done since it was written down, the changes of its rounds and what softened there', () => {
    expect(whole.since.map((c) => belongs(c, whole))).toEqual([true, false, true, false])
    expect(belongs(change(1, 'playlist', 'p1'), whole)).toBe(true)
    expect(belongs(change(1, 'limits', 'x'), whole)).toBe(false)
    expect(belongs({ ...change(1, 'round', 'r1'), at: complaint.created }, whole)).toBe(false)
    expect(belongs({ ...change(1, 'volume', 'v'), grid: '440605124201' }, whole)).toBe(false)
    expect(belongs({ ...change(1, 'round', 'r1'), act: 'made' }, whole)).toBe(false)
  })
})

const bodyOf = (requests: Request[], method: string, path: string) => requests.filter((r) => r.method === method && r.path === path).at(-1)?.body
const button = (wrapper: ReturnType<typeof mount>, words: string) => wrapper.findAll('button').find((b) => b.text() === words)!

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime('2026-01-23T01:00:00Z')
  signInAs({ may: [...session.may, 'complaint'] })
})

describe('writing one down', () => {
  async function open(answers: Record<string, unknown> = {}) {
    const requests = broadcaster({
      'GET /api/grids': { grids },
      'GET /api/terminals': { terminals: [terminal()] },
      'GET /api/airings': { airings: [airing({ begin: '2026-01-22T22:30:05Z' })], next: '' },
      'POST /api/complaints': whole,
      ...answers,
    })
    const router = await routerAt('/complaints/new')
    const wrapper = mount(NewComplaint, { global: { plugins: [router] } })
    await vi.advanceTimersByTimeAsync(0)
    return { wrapper, requests, router }
  }

  async function fill(wrapper: ReturnType<typeof mount>) {
    await wrapper.get('input[type=search]').setValue('老龄')
    await wrapper.get('input[type=checkbox]').setValue(true)
    await button(wrapper, '今早 7 点前后').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    await button(wrapper, '早上 6:30《防溺水》').trigger('click')
    await button(wrapper, '太吵').trigger('click')
  }

  test('takes five touches, and opens the case', async () => {
    const { wrapper, requests, router } = await open()
    await fill(wrapper)
    await wrapper.get('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
    expect(bodyOf(requests, 'POST', '/api/complaints')).toEqual({ grid: '440605124200101', at: '2026-01-22T22:30:00.000Z', words: '太吵' })
    expect(router.currentRoute.value.path).toBe('/complaints/c1')
    expect(useWritten().complaint).toBeNull()
  })

  test('loses nothing when there is no network, nor when another page is looked at', async () => {
    const { wrapper } = await open({ 'POST /api/complaints': () => Promise.reject(new TypeError('down')) })
    await fill(wrapper)
    await wrapper.get('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.get('[role=alert]').text()).toContain('您写的还在这里')
    wrapper.unmount()
    const again = await open()
    expect((again.wrapper.get('textarea').element as HTMLTextAreaElement).value).toBe('太吵')
    expect(again.wrapper.text()).toContain('上西村 / 老龄社')
  })

  test('does not take a time that has not come', async () => {
    const { wrapper } = await open()
    await wrapper.get('input[type=time]').setValue('23:00')
    expect(wrapper.text()).toContain('这个时间还没到。')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeDefined()
  })

  test('shows what the broadcaster says of a field', async () => {
    const { wrapper } = await open({ 'POST /api/complaints': problem(422, 'x', '写得不对。', [{ location: 'words', message: '太长了。' }]) })
    await fill(wrapper)
    await wrapper.get('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.text()).toContain('太长了。')
  })
})

describe('the case page', () => {
  async function open(c: Case = whole, answers: Record<string, unknown> = {}) {
    const requests = broadcaster({
      'GET /api/complaints/c1': () => c,
      'PUT /api/complaints/c1/reply': complaint,
      'PUT /api/complaints/c1/closed': complaint,
      'DELETE /api/complaints/c1/closed': complaint,
      'GET /api/grids': { grids },
      ...answers,
    })
    const router = await routerAt('/complaints/c1')
    const wrapper = mount(Page, { props: { id: 'c1' }, global: { plugins: [router] }, attachTo: document.body })
    await vi.advanceTimersByTimeAsync(0)
    return { wrapper, requests, router }
  }

  test('shows what sounded, what nobody knows yet, and what can be done by whom', async () => {
    const { wrapper } = await open()
    expect(wrapper.text()).toContain('6:30 老龄社 1 号喇叭播了《防溺水》。')
    expect(wrapper.text()).toContain('正是那时')
    expect(wrapper.text()).toContain('这些喇叭还没回报,响没响要等它们连上才知道:老龄社 2 号喇叭。')
    expect(['改时间', '调低音量', '去改节目单', '静音一阵'].map((words) => button(wrapper, words) !== undefined)).toEqual([true, true, false, true])
    expect(button(wrapper, '去改定时播'), 'for him whose plan it is').toBeDefined()
  })

  test('tells who may not change a plan whose it is', async () => {
    signInAs({ person: { ...session.person, grid: '440605124200101' } })
    const { wrapper } = await open()
    expect(wrapper.text()).toContain('这是上西村的安排,请向上西村反映。')
    expect(button(wrapper, '去改定时播')).toBeUndefined()
  })

  test('goes to quiet for the loudspeaker that sounded', async () => {
    const { wrapper, router } = await open()
    await button(wrapper, '静音一阵').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/quiet/now?terminal=t')
  })

  test('turns it down only after saying what that means', async () => {
    const { wrapper, requests } = await open(whole, { 'POST /api/volume': {} })
    await button(wrapper, '调低音量').trigger('click')
    await vi.advanceTimersByTimeAsync(500)
    const sheet = document.querySelector('[role=dialog]')!
    expect(sheet.textContent).toContain('每天 6:00 到 7:00,上西村 / 老龄社的喇叭从 80% 降到 60%')
    expect(bodyOf(requests, 'POST', '/api/volume')).toBeUndefined()
    sheet.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await vi.advanceTimersByTimeAsync(0)
    expect(bodyOf(requests, 'POST', '/api/volume')).toEqual({ grid: '440605124200101', from: '06:00', to: '07:00', percent: 60, cap: 60, floor: 0 })
  })

  test('moves a round only after showing what that would do, and leaves the rest of it alone', async () => {
    const round = {
      id: 'r1', name: '早间播报', playlist: 'p1', targets: ['440605124200'], timetable: { every: { minutes: 1, from: '06:30', to: '06:30' } },
      class: 'announcement', lateness_ms: 1_800_000, paused: false, mandatory: true, quota_starts: 2, spacing_ms: 60_000,
    }
    const { wrapper, requests } = await open(whole, {
      'GET /api/rounds': { rounds: [round] },
      'POST /api/rounds/check': { terminals: ['甲'], next: [], length_ms: 1, warnings: ['先锋社没有喇叭。'], late: { terminals: [], sentence: '' } },
      'POST /api/rounds/dry-run': { from: '2026-01-23', until: '2026-02-05', outcomes: [], unplanned: 0 },
      'PUT /api/rounds/r1': round,
    })
    await button(wrapper, '改时间').trigger('click')
    await vi.advanceTimersByTimeAsync(3_000)
    const sheet = document.querySelector('[role=dialog]')!
    expect(sheet.textContent).toContain('从 早上 6:30 改到 早上 7:00')
    expect(sheet.textContent).toContain('先锋社没有喇叭。')
    sheet.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await vi.advanceTimersByTimeAsync(0)
    expect(bodyOf(requests, 'PUT', '/api/rounds/r1')).toMatchObject({
      mandatory: true, quota_starts: 2, spacing_ms: 60_000, timetable: { every: { minutes: 1, from: '07:00', to: '07:00' } },
    })
  })

  test('keeps what was typed while the facts change, and when there is no network', async () => {
    let c = whole
    const { wrapper } = await open(whole, { 'GET /api/complaints/c1': () => c, 'PUT /api/complaints/c1/reply': () => Promise.reject(new TypeError('down')) })
    const reply = wrapper.get('textarea')
    expect((reply.element as HTMLTextAreaElement).value).toBe('您反映的情况查到了。')
    await reply.setValue('我改过的。')
    c = { ...whole, draft: '另一份。' }
    await button(wrapper, '存下回复').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.get('[role=alert]').text()).toContain('连不上服务器')
    expect((wrapper.get('textarea').element as HTMLTextAreaElement).value).toBe('我改过的。')
    await button(wrapper, '换回系统写的').trigger('click')
    expect((wrapper.get('textarea').element as HTMLTextAreaElement).value).toBe('您反映的情况查到了。')
  })

  test('closes with the changes that are ticked', async () => {
    const { wrapper, requests } = await open()
    const ticks = wrapper.findAll('input[type=checkbox]')
    expect(ticks.map((x) => (x.element as HTMLInputElement).checked)).toEqual([true, false, true, false])
    await ticks[2]!.setValue(false)
    await ticks[1]!.setValue(true)
    await wrapper.findAll('form').at(-1)!.trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.text()).toContain('请写一句怎么办的,点一下也行。')
    expect(bodyOf(requests, 'PUT', '/api/complaints/c1/closed')).toBeUndefined()
    await button(wrapper, '调低了音量').trigger('click')
    expect((wrapper.get('input[maxlength="500"]').element as HTMLInputElement).value).toBe('调低了音量')
    await wrapper.get('input[maxlength="500"]').setValue(' 改到 7:00 ')
    await wrapper.findAll('form').at(-1)!.trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
    expect(bodyOf(requests, 'PUT', '/api/complaints/c1/closed')).toEqual({ reply: '您反映的情况查到了。', outcome: '改到 7:00', changes: [9, 8] })
  })

  test('once closed tells how, and opens again', async () => {
    const closed: Case = {
      ...whole,
      complaint: { ...complaint, closed: '2026-01-23T00:58:00Z', closed_by: '关主任', reply: '改好了。', outcome: '改到 7:00' },
      closed_with: [change(9, 'round', 'r1')],
    }
    const { wrapper, requests } = await open(closed)
    for (const words of ['今天 8:58 由关主任办结。', '改好了。', '改到 7:00', '第 9 处改动。']) expect(wrapper.text()).toContain(words)
    expect(wrapper.find('textarea').exists()).toBe(false)
    await button(wrapper, '重新打开').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(requests.some((r) => r.method === 'DELETE')).toBe(true)
  })

  test('lets who may not answer only read', async () => {
    signInAs()
    const { wrapper } = await open()
    expect(wrapper.find('textarea').exists()).toBe(false)
  })
})

test('the list shows the open ones as such, and more when asked', async () => {
  const requests = broadcaster({
    'GET /api/complaints': (r: Request) =>
      r.path.includes('before=') ? { complaints: [{ ...complaint, id: 'c2', closed: '2026-01-23T00:58:00Z' }], next: '' } : { complaints: [complaint], next: 'c1' },
  })
  const wrapper = mount(List, { global: { plugins: [await routerAt('/complaints')] } })
  await vi.advanceTimersByTimeAsync(0)
  expect(wrapper.findAll('.mark').map((m) => m.text())).toEqual(['在办'])
  expect(wrapper.text()).toContain('上西村 / 老龄社,今天 6:30')
  await button(wrapper, '再看一些').trigger('click')
  await vi.advanceTimersByTimeAsync(0)
  expect(wrapper.findAll('.mark').map((m) => m.text())).toEqual(['在办', '已办结'])
  expect(requests.at(-1)!.path).toBe('/api/complaints?before=c1')
})
