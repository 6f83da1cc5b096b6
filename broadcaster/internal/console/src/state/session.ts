// Who is signed in, and the town's clock.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { get, post, Refusal, remove, signedOut } from '@/api/call'
import type { Session } from '@/api/schema'
import { civilOf } from '@/time/civil'
import { t } from '@/words'

// The tag of a sound in which nobody speaks; no town lists it.
const wordless = 'zxx'

export const useSession = defineStore('session', () => {
  const session = shallowRef<Session | null>(null)
  const known = ref(false)
  // Resolves when it is first known whether anybody is signed in.
  let answered = () => {}
  const ready = new Promise<void>((resolve) => (answered = resolve))
  // What the broadcaster's clock is ahead of this device's, in ms.
  const ahead = ref(0)
  // The device's clock, as of the last tick.
  const tick = ref(Date.now())

  const now = computed(() => new Date(tick.value + ahead.value))
  const zone = computed(() => session.value?.zone ?? 'Asia/Shanghai')
  const today = computed(() => civilOf(now.value, zone.value).day)

  function take(s: Session): void {
    session.value = s
    known.value = true
    answered()
    tick.value = Date.now()
    ahead.value = Date.parse(s.now) - tick.value
  }

  function leave(): void {
    session.value = null
    known.value = true
    answered()
  }

  /** Asks who is signed in. Throws what is not an answer to that. */
  async function load(): Promise<void> {
    try {
      take(await get<Session>('/api/session'))
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error
      leave()
    }
  }

  async function signIn(name: string, password: string): Promise<void> {
    take(await post<Session>('/api/session', { name, password }))
  }

  async function signOut(): Promise<void> {
    await remove('/api/session')
    leave()
  }

  /**
   * Whether the person's role allows act, somewhere or at the grid of that code. An ancestor's code is the beginning of
   * its descendants'. The broadcaster decides; this only keeps buttons away that would be refused.
   */
  function may(act: string, grid?: string): boolean {
    const s = session.value
    return s !== null && s.may.includes(act) && (grid === undefined || grid.startsWith(s.person.grid))
  }

  function dialectName(tag: string): string {
    if (tag === wordless) return t('dialect.none')
    return session.value?.dialects.find((d) => d.tag === tag)?.name ?? tag
  }

  signedOut.handler = leave

  return { session, known, ready, now, zone, today, tick, load, signIn, signOut, may, dialectName }
})
