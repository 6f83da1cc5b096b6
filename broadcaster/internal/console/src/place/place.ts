// A quiet place: as it is edited, as it is said, and whom it reaches on the map.
import type { QuietPlace, QuietPlaceEdit, Terminal } from '@/api/schema'
import { distance, type Point } from '@/map/projection'
import { metresWords } from '@/map/words'
import { bareTime, dayWords } from '@/time/words'
import { t } from '@/words'

export interface PlaceForm {
  grid: string
  name: string
  point: Point | undefined
  radius: number
  from: string
  to: string
  firstDay: string
  lastDay: string
}

/** What is offered of radii, in metres. A place that was made larger elsewhere keeps its own. */
export const radii = { least: 50, most: 1_000, step: 10 }

export function blankPlace(grid: string): PlaceForm {
  return { grid, name: '', point: undefined, radius: 200, from: '08:00', to: '18:00', firstDay: '', lastDay: '' }
}

export function formOf(p: QuietPlace): PlaceForm {
  return { grid: p.grid, name: p.name, point: { lat: p.lat, lon: p.lon }, radius: p.radius_m, from: p.from, to: p.to, firstDay: p.first_day, lastDay: p.last_day }
}

/** What is sent; null while it lies nowhere or at no time. */
export function editOf(f: PlaceForm): QuietPlaceEdit | null {
  if (f.point === undefined || f.from === '' || f.to === '' || f.grid === '') return null
  return {
    grid: f.grid,
    name: f.name.trim(),
    lat: f.point.lat,
    lon: f.point.lon,
    radius_m: f.radius,
    from: f.from,
    to: f.to,
    first_day: f.firstDay,
    last_day: f.lastDay,
  }
}

/** Where a terminal stands; undefined for what moves and for what nobody has placed. */
export function pointOf(x: Pick<Terminal, 'lat' | 'lon' | 'kind'>): Point | undefined {
  return x.kind === 'mobile' || x.lat === undefined || x.lon === undefined ? undefined : { lat: x.lat, lon: x.lon }
}

/** Whether a place of grid around point silences x: what the broadcaster reckons too, for the map while it is asked. */
export function reaches(place: { grid: string; point: Point | undefined; radius: number }, x: Terminal): boolean {
  const at = pointOf(x)
  return place.point !== undefined && at !== undefined && x.grid.startsWith(place.grid) && distance(place.point, at) <= place.radius
}

/** 8:00 到 18:00,6月7日 到 6月9日,周围 200 米. */
export function placeWords(p: Pick<QuietPlace, 'from' | 'to' | 'first_day' | 'last_day' | 'radius_m'>, today: string): string {
  const hours = t(p.to <= p.from ? 'quiet.overnight' : 'quiet.span', { from: bareTime(p.from), to: bareTime(p.to) })
  return [hours, daysWords(p.first_day, p.last_day, today), t('place.around', { radius: metresWords(p.radius_m) })].join(t('list.clause'))
}

function daysWords(first: string, last: string, today: string): string {
  if (first === '' && last === '') return t('weekdays.all')
  if (first === last) return dayWords(first, today)
  if (last === '') return t('timetable.from', { day: dayWords(first, today) })
  if (first === '') return t('timetable.until', { day: dayWords(last, today) })
  return t('place.days', { first: dayWords(first, today), last: dayWords(last, today) })
}

/** Whether its last day has passed. */
export const isOver = (p: Pick<QuietPlace, 'last_day'>, today: string) => p.last_day !== '' && p.last_day < today
