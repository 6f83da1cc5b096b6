// Whether there is room for what is made for a desk: as much as for the bar at the side.
import { onScopeDispose, ref, type Ref } from 'vue'

export function useWide(): Ref<boolean> {
  const query = window.matchMedia('(min-width: 64rem)')
  const wide = ref(query.matches)
  const follow = () => (wide.value = query.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return wide
}
