import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Terminal } from '@/api/schema'
import HealthCard from '@/terminals/HealthCard.vue'
import { asOfWords, figuresOf } from '@/terminals/health'
import { spaceWords } from '@/terminals/space'
import TerminalSheet from '@/terminals/TerminalSheet.vue'
import { fineWords } from '@/time/words'
import { language } from '@/words'
import { broadcaster, grids, problem, routerAt, signInAs, terminal, zone } from './town'

const now = new Date('2026-01-23T01:00:00Z')
const figure = (x: Terminal, name: string) => figuresOf(x).find((f) => f.name === name)?.words

beforeEach(() => setActivePinia(createPinia()))

describe('figures', () => {
  test.each([
    [35, '35 微秒', '35 微秒'],
    [400, '0.4 毫秒', '0.4 毫秒'],
    [440, '0.4 毫秒', '0.5 毫秒'],
    [9_960, '10 毫秒', '10 毫秒'],
    [35_200, '35 毫秒', '36 毫秒'],
    [1_200_000, '1.2 秒', '1.2 秒'],
    [61_400_000, '61 秒', '62 秒'],
    [185_000_000, '3 分 5 秒', '3 分 5 秒'],
    [93_600_000_000, '26 小时', '26 小时'],
  ])('%i µs is said as %s, and as a bound %s', (us, words, bound) => {
    expect([fineWords(us), fineWords(us, true)]).toEqual([words, bound])
  })

  test.each([
    [0, '不到 1 MB'],
    [157_286_400, '157 MB'],
    [999_999_999, '999 MB'],
    [12_340_000_000, '12.3 GB'],
    [64_731_602_944, '64.7 GB'],
    [4_000_000_000_000, '4.0 TB'],
  ])('%i bytes are %s', (bytes, words) => expect(spaceWords(bytes)).toBe(words))

  test('are of the clock, the disk and the sound', () => {
    const x = terminal({ clips_wanted: 5, clips_whole: 3 })
    expect(Object.fromEntries(figuresOf(x).map((f) => [f.name, f.words]))).toEqual({
      对时: '对时准确,误差不超过 0.4 毫秒。',
      电脑自己的钟: '慢 1.2 秒。播放不看它。',
      和平台一来一回: '0.9 毫秒',
      磁盘还剩: '12.3 GB',
      停电以后: '来电就知道时间,没有网络也照常播。',
      录音: '5 段录音到了 3 段。',
    })
    language.value = 'en'
    expect(figure(x, 'Clock')).toBe('Right, off by 0.4 ms at most.')
  })

  test('say what is not known', () => {
    const x = terminal({ clock: 'untrusted', clock_error_us: 0, clock_offset_us: 0, round_trip_us: 0, hardware_clock: '' })
    expect(figuresOf(x).map((f) => [f.words, f.trouble ?? false])).toEqual([
      ['不知道时间,到点不会播。连上平台就会对时。', true],
      ['没对过时,不知道快慢。', false],
      ['还没有量过。', false],
      ['12.3 GB', false],
    ])
    expect(figuresOf(terminal({ said_at: undefined }))).toEqual([])
  })

  test('tell as of when they are', () => {
    expect(asOfWords(terminal(), now, zone)).toBe('今天 8:55 报的(5 分钟前)。')
    expect(asOfWords(terminal({ connected: false }), now, zone)).toBe('没连上以前最后报的,今天 8:55(5 分钟前)。现在怎么样不知道。')
    expect(asOfWords(terminal({ said_at: undefined }), now, zone)).toBeUndefined()
  })
})

describe('how a device is', () => {
  const card = (change: Partial<Terminal>, may: string[] = ['see_grid']) => {
    signInAs({ may: may as never })
    return mount(HealthCard, { props: { terminal: terminal(change) } })
  }

  test('is said of one that has never connected', () => {
    const text = card({ connected: false, said_at: undefined, last_seen: undefined, clock: '' }).text()
    expect(text).toContain('它还没有连上过,所以还不知道它的时间准不准、磁盘够不够。')
    expect(text).not.toMatch(/误差|GB|MB/)
  })

  test('is said with what to do', () => {
    const text = card({ fault: '声卡被别的程序占用', fault_advice: '请关掉别的放音程序。', problems: ['磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘'] }).text()
    expect(text).toContain('不响:声卡被别的程序占用。')
    expect(text).toContain('请关掉别的放音程序。')
    expect(text).toContain('磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘')
    expect(text).toContain('连着,有问题')
  })

  test('of one that is away is said as it was', () => {
    const text = card({ connected: false, last_seen: '2026-01-23T00:56:00Z', fault: '声卡或音响出错' }).text()
    expect(text).toMatch(/没连上以前最后报的.*当时不响:声卡或音响出错。/)
  })

  test('is changed by who may, and by nobody else', async () => {
    const buttons = async (may: string[]) => {
      const wrapper = card({}, may)
      await wrapper.get('button[aria-expanded]').trigger('click')
      return wrapper.findAll('.el-button').map((b) => b.text())
    }
    expect(await buttons(['see_grid'])).toEqual([])
    expect(await buttons(['manage_terminals'])).toEqual(['修改设备'])
  })

  test('holds the delay behind a touch', async () => {
    const wrapper = card({ output_delay_ms: 320 })
    expect(wrapper.text()).not.toContain('320')
    await wrapper.get('button[aria-expanded]').trigger('click')
    expect(wrapper.text()).toContain('320 毫秒,它提前这么多放。')
  })
})

describe('the delay of a loudspeaker’s sound', () => {
  let wrapper: VueWrapper
  afterEach(() => wrapper.unmount())

  async function open(x: Terminal, answer: unknown) {
    signInAs({ may: ['manage_terminals'] as never })
    const requests = broadcaster({ 'GET /api/grids': { grids }, 'GET /api/outlines': { outlines: [] }, 'PUT /api/terminals/t': answer })
    wrapper = mount(TerminalSheet, { props: { terminal: x }, attachTo: document.body, global: { plugins: [await routerAt('/terminals')] } })
    await flushPromises()
    return { requests, field: document.querySelector<HTMLInputElement>('input[type=number]')! }
  }

  async function fill(field: HTMLInputElement, value: string) {
    field.value = value
    field.dispatchEvent(new Event('input'))
    document.querySelector('form')!.dispatchEvent(new Event('submit'))
    await flushPromises()
  }

  test.each([
    ['320', 320],
    ['', 0],
  ])('%j is saved as %i', async (typed, want) => {
    const { requests, field } = await open(terminal({ output_delay_ms: 180 }), terminal())
    expect(field.value).toBe('180')
    await fill(field, typed)
    expect(requests.find((r) => r.method === 'PUT')!.body).toMatchObject({ output_delay_ms: want, volume: 80 })
  })

  test('is refused beside its field', async () => {
    const sentence = '声音晚到的时间要在 0 到 5000 毫秒之间。'
    const { field } = await open(terminal(), () => problem(422, 'output_delay_bad', sentence, [{ location: 'output_delay_ms', message: sentence }]))
    await fill(field, '9000')
    expect(document.getElementById(field.getAttribute('aria-describedby')!)!.textContent).toBe(sentence)
  })
})
