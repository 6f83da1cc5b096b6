// A small town for tests, and a broadcaster that answers as told.
import { vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Airing, Grid, GridDay, Outline, Round, Session, Terminal } from '@/api/schema'
import { useSession } from '@/state/session'

export const zone = 'Asia/Shanghai'

export const session: Session = {
  person: { id: 'p', name: 'guan', display: '关主任', role: 'administrator', grid: '440605124', grid_name: '九江镇' },
  town: '九江镇',
  town_grid: '440605124',
  zone,
  now: '2026-01-23T01:00:00Z',
  dialects: [
    { tag: 'cmn', name: '普通话' },
    { tag: 'yue', name: '粤语' },
  ],
  may: ['see_grid', 'upload', 'edit_announcement', 'edit_playlist', 'edit_round', 'edit_quiet'],
  notices: [],
  initial_password: false,
}

function grid(code: string, parent: string, name: string, level: number, households: number): Grid {
  return { code, parent, name, level, households, chief: '', invented: true }
}

export const grids: Grid[] = [
  grid('440605124', '', '九江镇', 0, 300),
  grid('440605124200', '440605124', '上西村', 1, 200),
  grid('440605124200101', '440605124200', '老龄社', 2, 120),
  grid('440605124200102', '440605124200', '先锋社', 2, 80),
  grid('440605124201', '440605124', '儒林社区', 1, 100),
]

const square = (west: number, south: number, side: number) => ({
  type: 'Polygon',
  coordinates: [[[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]],
})

/** Where some of the grids lie: the town's middle is 22.83 north, 113 east. */
export const outlines: Outline[] = [
  { code: '440605124', level: 0, name: '九江镇', geometry: square(112.95, 22.78, 0.1) },
  { code: '440605124200', level: 1, name: '上西村', geometry: square(112.98, 22.81, 0.03) },
  { code: '440605124200101001', level: 3, name: '1 组', geometry: { type: 'MultiPoint', coordinates: [[112.99, 22.82], [112.991, 22.821]] } },
]

/** A day of grids on which 老龄社's loudspeaker sounded once. */
export const gridDays: GridDay[] = grids.map((g) => {
  const heard = '440605124200101'.startsWith(g.code)
  const n = heard ? 1 : 0
  return {
    code: g.code,
    parent: g.parent,
    name: g.name,
    level: g.level,
    households: g.households,
    touched: heard ? 120 : 0,
    terminals: n,
    plays: n,
    counts: { planned: n, played: n, partial: 0, missed: 0, unreported: 0, extra: 0 },
  }
})

export function airing(change: Partial<Airing> = {}): Airing {
  return {
    id: Math.random().toString(),
    due: '2026-01-22T22:30:00Z',
    round: '防溺水',
    terminal: 't',
    name: '老龄社 1 号喇叭',
    grid_path: '上西村 / 老龄社',
    planned: true,
    outcome: 'played',
    on_time: true,
    cause: '',
    reason: '',
    ...change,
  }
}

export function terminal(change: Partial<Terminal> = {}): Terminal {
  return {
    id: 't',
    name: '老龄社 1 号喇叭',
    kind: 'speaker',
    grid: '440605124200101',
    grid_path: '上西村 / 老龄社',
    dialects: ['yue'],
    volume: 80,
    output_delay_ms: 0,
    shared: [],
    enrolment: 'approved',
    check: '',
    connected: true,
    has_programme: true,
    said_at: '2026-01-23T00:55:00Z',
    clips_wanted: 0,
    clips_whole: 0,
    clock: 'trusted',
    clock_error_us: 400,
    clock_offset_us: -1_200_000,
    round_trip_us: 900,
    hardware_clock: 'runs',
    output: 'device',
    fault: '',
    fault_advice: '',
    disk_free: 12_340_000_000,
    problems: [],
    muted: false,
    verified: 'yes',
    heard_at: '2026-01-22T22:40:00Z',
    heard_by: '李四',
    heard_how: 'person',
    software: '',
    ...change,
  }
}

export function round(change: Partial<Round> = {}): Round {
  return {
    id: 'r1',
    name: '防溺水',
    playlist: 'p1',
    playlist_name: '早间播报',
    targets: ['440605124200101'],
    target_names: ['上西村 / 老龄社'],
    timetable: { every: { minutes: 1, from: '07:30', to: '07:30' } },
    class: 'announcement',
    lateness_ms: 1_800_000,
    owner: '440605124',
    paused: false,
    mandatory: false,
    unlimited_reason: '',
    quota_starts: 0,
    spacing_ms: 0,
    volume: 0,
    once: false,
    over: false,
    by: '关主任',
    may_edit: true,
    next: ['2026-01-23T07:30:00Z'],
    delivery: { terminals: 1, have_programme: 1, have_clips: 1, not_connected: 0 },
    ...change,
  }
}

/** Signs 关主任 in without a broadcaster. */
export function signInAs(change: Partial<Session> = {}): void {
  useSession().session = { ...session, ...change }
}

/** Ways that all lead nowhere, but know where they are. */
export async function routerAt(path: string): Promise<Router> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push(path)
  return router
}

export interface Request {
  method: string
  path: string
  body: unknown
}

/**
 * Answers requests by "METHOD /path" with a value, or with what a function of the request returns. A Response goes out
 * as it is. Returns the requests so far.
 */
export function broadcaster(answers: Record<string, unknown>): Request[] {
  const requests: Request[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const path = url.split('?')[0]!
    const request = { method: init.method ?? 'GET', path: url, body: init.body ? JSON.parse(String(init.body)) : undefined }
    requests.push(request)
    const key = `${request.method} ${path}`
    if (!(key in answers)) return problem(404, 'nothing', `no answer for ${key}`)
    const answer = answers[key]
    const value: unknown = typeof answer === 'function' ? await answer(request) : answer
    return value instanceof Response ? value : new Response(JSON.stringify(value ?? null))
  })
  return requests
}

export function problem(status: number, code: string, detail: string, errors?: { location: string; message: string }[]): Response {
  return new Response(JSON.stringify({ status, code, detail, errors }), { status })
}
