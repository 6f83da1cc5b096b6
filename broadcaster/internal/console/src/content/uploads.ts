// Files on their way to the library, one after the other: a village's line is thin.
import { reactive } from 'vue'
import { Refusal, sentenceOf } from '@/api/call'
import type { Clip } from '@/api/schema'
import { upload, type Upload } from '@/api/upload'

export type Stage = 'queued' | 'sending' | 'taken' | 'refused'

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

/** A queue for one page. */
export function makeUploads(send: typeof upload = upload) {
  const items = reactive<Item[]>([])
  const files = new Map<number, Blob>()
  let current: { key: number; upload: Upload } | null = null
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
    item.stage = 'sending'
    item.share = 0
    item.words = ''
    const sending = send(files.get(item.key)!, item.title, item.dialect, (share) => (item.share = share))
    current = { key: item.key, upload: sending }
    try {
      item.clip = await sending.done
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
