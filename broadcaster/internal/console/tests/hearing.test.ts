import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Asked, Repair, RingTest } from '@/api/schema'
import Waiting from '@/day/Waiting.vue'
import HeardCard from '@/hearing/HeardCard.vue'
import { heardWords } from '@/hearing/words'
import Repairs from '@/pages/Repairs.vue'
import RingTestPage from '@/pages/RingTest.vue'
import TerminalCard from '@/terminals/TerminalCard.vue'
import { button, dialog, open, press, sent, settle } from './pages'
import { problem, routerAt, session, signInAs, terminal, zone } from './town'

const now = new Date('2026-01-22T23:00:00Z')

function asked(change: Partial<Asked> = {}): Asked {
  return {
    airing: 'a1',
    terminal: 't',
    terminal_name: '1 号喇叭',
    grid_path: '上西村 / 老龄社',
    round: '试响',
    begin: '2026-01-22T22:58:00Z',
    sounding: false,
    ...change,
  }
}

function ring(change: Partial<RingTest> = {}): RingTest {
  return {
    on: true,
    weekday: 3,
    at: '10:00',
    by: '关主任',
    next: '2026-01-28T02:00:00Z',
    may_edit: true,
    places: [
      { grid: '440605124', grid_path: '九江镇', level: 0, terminals: 0, says: '试响:九江镇', clip: '', clip_title: '', from: '', may_edit: true },
      { grid: '440605124200', grid_path: '上西村', level: 1, terminals: 1, says: '试响:上西村', clip: 'c1', clip_title: '上西村', from: '上西村', may_edit: true },
      { grid: '440605124200101', grid_path: '上西村 / 老龄社', level: 2, terminals: 2, says: '试响:上西村老龄社', clip: '', clip_title: '', from: '上西村', may_edit: true },
    ],
    ...change,
  }
}

function repair(change: Partial<Repair> = {}): Repair {
  return {
    id: 'r1',
    terminal: 't',
    terminal_name: '1 号喇叭',
    grid_path: '上西村 / 老龄社',
    by: '李四',
    opened: '2026-01-22T22:59:00Z',
    reports: [{ by: '李四', round: '试响', due: '2026-01-22T22:58:00Z', note: '一点声音都没有', at: '2026-01-22T22:59:00Z', heard: false }],
    heard_by: '',
    done_by: '',
    outcome: '',
    may_end: true,
    ...change,
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(now)
  signInAs()
})
afterEach(() => (document.body.innerHTML = ''))

describe('who is near', () => {
  test('may say that he heard it, and thinks better of it within the hour', async () => {
    let answer: Asked['answer']
    const { wrapper, requests } = await open(HeardCard, '/', {
      'GET /api/heard': () => ({ asked: [asked({ answer })] }),
      'PUT /api/airings/a1/heard': () => (answer = { heard: true, note: '', at: now.toISOString(), until: '2026-01-23T00:00:00Z', task: '' }),
    })
    expect(wrapper.text()).toContain('答不答随您')
    expect(wrapper.text()).toContain('上西村 / 老龄社:1 号喇叭,今天 6:58 播了《试响》。')
    await press('听到了')
    expect(sent(requests, 'PUT')).toEqual([['/api/airings/a1/heard', { terminal: 't', heard: true, note: '' }]])
    expect(wrapper.text()).toContain('已记下,谢谢。')
    await press('改一下(8:00 前)')
    expect(button('没听到')).toBeTruthy()
  })

  test('is told that the electrician knows, and may add a line', async () => {
    let answer: Asked['answer']
    const { wrapper, requests } = await open(HeardCard, '/', {
      'GET /api/heard': () => ({ asked: [asked({ answer })] }),
      'PUT /api/airings/a1/heard': () => (answer = { heard: false, note: '', at: now.toISOString(), until: '2026-01-23T00:00:00Z', task: 'r1' }),
    })
    await press('没听到')
    expect(wrapper.text()).toContain('请电工去看')
    await wrapper.get('input').setValue('一点声音都没有')
    await wrapper.get('form').trigger('submit')
    await settle()
    expect(sent(requests, 'PUT')[1]).toEqual(['/api/airings/a1/heard', { terminal: 't', heard: false, note: '一点声音都没有' }])
  })

  test('is not asked where nothing sounded', async () => {
    const { wrapper } = await open(HeardCard, '/', { 'GET /api/heard': { asked: [] } })
    expect(wrapper.text()).toBe('')
  })

  test('sees three horns, the others behind a touch', async () => {
    const many = ['1', '2', '3', '4', '5'].map((n) => asked({ airing: n, terminal: n, terminal_name: `${n} 号喇叭` }))
    const { wrapper } = await open(HeardCard, '/', { 'GET /api/heard': { asked: many } })
    expect(wrapper.text()).not.toContain('4 号喇叭')
    await press('另外 2 个喇叭')
    expect(wrapper.text()).toContain('5 号喇叭')
  })
})

describe('a horn', () => {
  test('that nobody has heard for long is not verified', async () => {
    const at = (change: Parameters<typeof terminal>[0]) => mountCard(change)
    expect((await at({ verified: 'no' })).text()).toContain('未核实')
    expect((await at({ verified: 'yes' })).text()).not.toContain('未核实')
    expect((await at({ verified: 'no', enrolment: 'waiting' })).text()).not.toContain('未核实')
  })

  async function mountCard(change: Parameters<typeof terminal>[0]) {
    return mount(TerminalCard, { props: { terminal: terminal(change) }, global: { plugins: [await routerAt('/terminals')] } })
  }

  test('was heard by a person, by a microphone, or never', () => {
    expect(heardWords(terminal(), now, zone)).toBe('李四 今天 6:40 听到了(20 分钟前)。')
    expect(heardWords(terminal({ heard_how: 'microphone', heard_by: '' }), now, zone)).toBe('今天 6:40 拾音核实(20 分钟前)。')
    expect(heardWords(terminal({ heard_at: undefined }), now, zone)).toBe('还没有人说听到过。')
  })
})

describe('the ring test', () => {
  test('says when it is and what each place says', async () => {
    const { wrapper } = await open(RingTestPage, '/ring-test', { 'GET /api/ring-test': ring() })
    expect(wrapper.text()).toContain('每周三 10:00 试响')
    expect(wrapper.text()).toContain('报“上西村”')
    expect(wrapper.text()).toContain('报上西村的地名')
    expect(wrapper.text()).toContain('不报地名')
  })

  test('is set by an administrator', async () => {
    const { requests } = await open(RingTestPage, '/ring-test', {
      'GET /api/ring-test': ring({ on: false, weekday: 0, at: '', next: undefined }),
      'PUT /api/ring-test': problem(422, 'ring_test_out_of_hours', '试响只能定在白天。', [{ location: 'at', message: '太早了。' }]),
    })
    await press('定试响时间')
    await press('保存')
    expect(sent(requests, 'PUT')).toEqual([['/api/ring-test', { weekday: 3, at: '10:00' }]])
    expect(dialog()).toContain('太早了。')
  })

  test('is for others to set', async () => {
    const { wrapper } = await open(RingTestPage, '/ring-test', { 'GET /api/ring-test': ring({ on: false, may_edit: false }) })
    expect(wrapper.text()).toContain('由镇里的管理员来定')
    expect(button('定试响时间')).toBeUndefined()
  })

  test('takes a short recording as the name of a place', async () => {
    const clip = { digest: 'c2', title: '老龄社', dialect: 'yue', duration_ms: 2_000, built_in: false }
    const { requests } = await open(RingTestPage, '/ring-test', {
      'GET /api/ring-test': ring(),
      'GET /api/clips': { clips: [clip, { ...clip, digest: 'c3', title: '很长', duration_ms: 11_000 }] },
      'PUT /api/ring-test/places/440605124200101': ring(),
    })
    await press('上西村 / 老龄社的地名录音')
    expect(dialog()).not.toContain('很长')
    const choice = document.querySelector<HTMLSelectElement>('[role=dialog] select')!
    choice.value = 'c2'
    choice.dispatchEvent(new Event('change'))
    await press('保存')
    expect(sent(requests, 'PUT')).toEqual([['/api/ring-test/places/440605124200101', { clip: 'c2' }]])
  })

  test('is heard anew once a place says another name', async () => {
    let places = ring().places
    const named = (clip: string) => (places = places.map((p) => (p.level === 1 ? { ...p, clip } : p)))
    const { wrapper } = await open(RingTestPage, '/ring-test', {
      'GET /api/ring-test': () => ring({ places }),
      'GET /api/clips': { clips: [] },
      'DELETE /api/ring-test/places/440605124200': () => named(''),
    })
    await press('试听 上西村 / 老龄社 的试响')
    expect(wrapper.findAll('audio')).toHaveLength(1)
    await press('上西村的地名录音')
    const choice = document.querySelector<HTMLSelectElement>('[role=dialog] select')!
    choice.value = ''
    choice.dispatchEvent(new Event('change'))
    await press('保存')
    expect(wrapper.findAll('audio')).toHaveLength(0)
  })
})

describe('a repair', () => {
  test('says who did not hear what, that it was heard since, and is ended with a line', async () => {
    const { wrapper, requests } = await open(Repairs, '/repairs', {
      'GET /api/repairs': { repairs: [repair({ heard_at: '2026-01-22T22:59:30Z', heard_by: '张三' })] },
      'PUT /api/repairs/r1/done': repair({ done: now.toISOString() }),
    })
    expect(wrapper.text()).toContain('李四没听到 今天 6:58 的《试响》。')
    expect(wrapper.text()).toContain('“一点声音都没有”')
    expect(wrapper.text()).toContain('之后 张三 今天 6:59 说听到了。')
    expect(button('办好了').hasAttribute('disabled')).toBe(true)
    await wrapper.get('input').setValue('换了保险丝')
    await wrapper.get('form').trigger('submit')
    await settle()
    expect(sent(requests, 'PUT')).toEqual([['/api/repairs/r1/done', { outcome: '换了保险丝' }]])
  })

  test('that somebody reported again after it was seen to still says who opened it', async () => {
    const { wrapper } = await open(Repairs, '/repairs', { 'GET /api/repairs': { repairs: [repair({ by: '李四', reports: [] })] } })
    expect(wrapper.text()).toContain('李四 今天')
    expect(wrapper.text()).toContain('说没听到。')
  })

  test('waits on the home page, beside the offer of a ring test', async () => {
    signInAs({ may: [...session.may, 'repair'] })
    const props = { terminals: [terminal()], repairs: 2, ring: ring({ on: false }) }
    const wrapper = mount(Waiting, { props, global: { plugins: [await routerAt('/')] } })
    expect(wrapper.text()).toContain('2 个喇叭有人说没听到')
    expect(wrapper.text()).toContain('要不要每周白天试响一次')
  })
})
