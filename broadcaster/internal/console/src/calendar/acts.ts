// What can be done with one airing, and how each is taken back.
import { get, post, put, remove } from '@/api/call'
import type { Cancel, Cancellation, MoveAiring, Round } from '@/api/schema'
import { editOf } from '@/rounds/edit'
import { useTakeback } from '@/state/takeback'
import type { Timetable } from '@/timetable/form'
import type { Slot } from './answer'

const cancellationPath = (round: string, due: string, terminal: string) =>
  `/api/rounds/${round}/cancellations?${new URLSearchParams({ due, ...(terminal === '' ? {} : { terminal }) })}`

/** Calls the airing off, at one loudspeaker or, where terminal is empty, at all that the round touches. */
export async function callOff(slot: Slot, terminal: string, words: string): Promise<void> {
  const body: Cancel = { due: slot.due, ...(terminal === '' ? {} : { terminal }) }
  await post(`/api/rounds/${slot.round}/cancellations`, body)
  useTakeback().offer(words, () => remove(cancellationPath(slot.round, slot.due, terminal)))
}

/** Lets the airing sound after all: takes back what called it off there, for one loudspeaker or for all. */
export async function reinstate(slot: Slot, terminal: string): Promise<void> {
  const { cancellations } = await get<{ cancellations: Cancellation[] }>('/api/cancellations')
  const due = Date.parse(slot.due)
  const its = cancellations.filter((c) => c.round === slot.round && Date.parse(c.due) === due)
  const here = its.filter((c) => terminal === '' || c.terminal === '' || c.terminal === terminal)
  // What nobody lists is asked for all the same: the refusal says why.
  if (here.length === 0) return remove(cancellationPath(slot.round, slot.due, terminal))
  for (const c of here) await remove(cancellationPath(c.round, c.due, c.terminal))
}

/**
 * Puts this one airing at to. It is called off, and a round of one firing takes its place; of a round that fires once
 * the round itself is put there.
 */
export async function moveOnce(slot: Slot, to: Date, words: string): Promise<void> {
  const path = `/api/rounds/${slot.round}/move`
  const there: MoveAiring = { due: slot.due, to: to.toISOString() }
  const made = await post<Round>(path, there)
  useTakeback().offer(words, async () => {
    const back: MoveAiring = { due: there.to, to: there.due }
    if (made.id === slot.round) return void (await post(path, back))
    await remove(`/api/rounds/${made.id}`)
    await remove(cancellationPath(slot.round, slot.due, ''))
  })
}

/** Gives the round another timetable, and calls off what would sound a second time today. */
export async function moveAll(round: Round, timetable: Timetable, again: readonly Date[], words: string): Promise<void> {
  const path = `/api/rounds/${round.id}`
  const off: string[] = []
  await put(path, { ...editOf(round), timetable })
  useTakeback().offer(words, async () => {
    for (const due of off) await remove(cancellationPath(round.id, due, ''))
    await put(path, editOf(round))
  })
  for (const at of again) {
    const body: Cancel = { due: at.toISOString() }
    await post(`${path}/cancellations`, body)
    off.push(body.due)
  }
}
