import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Announcement, Clip, Playlist } from '@/api/schema'
import { lengthAt } from '@/now/reach'
import PlaylistEditor from '@/pages/PlaylistEditor.vue'
import { open, sent, settle } from './pages'
import { signInAs } from './town'

function clip(change: Partial<Clip> = {}): Clip {
  return { digest: 'own', title: '叮咚', dialect: 'yue', duration_ms: 3_000, bytes: 1, peak_db: -3, level: '', notes: [], owner: '440605124', built_in: false, by: '关主任', at: '', known: false, ...change }
}

const bell = clip({ digest: 'bell', title: '提示音', dialect: 'zxx', duration_ms: 2_500, built_in: true })
const announcement: Announcement = { id: 'a1', title: '防溺水', text: '看好孩子。', owner: '440605124', used_by: [], variants: [{ dialect: 'yue', clip: 'c1', duration_ms: 40_000 }] }
const kept: Playlist = { id: 'p1', name: '早间', owner: '440605124', used_by: [], chime: '', chime_ms: 0, entries: [{ announcement: 'a1', dialects: 'own', repeats: 1, gap_ms: 0 }] }

const edit = (id: string, clips: Clip[] = [bell, clip(), clip({ digest: 'long', title: '长的', duration_ms: 15_001 })]) =>
  open(
    PlaylistEditor,
    `/playlists/${id}`,
    {
      'GET /api/announcements': { announcements: [announcement] },
      'GET /api/playlists': { playlists: [kept] },
      'GET /api/clips': { clips },
      'POST /api/playlists': kept,
      'PUT /api/playlists/p1': kept,
    },
    { id },
  )

type Opened = Awaited<ReturnType<typeof edit>>
const chosen = ({ wrapper }: Opened) => wrapper.findAll('fieldset label').find((l) => l.get('input').element.checked)!.text()
const choose = ({ wrapper }: Opened, words: string) => wrapper.findAll('fieldset label').find((l) => l.text() === words)!.get('input').setValue(true)

async function save({ wrapper, requests }: Opened): Promise<unknown> {
  await wrapper.get('form').trigger('submit')
  await settle()
  return [...sent(requests, 'POST'), ...sent(requests, 'PUT')].at(-1)![1]
}

beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = ''
  signInAs()
})

describe('the chime of a playlist', () => {
  test('is the built-in one where the playlist is new, and can be heard', async () => {
    const page = await edit('new')
    expect(chosen(page)).toBe('内置三声')
    expect(page.wrapper.get('audio').attributes('src')).toBe('/api/clips/bell/audio')
    expect(await save(page)).toMatchObject({ chime: 'bell' })
  })

  test('is none where the playlist had none', async () => {
    const page = await edit('p1')
    expect(chosen(page)).toBe('不用')
    expect(page.wrapper.find('audio').exists()).toBe(false)
    expect(await save(page)).toMatchObject({ chime: '' })
  })

  test('may be a recording that is short enough', async () => {
    const page = await edit('p1')
    await choose(page, '选一段录音')
    const select = page.wrapper.get('fieldset select')
    expect(select.findAll('option').map((o) => o.text())).toEqual(['请选择…', '叮咚(3 秒)'])
    await select.setValue('own')
    expect(page.wrapper.get('audio').attributes('src')).toBe('/api/clips/own/audio')
    expect(await save(page)).toMatchObject({ chime: 'own' })
    await choose(page, '不用')
    expect(await save(page)).toMatchObject({ chime: '' })
  })

  test('is not offered where there is none', async () => {
    const page = await edit('new', [])
    expect(page.wrapper.findAll('fieldset label').map((l) => l.text())).toEqual(['不用', '选一段录音'])
    await choose(page, '选一段录音')
    expect(page.wrapper.text()).toContain('还没有 15 秒以内的录音')
  })

  test('counts, with a breath, in how long it lasts', () => {
    expect(lengthAt(kept.entries, [announcement], ['yue'], 2_500)).toBe(42_800)
    expect(lengthAt([], [announcement], ['yue'], 2_500)).toBe(0)
  })
})
