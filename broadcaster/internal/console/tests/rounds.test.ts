import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import type { Cancellation, Round } from '@/api/schema'
import Rounds from '@/pages/Rounds.vue'
import { makeRouter } from '@/router'
import { calledOff, matching, nextOf, sectionsOf } from '@/rounds/list'
import { useRemoval } from '@/state/removal'
import { useSession } from '@/state/session'
import { broadcaster, problem, round, signInAs } from './town'

const now = new Date('2026-01-23T01:00:00Z')
const today = '2026-01-23T07:30:00Z'
const tomorrow = '2026-01-24T07:30:00Z'

function off(change: Partial<Cancellation> = {}): Cancellation {
  return { round: 'r1', round_name: '防溺水', due: today, terminal: '', by: '关主任', at: now.toISOString(), may_edit: true, ...change }
}

describe('a list of rounds', () => {
  test.each([
    ['a name', '溺', ['r1']],
    ['a playlist', '早间', ['r1', 'r2']],
    ['a place', '儒林', ['r2']],
    ['nothing', ' ', ['r1', 'r2']],
    ['what there is not', '台风', []],
  ])('is searched for %s', (_name, text, want) => {
    const rounds = [round(), round({ id: 'r2', name: '防火', target_names: ['儒林社区'] })]
    expect(matching(rounds, text).map((r) => r.id)).toEqual(want)
  })

  test('keeps apart what fires once, and what is over', () => {
    const rounds = [round(), round({ id: 'b', once: true, next: [tomorrow] }), round({ id: 'a', once: true }), round({ id: 'o', once: true, over: true, next: [] })]
    const { standing, once, over } = sectionsOf(rounds)
    expect([standing, once, over].map((s) => s.map((r) => r.id))).toEqual([['r1'], ['a', 'b'], ['o']])
  })

  test('skips the firing that was called off, but not what one loudspeaker leaves out', () => {
    const r = round({ next: [today, tomorrow] })
    expect(nextOf(r, [off()])).toEqual(new Date(tomorrow))
    expect(nextOf(r, [off({ terminal: 't' })])).toEqual(new Date(today))
    expect(nextOf(r, [off(), off({ due: tomorrow })])).toBeUndefined()
  })

  test('shows what was called off ahead, of that round, the next first', () => {
    const all = [off({ due: tomorrow }), off(), off({ round: 'r2' }), off({ due: '2026-01-23T00:30:00Z' })]
    expect(calledOff(round(), all, now).map((c) => c.due)).toEqual([today, tomorrow])
  })
})

describe('the page of rounds', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.setSystemTime(now)
    signInAs()
  })

  async function open(rounds: Round[], answers: Record<string, unknown> = {}) {
    const requests = broadcaster({
      'GET /api/session': useSession().session,
      'GET /api/rounds': { rounds },
      'GET /api/cancellations': { cancellations: [] },
      'GET /api/rounds/r1/late': { terminals: [], sentence: '' },
      'PUT /api/rounds/r1/paused': round({ paused: true }),
      'POST /api/rounds/r1/cancellations': null,
      ...answers,
    })
    await useSession().load()
    const router = makeRouter(createMemoryHistory())
    await router.push('/rounds')
    const wrapper = mount(Rounds, { global: { plugins: [router] }, attachTo: document.body })
    await flushPromises()
    return { wrapper, requests, router }
  }
  const button = (wrapper: VueWrapper, text: string) => wrapper.findAll('button').find((b) => b.text().includes(text))!
  const texts = (wrapper: VueWrapper) => wrapper.findAll('button').map((b) => b.text())
  const sent = (requests: { method: string; path: string; body: unknown }[], method: string) => requests.filter((r) => r.method === method)

  test('pauses at once when everybody can be told', async () => {
    const { wrapper, requests } = await open([round()])
    await button(wrapper, '暂停').trigger('click')
    await flushPromises()
    expect(sent(requests, 'PUT')).toEqual([{ method: 'PUT', path: '/api/rounds/r1/paused', body: { paused: true } }])
  })

  test('asks before it cuts what sounds', async () => {
    const { wrapper, requests } = await open([round()], { 'GET /api/day': { sounding: [{ round: '防溺水' }] } })
    await button(wrapper, '暂停').trigger('click')
    await flushPromises()
    expect(sent(requests, 'PUT')).toEqual([])
    expect(document.body.textContent).toContain('正在响,暂停会马上停。')
    ;[...document.querySelectorAll('button')].find((b) => b.textContent?.includes('现在停'))!.click()
    await flushPromises()
    expect(sent(requests, 'PUT')).toHaveLength(1)
  })

  test('asks first when some cannot be told in time, and names them', async () => {
    const late = { terminals: ['先锋社 2 号'], sentence: '有 1 个喇叭没连上,8:00 还是会播。' }
    const { wrapper, requests } = await open([round()], { 'GET /api/rounds/r1/late': late })
    await button(wrapper, '暂停').trigger('click')
    await flushPromises()
    expect(sent(requests, 'PUT')).toEqual([])
    expect(document.body.textContent).toContain('有 1 个喇叭没连上,8:00 还是会播。')
    expect(document.body.textContent).toContain('先锋社 2 号')
    const go = [...document.querySelectorAll('button')].find((b) => b.textContent?.includes('仍然暂停'))!
    go.click()
    await flushPromises()
    expect(sent(requests, 'PUT')).toHaveLength(1)
  })

  test('resumes without asking', async () => {
    const { wrapper, requests } = await open([round({ paused: true, next: [] })])
    expect(wrapper.text()).toContain('已暂停,到点不播')
    await button(wrapper, '恢复').trigger('click')
    await flushPromises()
    expect(requests.some((r) => r.path.endsWith('/late'))).toBe(false)
    expect(sent(requests, 'PUT')[0]?.body).toEqual({ paused: false })
  })

  test('calls the next firing off, and lists it with the way back', async () => {
    let cancellations: Cancellation[] = []
    const { wrapper, requests } = await open([round({ next: [today, tomorrow] })], {
      'GET /api/cancellations': () => ({ cancellations }),
      'DELETE /api/rounds/r1/cancellations': () => {
        cancellations = []
        return null
      },
    })
    await button(wrapper, '更多').trigger('click')
    cancellations = [off()]
    await button(wrapper, '取消 今天 15:30 这次').trigger('click')
    await flushPromises()
    expect(sent(requests, 'POST')).toEqual([{ method: 'POST', path: '/api/rounds/r1/cancellations', body: { due: '2026-01-23T07:30:00.000Z' } }])
    expect(wrapper.text()).toContain('今天 15:30 这次已取消(关主任)')
    expect(wrapper.text()).toContain('下一次:明天 15:30')
    await button(wrapper, '恢复这次').trigger('click')
    await flushPromises()
    expect(sent(requests, 'DELETE')[0]?.path).toBe('/api/rounds/r1/cancellations?due=2026-01-23T07%3A30%3A00Z')
    expect(wrapper.text()).toContain('下一次:今天 15:30')
  })

  test('copies, and opens the copy', async () => {
    const { wrapper, requests, router } = await open([round({ name: '长'.repeat(80) })], { 'POST /api/rounds/r1/copy': round({ id: 'r2' }) })
    await button(wrapper, '更多').trigger('click')
    await button(wrapper, '复制').trigger('click')
    await flushPromises()
    expect(sent(requests, 'POST')[0]?.body).toEqual({ name: '长'.repeat(80) })
    await vi.waitUntil(() => router.currentRoute.value.path === '/rounds/r2', { timeout: 10_000 })
  })

  test('plays once more when the person says', async () => {
    const { wrapper, requests } = await open([round()], { 'POST /api/rounds/r1/repeat': round({ id: 'r3', once: true }) })
    await button(wrapper, '更多').trigger('click')
    await button(wrapper, '再播一遍').trigger('click')
    await flushPromises()
    const press = (text: string) => [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')].find((b) => b.textContent?.includes(text))!.click()
    // It is nine in the morning.
    expect([...document.querySelectorAll<HTMLButtonElement>('[role=dialog] .choice button')].filter((b) => b.disabled).map((b) => b.textContent)).toEqual(['早 7:00'])
    press('明天')
    await flushPromises()
    press('早 7:00')
    await flushPromises()
    document.querySelector<HTMLFormElement>('[role=dialog] form')!.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(sent(requests, 'POST')[0]?.body).toEqual({ at: '2026-01-23T23:00:00.000Z' })
  })

  test('removes with a way back', async () => {
    const { wrapper, requests } = await open([round()])
    await button(wrapper, '更多').trigger('click')
    await button(wrapper, '删除').trigger('click')
    await flushPromises()
    expect(useRemoval().offered?.words).toBe('已删除“防溺水”')
    expect(wrapper.find('li').exists()).toBe(false)
    useRemoval().undo()
    await flushPromises()
    expect(wrapper.text()).toContain('防溺水')
    expect(sent(requests, 'DELETE')).toEqual([])
  })

  test('says why something could not be done', async () => {
    const { wrapper } = await open([round()], { 'GET /api/rounds/r1/late': () => problem(404, 'round_unknown', '没有这个定时播。') })
    await button(wrapper, '暂停').trigger('click')
    await flushPromises()
    expect(document.body.textContent).toContain('没有这个定时播。')
  })

  test('offers to who may not change a round what he may do', async () => {
    const { wrapper } = await open([round({ may_edit: false })])
    expect(texts(wrapper)).not.toContain('暂停')
    expect(texts(wrapper)).toContain('再播一遍')
    await button(wrapper, '更多').trigger('click')
    expect(texts(wrapper)).toEqual(expect.arrayContaining(['复制', '改动记录']))
    expect(texts(wrapper)).not.toContain('删除')
  })

  test('can be searched when it is long, and hides what is over', async () => {
    const many = Array.from({ length: 11 }, (_, i) => round({ id: `r${i}`, name: `第 ${i} 号` }))
    const { wrapper } = await open([...many, round({ id: 'o', name: '昨天的', once: true, over: true, next: [] })])
    expect(wrapper.text()).not.toContain('昨天的')
    expect(wrapper.text()).toContain('已经播完的(1)')
    await wrapper.get('input[type=search]').setValue('10')
    expect(wrapper.findAll('h2').map((h) => h.text())).toEqual(['第 10 号'])
    await wrapper.get('input[type=search]').setValue('台风')
    expect(wrapper.text()).toContain('没找到')
  })
})
