import { afterEach, beforeEach, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { language } from '@/words'

// No test reaches a network: what it does not expect is refused.
beforeEach(() => {
  setActivePinia(createPinia())
  language.value = 'zh-CN'
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network in tests')))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  document.body.innerHTML = ''
})
