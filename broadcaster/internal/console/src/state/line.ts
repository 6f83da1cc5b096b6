// The line to the broadcaster: whether it stands, and who wants to hear what.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { Feed, type Topic } from '@/api/feed'

type Listener = (topics: readonly Topic[] | null) => void

export const useLine = defineStore('line', () => {
  const connected = ref(true)
  // How often the line has broken, or could not be made. The stream itself cannot say why.
  const broken = ref(0)
  const listeners = new Set<Listener>()
  const feed = new Feed({
    onChange: (topics) => listeners.forEach((listen) => listen(topics)),
    onLine: (up) => {
      connected.value = up
      if (!up) broken.value++
    },
  })

  /** Hears of changes until the returned function is called. */
  function listen(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { connected, broken, listen, start: () => feed.start(), stop: () => feed.stop(), nudge: () => feed.nudge(), drop: () => feed.drop() }
})
