// What a round would do, asked again a moment after each change.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { post, sentenceOf } from '@/api/call'
import type { Preview, RoundEdit } from '@/api/schema'

// Long enough that typing does not ask for every letter.
const pause = 400

/** body is null while there is nothing to ask about. */
export function usePreview(id: string, body: Ref<RoundEdit | null>) {
  const preview = shallowRef<Preview | null>(null)
  const refusal = ref('')
  const asking = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function ask(b: RoundEdit): Promise<void> {
    const mine = new AbortController()
    running = mine
    try {
      const path = id === 'new' ? '/api/rounds/check' : `/api/rounds/check?id=${encodeURIComponent(id)}`
      preview.value = await post<Preview>(path, b, mine.signal)
      refusal.value = ''
    } catch (error) {
      if (mine.signal.aborted) return
      preview.value = null
      refusal.value = sentenceOf(error)
    }
    asking.value = false
  }

  function stop(): void {
    clearTimeout(timer)
    running?.abort()
  }

  watch(
    () => JSON.stringify(body.value),
    () => {
      stop()
      const b = body.value
      asking.value = b !== null
      if (b === null) {
        preview.value = null
        refusal.value = ''
      } else timer = setTimeout(() => void ask(b), pause)
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  return { preview, refusal, asking }
}
