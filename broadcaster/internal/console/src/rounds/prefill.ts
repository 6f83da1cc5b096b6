// What another page has chosen already for a new round: /rounds/new?playlist=…&grid=…&day=2026-01-23&at=07:30.
import type { LocationQuery } from 'vue-router'
import type { Form } from '@/timetable/form'
import type { RoundForm } from './edit'

/** form with what query says. What does not look as it should, or what isMine does not know, is left out. */
export function prefilled(form: RoundForm, query: LocationQuery, isMine: { playlist(id: string): boolean; grid(code: string): boolean }): RoundForm {
  const all = (name: string) => [query[name] ?? []].flat().filter((value): value is string => value !== null)
  const one = (name: string, pattern: RegExp) => all(name).find((value) => pattern.test(value))
  const when: Form = { ...form.when }
  const day = one('day', /^\d{4}-\d\d-\d\d$/)
  const at = one('at', /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)
  if (day !== undefined) when.day = day
  if (at !== undefined) when.time = at
  const playlist = all('playlist').find(isMine.playlist)
  const grids = [...new Set(all('grid').filter(isMine.grid))]
  return { ...form, when, playlist: playlist ?? form.playlist, targets: grids.length > 0 ? grids : form.targets }
}
