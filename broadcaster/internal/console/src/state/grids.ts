// The grid tree that the person may see, fetched once and when it changes.
import { computed } from 'vue'
import { get } from '@/api/call'
import type { Grid } from '@/api/schema'
import { Tree } from '@/tree/tree'
import { useLive } from './live'

export function useGrids() {
  const live = useLive(['grids'], (signal) => get<{ grids: Grid[] }>('/api/grids', signal))
  const tree = computed(() => new Tree<Grid>(live.value.value?.grids ?? []))
  return { ...live, tree }
}
