// Something was done, and can be taken back for a while.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { sentenceOf } from '@/api/call'
import { tell } from '@/parts/tell'

// Long enough to look at what became of it.
const grace = 15_000

interface Takeback {
  words: string
  undo(): Promise<void>
}

export const useTakeback = defineStore('takeback', () => {
  const offered = shallowRef<Takeback | null>(null)
  // How often something was taken back: who shows it looks again at once.
  const taken = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Says what was done, and how it is taken back. */
  function offer(words: string, undo: () => Promise<void>): void {
    clearTimeout(timer)
    offered.value = { words, undo }
    timer = setTimeout(() => (offered.value = null), grace)
  }

  async function undo(): Promise<void> {
    clearTimeout(timer)
    const done = offered.value
    offered.value = null
    try {
      await done?.undo()
    } catch (error) {
      tell(sentenceOf(error), 'error')
    }
    taken.value++
  }

  return { offered, taken, offer, undo }
})
