import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '@/App.vue'
import { makeRouter } from '@/router'
import { broadcaster, grids, problem, session } from './town'

/** A stream that breaks when told. */
class Stream extends EventTarget {
  static last: Stream
  onerror: (() => void) | null = null
  constructor() {
    super()
    Stream.last = this
  }
  close() {}
}

/** Waits, also on a busy machine. */
function until(holds: () => Promise<boolean>) {
  return vi.waitUntil(holds, { timeout: 10_000 })
}

async function openAt(path: string, answers: Record<string, unknown>) {
  const requests = broadcaster({ 'GET /api/grids': { grids }, ...answers })
  const pinia = createPinia()
  setActivePinia(pinia)
  const history = createMemoryHistory()
  history.replace(path)
  const router = makeRouter(history)
  const wrapper = mount(App, { global: { plugins: [pinia, router] } })
  await until(async () => (await flushPromises(), wrapper.find('h1').exists() || wrapper.find('[role=alert]').exists()))
  return { wrapper, router, requests }
}

const nobody = () => problem(401, 'sign_in_first', '请先登录。')

describe('the console', () => {
  beforeEach(() => {
    vi.stubGlobal('EventSource', Stream)
    window.scrollTo = () => {}
  })

  test('asks nobody to come in first, and then goes where he wanted', async () => {
    const { wrapper, router, requests } = await openAt('/me', { 'GET /api/session': nobody, 'POST /api/session': session })
    expect(router.currentRoute.value.fullPath).toBe('/sign-in?next=/me')
    const [name, password] = wrapper.findAll('input')
    await name!.setValue(' guan ')
    await password!.setValue('secret')
    await wrapper.get('form').trigger('submit')
    await until(async () => (await flushPromises(), router.currentRoute.value.path === '/me'))
    expect(requests.find((r) => r.method === 'POST')?.body).toEqual({ name: 'guan', password: 'secret' })
    expect(wrapper.text()).toContain('管理员,管九江镇')
  })

  test.each(['//elsewhere.example', 'https://elsewhere.example', '/sign-in'])('does not follow a link to %s out of itself', async (next) => {
    const { wrapper, router } = await openAt(`/sign-in?next=${encodeURIComponent(next)}`, {
      'GET /api/session': nobody,
      'POST /api/session': session,
    })
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    await until(async () => (await flushPromises(), router.currentRoute.value.fullPath === '/'))
  })

  test('says at the start that it cannot reach the server, and tries again', async () => {
    let up = false
    const { wrapper } = await openAt('/me', { 'GET /api/session': () => (up ? session : Promise.reject(new TypeError('down'))) })
    expect(wrapper.text()).toContain('连不上服务器')
    up = true
    await wrapper.get('button').trigger('click')
    await until(async () => (await flushPromises(), wrapper.text().includes('关主任')))
  })

  test('says when the line breaks, and who is no longer signed in comes to the door', async () => {
    let known = true
    const { wrapper, router } = await openAt('/me', { 'GET /api/session': () => (known ? session : nobody()) })
    Stream.last.dispatchEvent(new Event('hello'))
    await flushPromises()
    expect(wrapper.text()).not.toContain('连不上服务器')
    Stream.last.onerror?.()
    await flushPromises()
    expect(wrapper.text()).toContain('连不上服务器')
    known = false
    Stream.last.onerror?.()
    await until(async () => (await flushPromises(), router.currentRoute.value.path === '/sign-in'))
  })

  test('says so at once when the device loses its network', async () => {
    const { wrapper } = await openAt('/me', { 'GET /api/session': session })
    Stream.last.dispatchEvent(new Event('hello'))
    window.dispatchEvent(new Event('offline'))
    await flushPromises()
    expect(wrapper.text()).toContain('连不上服务器')
    wrapper.unmount()
  })

  test('says when a page could not be fetched, and fetches it again', async () => {
    const { wrapper, router } = await openAt('/me', { 'GET /api/session': session })
    let up = false
    router.addRoute({ path: '/far', component: () => (up ? Promise.resolve({ render: () => '远处' }) : Promise.reject(new TypeError('no network'))) })
    await router.push('/far').catch(() => {})
    await flushPromises()
    expect(wrapper.text()).toContain('页面没有取到,看看网络,再点一次。')
    up = true
    await wrapper.findAll('button').find((b) => b.text() === '再点一次')!.trigger('click')
    await until(async () => (await flushPromises(), wrapper.text().includes('远处')))
    expect(wrapper.text()).not.toContain('页面没有取到')
  })

  test('shows what everybody should know on every page', async () => {
    const { wrapper } = await openAt('/me', { 'GET /api/session': { ...session, notices: ['全镇夜里的静音解除了。'] } })
    expect(wrapper.text()).toContain('全镇夜里的静音解除了。')
  })

  test('shows the places that a person may go to, and no others', async () => {
    const { wrapper } = await openAt('/more', { 'GET /api/session': { ...session, may: ['see_grid'] } })
    expect(wrapper.text()).toContain('静音时段')
    expect(wrapper.text()).not.toContain('人员')
  })

  test('offers the end of quiet hours to an administrator, and not to an official', async () => {
    const rule = { grid_name: '', from: '12:00', to: '14:00', note: '', night: false, lift_reason: '', lifted_by: '' }
    const { wrapper } = await openAt('/quiet', {
      'GET /api/session': { ...session, person: { ...session.person, role: 'official', grid: '440605124200' } },
      'GET /api/quiet': { quiet: [{ ...rule, id: 'q1', grid: '440605124', note: '镇里的' }, { ...rule, id: 'q2', grid: '440605124200101', note: '社里的' }] },
    })
    await until(async () => (await flushPromises(), wrapper.text().includes('社里的')))
    const cards = wrapper.findAll('li').filter((li) => /里的/.test(li.text()))
    expect(cards.map((c) => c.text().includes('删除'))).toEqual([false, false])
  })
})
