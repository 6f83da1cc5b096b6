// Where grids lie, fetched once and when they change.
import { computed } from 'vue'
import { get } from '@/api/call'
import type { Outlines } from '@/api/schema'
import { useLive } from './live'

export function useOutlines() {
  const live = useLive(['grids'], (signal) => get<Outlines>('/api/grids/outlines', signal))
  return { ...live, outlines: computed(() => live.value.value?.outlines ?? []) }
}
