// Requests to the broadcaster. Every refusal comes out as a Refusal whose message is a sentence for the person.
import { language, t } from '@/words'

/** What was asked and not done, in words. `status` is 0 when no answer came at all. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** Sentences about single fields, by the field's name. */
    readonly fields: Record<string, string> = {},
  ) {
    super(detail)
  }
}

/** Called when the broadcaster does not know who is asking. The session store sets it. */
export const signedOut: { handler: () => void } = { handler: () => {} }

/** Reads the body of a refusal. Whatever is not one of the broadcaster's own sentences becomes one of ours. */
export function refusalOf(status: number, body: string): Refusal {
  try {
    const problem = JSON.parse(body) as Partial<{
      code: string
      detail: string
      errors: { location: string; message: string }[]
    }>
    if (typeof problem.detail === 'string' && problem.detail !== '') {
      const fields: Record<string, string> = {}
      for (const e of problem.errors ?? []) fields[e.location] ??= e.message
      return new Refusal(status, problem.code ?? '', problem.detail, fields)
    }
  } catch {
    // A proxy's page, or an answer that broke off.
  }
  return new Refusal(status, '', t('error.noAnswer'))
}

export function unreachable(): Refusal {
  return new Refusal(0, '', t('error.unreachable'))
}

/** The headers of every request. The broadcaster writes its sentences in the console's language. */
export function headers(): Record<string, string> {
  return { 'Accept-Language': language.value, Accept: 'application/json' }
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let status: number
  let text: string
  try {
    const answer = await fetch(path, {
      method,
      headers: body === undefined ? headers() : { ...headers(), 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      keepalive: method === 'DELETE', // A removal outlives the page that asked for it.
      signal,
    })
    status = answer.status
    text = await answer.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw unreachable()
  }
  if (status >= 200 && status < 300) return (text === '' ? undefined : JSON.parse(text)) as T
  if (status === 401) signedOut.handler()
  throw refusalOf(status, text)
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, signal)
export const post = <T>(path: string, body?: unknown, signal?: AbortSignal) => call<T>('POST', path, body, signal)
export const put = <T>(path: string, body: unknown) => call<T>('PUT', path, body)
export const remove = (path: string) => call<undefined>('DELETE', path)

/** The sentence of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Refusal ? error.message : t('error.ours')
}
