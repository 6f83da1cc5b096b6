// Removing with a way back: the thing disappears at once, and goes only after a while.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { remove, sentenceOf } from '@/api/call'
import { tell } from '@/parts/tell'

// Long enough to read the sentence and find the button.
const grace = 6_000

interface Removal {
  path: string
  words: string
}

export const useRemoval = defineStore('removal', () => {
  const offered = shallowRef<Removal | null>(null)
  const hidden = ref(new Set<string>())
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Hides what lies at path and offers to take that back. */
  function offer(path: string, words: string): void {
    finish()
    hidden.value.add(path)
    offered.value = { path, words }
    timer = setTimeout(finish, grace)
  }

  function undo(): void {
    clearTimeout(timer)
    if (offered.value !== null) hidden.value.delete(offered.value.path)
    offered.value = null
  }

  /** Removes at once what was offered. */
  function finish(): void {
    clearTimeout(timer)
    const removal = offered.value
    offered.value = null
    if (removal !== null) void carryOut(removal.path)
  }

  async function carryOut(path: string): Promise<void> {
    try {
      await remove(path)
    } catch (error) {
      hidden.value.delete(path)
      tell(sentenceOf(error), 'error')
    }
  }

  /** Whether what lies at path is on its way out. */
  const hides = (path: string) => hidden.value.has(path)

  return { offered, offer, undo, finish, hides }
})
