// Files on their way to the library, one after the other: a village's line is thin.
import { reactive } from 'vue'
import { Refusal, sentenceOf } from '@/api/call'
import type { Clip } from '@/api/schema'
import { upload, type Upload } from '@/api/upload'
import { converted, ready } from '@/sound/convert'
import { unread } from '@/sound/kind'

export type Stage = 'queued' | 'converting' | 'sending' | 'taken' | 'refused'

export interface Item {
  key: number
  name: string
  title: string
  dialect: string
  stage: Stage
  /** 0 to 1 */
  share: number
  /** Why it was refused. */
  words: string
  clip?: Clip
}

/** How files are made what the broadcaster reads. */
export interface Converter {
  ready: typeof ready
  converted: typeof converted
}

/** A queue for one page. */
export function makeUploads(send: typeof upload = upload, converter: Converter = { ready, converted }) {
  const items = reactive<Item[]>([])
  const files = new Map<number, Blob>()
  let current: { key: number; upload: Pick<Upload, 'cancel'> } | null = null
  let nextKey = 1

  function add(file: File, dialect: string): void {
    const key = nextKey++
    files.set(key, file)
    items.push({ key, name: file.name, title: titleOf(file.name), dialect, stage: 'queued', share: 0, words: '' })
    void run()
  }

  async function run(): Promise<void> {
    if (current !== null) return
    const item = items.find((i) => i.stage === 'queued')
    if (item === undefined) return
    item.stage = 'converting'
    item.share = 0
    item.words = ''
    let cancelled = false
    current = { key: item.key, upload: { cancel: () => (cancelled = true) } }
    try {
      const file = files.get(item.key)!
      const first = await converter.ready(file)
      if (cancelled) throw new Refusal(0, 'cancelled', '')
      item.clip = await sent(item, first).catch(async (error: unknown) => {
        // It is of a kind that only looked as if the broadcaster read it.
        if (!(error instanceof Refusal) || !unread.has(error.code) || first !== file) throw error
        item.stage = 'converting'
        current = { key: item.key, upload: { cancel: () => (cancelled = true) } }
        const second = await converter.converted(file)
        if (cancelled) throw new Refusal(0, 'cancelled', '')
        if (second === null) throw error
        return sent(item, second)
      })
      item.stage = 'taken'
      files.delete(item.key)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'cancelled') drop(item.key)
      else {
        item.stage = 'refused'
        item.words = sentenceOf(error)
      }
    }
    current = null
    void run()
  }

  function sent(item: Item, file: Blob): Promise<Clip> {
    item.stage = 'sending'
    item.share = 0
    const sending = send(file, item.title, item.dialect, (share) => (item.share = share))
    current = { key: item.key, upload: sending }
    return sending.done
  }

  function drop(key: number): void {
    const at = items.findIndex((i) => i.key === key)
    if (at >= 0) items.splice(at, 1)
    files.delete(key)
  }

  /** Takes item out of the queue, in mid-sending too. */
  function cancel(key: number): void {
    if (current?.key === key) current.upload.cancel()
    else drop(key)
  }

  function again(key: number): void {
    const item = items.find((i) => i.key === key)
    if (item?.stage === 'refused') item.stage = 'queued'
    void run()
  }

  function cancelAll(): void {
    for (const item of [...items]) if (item.stage === 'queued') drop(item.key)
    current?.upload.cancel()
  }

  return { items, add, cancel, again, cancelAll }
}

/** 防溺水 of 防溺水.wav. */
export function titleOf(fileName: string): string {
  return (fileName.replace(/\.[^.]{1,5}$/, '').trim() || fileName).slice(0, 80)
}
