// Something that a page shows, fetched when the page opens and again whenever it may have changed.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { sentenceOf } from '@/api/call'
import type { Topic } from '@/api/feed'
import { language } from '@/words'
import { useLine } from './line'

export interface Live<T> {
  value: ShallowRef<T | undefined>
  /** Why the last fetch brought nothing; empty when it did. An older value stays. */
  refusal: Ref<string>
  reload(): Promise<void>
}

/**
 * At most one fetch runs; what changes meanwhile is fetched once after it. Changes are followed at most every spacing
 * ms, and not at all while nobody looks at the page.
 */
export function useLive<T>(topics: readonly Topic[], fetch: (signal: AbortSignal) => Promise<T>, spacing = 1_000): Live<T> {
  const value = shallowRef<T>()
  const refusal = ref('')
  const ended = new AbortController()
  let running: Promise<void> | null = null
  let again = false
  let stale = false
  let began = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function once(): Promise<void> {
    began = Date.now()
    try {
      value.value = await fetch(ended.signal)
      refusal.value = ''
    } catch (error) {
      if (!ended.signal.aborted) refusal.value = sentenceOf(error)
    }
  }

  async function run(): Promise<void> {
    do {
      again = false
      await once()
    } while (again && !ended.signal.aborted)
    running = null
  }

  function reload(): Promise<void> {
    if (running === null) running = run()
    else again = true
    return running
  }

  function follow(): void {
    stale = document.hidden
    if (stale) return
    timer ??= setTimeout(
      () => {
        timer = undefined
        void reload()
      },
      Math.max(0, began + spacing - Date.now()),
    )
  }

  const seen = () => stale && follow()
  const stop = useLine().listen((changed) => {
    if (changed === null || changed.some((topic) => topics.includes(topic))) follow()
  })
  document.addEventListener('visibilitychange', seen)
  // Some of what the broadcaster sends is sentences.
  watch(language, () => void reload())
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
    ended.abort()
  })
  void reload()
  return { value, refusal, reload }
}
