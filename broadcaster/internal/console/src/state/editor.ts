// One thing being made or changed: fetched once, so that a change from elsewhere never overwrites what is being typed.
import { onScopeDispose, ref, shallowRef } from 'vue'
import { post, put, Refusal, sentenceOf } from '@/api/call'
import { useLine } from './line'

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
  /** Somebody has removed the thing meanwhile. */
  const gone = ref(false)
  const fields = shallowRef<Record<string, string>>({})
  const ended = new AbortController()
  // What could not be fetched is fetched when the line is back.
  const stop = useLine().listen((changed) => {
    if (changed === null && missing.value !== '') void begin()
  })
  onScopeDispose(() => {
    stop()
    ended.abort()
  })

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

  const save = () => deliver(() => send(options.body()))
  /** Keeps what was typed as a new thing. */
  const saveAsNew = () => deliver(() => post<Made>(options.path, options.body()))

  async function deliver(work: () => Promise<Made>): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = ''
    fields.value = {}
    try {
      const made = await work()
      gone.value = false
      await options.saved(made)
    } catch (error) {
      refusal.value = sentenceOf(error)
      if (!(error instanceof Refusal)) return
      fields.value = error.fields
      if (error.status === 404 && options.id !== 'new') gone.value = true
    } finally {
      busy.value = false
    }
  }

  void begin()
  return { ready, missing, busy, refusal, gone, fields, begin, save, saveAsNew }
}

export type Editor = ReturnType<typeof useEditor>
