// One thing being made or changed: fetched once, so that a change from elsewhere never overwrites what is being typed.
import { onScopeDispose, ref, shallowRef } from 'vue'
import { post, put, Refusal, sentenceOf } from '@/api/call'

export interface EditorOptions<Made> {
  /** Path of the collection. */
  path: string
  /** Of the thing, or 'new'. */
  id: string
  /** Fetches what the form needs, and fills it. */
  begin(signal: AbortSignal): Promise<void>
  /** What is sent. */
  body(): unknown
  /** How it is sent, where not the usual way: with POST to the collection, or with PUT to the thing. */
  send?(body: unknown): Promise<Made>
  saved(made: Made): void | Promise<unknown>
}

export function useEditor<Made>(options: EditorOptions<Made>) {
  const ready = ref(false)
  const missing = ref('')
  const busy = ref(false)
  const refusal = ref('')
  const fields = shallowRef<Record<string, string>>({})
  const ended = new AbortController()
  onScopeDispose(() => ended.abort())

  async function begin(): Promise<void> {
    missing.value = ''
    try {
      await options.begin(ended.signal)
      ready.value = true
    } catch (error) {
      if (!ended.signal.aborted) missing.value = sentenceOf(error)
    }
  }

  function send(body: unknown): Promise<Made> {
    if (options.send !== undefined) return options.send(body)
    return options.id === 'new' ? post<Made>(options.path, body) : put<Made>(`${options.path}/${options.id}`, body)
  }

  async function save(): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = ''
    fields.value = {}
    try {
      const made = await send(options.body())
      await options.saved(made)
    } catch (error) {
      refusal.value = sentenceOf(error)
      if (error instanceof Refusal) fields.value = error.fields
    } finally {
      busy.value = false
    }
  }

  void begin()
  return { ready, missing, busy, refusal, fields, begin, save }
}
