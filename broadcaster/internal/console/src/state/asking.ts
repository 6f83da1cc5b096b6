// A question about what is being edited, asked again a moment after each change. Only the last one is waited for.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { post, Refusal, sentenceOf } from '@/api/call'

export interface AskingOptions {
  path: string
  /** Waits so many ms after a change, so that typing does not ask for every letter. */
  pause: number
}

// An answer that takes longer is shown as under way.
const patience = 1_000
// Who is told to come back later comes back by himself, so often, after so many ms.
const mostTries = 5
const between = 4_000

/** body is null while there is nothing to ask about. An answer stays until there is another, or nothing to ask. */
export function useAsking<Answer>(options: AskingOptions, body: Ref<unknown>) {
  const answer = shallowRef<Answer | null>(null)
  const refusal = ref('')
  const asking = ref(false)
  const slow = ref(false)
  /** Too many ask; it is asked again by itself. */
  const busy = ref(false)
  /** The person did not want to wait. */
  const stopped = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let clock: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function ask(tries: number): Promise<void> {
    const mine = new AbortController()
    running = mine
    clock = setTimeout(() => (slow.value = true), patience)
    try {
      answer.value = await post<Answer>(options.path, body.value, mine.signal)
      refusal.value = ''
    } catch (error) {
      if (mine.signal.aborted) return
      if (isBusy(error) && tries < mostTries) {
        busy.value = true
        timer = setTimeout(() => void ask(tries + 1), between)
        return
      }
      answer.value = null
      refusal.value = sentenceOf(error)
    }
    end()
  }

  /** Ends what runs, without an answer. */
  function end(): void {
    clearTimeout(timer)
    clearTimeout(clock)
    running?.abort()
    asking.value = slow.value = busy.value = false
  }

  function stop(): void {
    end()
    answer.value = null
    stopped.value = true
  }

  function again(): void {
    end()
    stopped.value = false
    refusal.value = ''
    asking.value = true
    void ask(1)
  }

  watch(
    () => JSON.stringify(body.value),
    () => {
      end()
      stopped.value = false
      refusal.value = ''
      asking.value = body.value !== null
      if (asking.value) timer = setTimeout(() => void ask(1), options.pause)
      else answer.value = null
    },
    { immediate: true },
  )
  onScopeDispose(end)
  return { answer, refusal, asking, slow, busy, stopped, stop, again }
}

export type Asking<Answer> = ReturnType<typeof useAsking<Answer>>

function isBusy(error: unknown): boolean {
  return error instanceof Refusal && (error.status === 429 || error.status === 503)
}
