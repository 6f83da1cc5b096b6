import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { TemporaryQuiet } from '@/api/schema'
import Silence from '@/pages/Silence.vue'
import { chosenAt, longest, mistakeOf, presets, spanOf, spanOfChosen } from '@/silence/span'
import SilenceList from '@/silence/SilenceList.vue'
import { endWords, fewWords, silencedBy, spanWords, standingOf } from '@/silence/words'
import { useTakeback } from '@/state/takeback'
import { broadcaster, grids, problem, routerAt, signInAs, terminal, zone } from './town'

const now = new Date('2026-01-23T01:00:00Z') // 9:00 in the town

describe('how long it is to be quiet', () => {
  test.each([
    ['hours', '2026-01-23T01:00:00Z', '2026-01-23T03:00:00Z'],
    ['tonight', '2026-01-23T01:00:00Z', '2026-01-23T14:00:00Z'],
    ['tomorrow', '2026-01-23T16:00:00Z', '2026-01-24T16:00:00Z'],
    ['days', '2026-01-23T01:00:00Z', '2026-01-26T01:00:00Z'],
  ] as const)('%s is from %s to %s', (preset, begin, end) => {
    const span = spanOf(preset, now, zone)!
    expect([span.begin, span.end]).toEqual([new Date(begin), new Date(end)])
    expect(mistakeOf(span)).toBeNull()
  })

  test('does not offer tonight when the night is near', () => {
    expect(presets(now, zone)).toContain('tonight')
    expect(presets(new Date('2026-01-23T13:10:00Z'), zone)).not.toContain('tonight')
    expect(presets(new Date('2026-01-22T16:07:00Z'), zone)).toContain('tonight')
  })

  test('begins with the coming hour when it is chosen by hand, also before midnight', () => {
    expect(chosenAt(new Date('2026-01-23T14:20:00Z'), zone)).toEqual({ fromDay: '2026-01-23', fromTime: '23:00', toDay: '2026-01-24', toTime: '01:00' })
  })

  const chosen = { fromDay: '2026-01-23', fromTime: '10:00', toDay: '2026-01-23', toTime: '12:00' }
  test.each([
    ['is fine', chosen, null],
    ['has no end', { ...chosen, toTime: '' }, 'silence.noTime'],
    ['ends before it begins', { ...chosen, toTime: '09:30' }, 'silence.backwards'],
    ['is of 72 hours', { ...chosen, toDay: '2026-01-26', toTime: '10:00' }, null],
    ['is longer than 72 hours', { ...chosen, toDay: '2026-01-26', toTime: '10:01' }, 'silence.tooLong'],
    ['begins in the past, which is now', { ...chosen, fromTime: '06:00' }, null],
    ['lies in the past', { ...chosen, fromTime: '06:00', toTime: '07:00' }, 'silence.backwards'],
  ])('that %s is answered', (_name, c, want) => expect(mistakeOf(spanOfChosen(c, now, zone))).toBe(want))

  test('counts 72 hours from now, not from a beginning that has passed', () => {
    const span = spanOfChosen({ fromDay: '2026-01-20', fromTime: '09:00', toDay: '2026-01-26', toTime: '09:00' }, now, zone)!
    expect(span.end.getTime() - span.begin.getTime()).toBe(longest)
  })
})

describe('a silence in words', () => {
  test('calls the end of a day by that day', () => {
    expect(endWords(new Date('2026-01-24T16:00:00Z'), now, zone)).toBe('明天 24:00')
    expect(spanWords(spanOf('tomorrow', now, zone)!, now, zone)).toBe('明天 0:00 到 24:00')
    expect(spanWords(spanOf('hours', now, zone)!, now, zone)).toBe('现在到今天 11:00')
  })

  test.each([
    ['2026-01-23T00:00:00Z', '2026-01-23T02:00:00Z', 'now'],
    ['2026-01-23T01:00:00Z', '2026-01-23T02:00:00Z', 'now'],
    ['2026-01-23T01:01:00Z', '2026-01-23T02:00:00Z', 'coming'],
    ['2026-01-22T00:00:00Z', '2026-01-23T01:00:00Z', 'over'],
  ])('from %s to %s is %s', (begin, end, want) => expect(standingOf({ begin, end, ended_by: '' }, now)).toBe(want))

  test('names only those below the grid that are installed', () => {
    const here = terminal({ id: 'a' })
    const all = [here, terminal({ id: 'b', enrolment: 'waiting' }), terminal({ id: 'c', grid: '440605124201' })]
    expect(silencedBy(all, { grid: '440605124200' })).toEqual([here])
    expect(silencedBy(all, { grid: '440605124', terminal: 'c' }).map((x) => x.id)).toEqual(['c'])
  })

  test('does not read out a hundred names', () => expect(fewWords(['一', '二', '三', '四', '五', '六'])).toBe('一、二、三、四、还有 2 个'))
})

const may = ['see_grid', 'order_quiet']
const terminals = [terminal({ id: 'a' }), terminal({ id: 'b', name: '先锋社喇叭', grid: '440605124200102', connected: false })]

describe('temporary quiet', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime(now)
    signInAs({ may })
  })

  async function order(answers: Record<string, unknown> = {}) {
    const requests = broadcaster({
      'GET /api/grids': { grids },
      'GET /api/terminals': { terminals },
      'POST /api/temporary-quiet': { id: 'q' },
      'DELETE /api/temporary-quiet/q': null,
      ...answers,
    })
    const router = await routerAt('/quiet/now')
    const wrapper = mount(Silence, { global: { plugins: [router] } })
    await vi.advanceTimersByTimeAsync(0)
    const touch = async (text: string) => {
      await wrapper.findAll('button').find((b) => b.text().startsWith(text))!.trigger('click')
      await flushPromises()
    }
    return { wrapper, requests, touch }
  }

  test('takes three touches, and the last one says what falls silent until when', async () => {
    const { wrapper, requests, touch } = await order()
    await touch('丧事')
    expect(wrapper.get('button[type=submit]').attributes('disabled')).toBeDefined()
    await touch('2 小时')
    expect(wrapper.get('button[type=submit]').text()).toBe('九江镇的 2 个喇叭静音:现在到今天 11:00')
    expect(wrapper.text()).toContain('1 个没连上:先锋社喇叭。它们收不到')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(requests.find((r) => r.method === 'POST')?.body).toEqual({
      grid: '440605124',
      reason: 'funeral',
      note: '',
      begin: '2026-01-23T01:00:00.000Z',
      end: '2026-01-23T03:00:00.000Z',
    })
  })

  test('can be taken back afterwards', async () => {
    const { wrapper, requests, touch } = await order()
    await touch('考试')
    await touch('明天一整天')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(useTakeback().offered?.words).toBe('定好了,九江镇的 2 个喇叭静音:明天 0:00 到 24:00')
    await useTakeback().undo()
    expect(requests.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/temporary-quiet/q' })
  })

  test('of one loudspeaker names it', async () => {
    const { wrapper, touch } = await order()
    await touch('换地方')
    await wrapper.findAll('select').at(-1)!.setValue('b')
    await touch('病人')
    await touch('到今晚')
    expect(wrapper.get('button[type=submit]').text()).toBe('先锋社喇叭静音:现在到今天 22:00')
  })

  test('that is refused says why, and stays', async () => {
    const { wrapper, touch } = await order({ 'POST /api/temporary-quiet': () => problem(422, 'quiet_too_long', '最多 72 小时。') })
    await touch('其他')
    await touch('三天')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.get('[role=alert]').text()).toBe('最多 72 小时。')
  })

  test('is not offered to who may not order it', async () => {
    signInAs({ may: ['see_grid'] })
    const { wrapper } = await order()
    expect(wrapper.find('form').exists()).toBe(false)
    expect(wrapper.text()).toContain('请找网格长或管理员')
  })
})

describe('the list of temporary quiet', () => {
  const quiet: TemporaryQuiet = {
    id: 'q',
    grid: '440605124200',
    grid_name: '上西村',
    terminal: '',
    terminal_name: '',
    reason: 'funeral',
    note: '三巷李家',
    begin: '2026-01-23T00:00:00Z',
    end: '2026-01-23T04:00:00Z',
    by: '关主任',
    created: '2026-01-23T00:00:00Z',
    ended_by: '',
    may_end: true,
  }

  async function list(all: TemporaryQuiet[]) {
    vi.useFakeTimers()
    vi.setSystemTime(now)
    signInAs({ may })
    broadcaster({ 'GET /api/temporary-quiet': { quiet: all }, 'GET /api/terminals': { terminals } })
    const wrapper = mount(SilenceList)
    await vi.advanceTimersByTimeAsync(0)
    return wrapper
  }

  test('says what is silent until when and who has not heard of it', async () => {
    const wrapper = await list([quiet])
    expect(wrapper.text()).toContain('上西村:丧事')
    expect(wrapper.text()).toContain('现在到今天 12:00')
    expect(wrapper.text()).toContain('1 个没连上:先锋社喇叭')
    expect(wrapper.get('button').text()).toBe('现在就结束')
  })

  test('has no end for who may not end it', async () => {
    expect((await list([{ ...quiet, may_end: false }])).find('button').exists()).toBe(false)
  })

  test('counts what was called off before it began among what is over', async () => {
    const begin = '2026-01-24T00:00:00Z'
    const wrapper = await list([{ ...quiet, begin, end: begin, ended_by: '陈书记' }])
    expect(wrapper.text()).toContain('现在没有临时静音。')
    await wrapper.get('button').trigger('click')
    expect(wrapper.text()).toContain('没开始就由陈书记取消了')
  })

  test('folds away what is over, and says who ended it', async () => {
    const wrapper = await list([{ ...quiet, end: '2026-01-23T00:30:00Z', ended_by: '陈书记', may_end: false }])
    expect(wrapper.text()).toContain('现在没有临时静音。')
    await wrapper.get('button').trigger('click')
    expect(wrapper.text()).toContain('陈书记提前结束')
  })
})
