// What is being written about complaints. It stays until it was sent, also when the person looks at another page.
import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'

export interface ComplaintForm {
  grid: string
  terminal: string
  day: string
  time: string
  words: string
  caller: string
}

export interface Answer {
  reply: string
  outcome: string
}

export const useWritten = defineStore('written', () => {
  const complaint = ref<ComplaintForm | null>(null)
  /** By the complaint's id. */
  const answers = reactive(new Map<string, Answer>())
  return { complaint, answers }
})
