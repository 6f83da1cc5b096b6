// What a round would do, asked again a moment after each change.
import type { Ref } from 'vue'
import type { DryRun, Preview, RoundEdit } from '@/api/schema'
import { useAsking } from '@/state/asking'

const pathOf = (what: string, id: string) => `/api/rounds/${what}${id === 'new' ? '' : `?id=${encodeURIComponent(id)}`}`

/** Its next firings, and what to mind. body is null while there is nothing to ask about. */
export function usePreview(id: string, body: Ref<RoundEdit | null>) {
  const asking = useAsking<Preview>({ path: pathOf('check', id), pause: 400 }, body)
  return { ...asking, preview: asking.answer }
}

/** The next 14 days, loudspeaker by loudspeaker: heavier, and so asked later. */
export function useDryRun(id: string, body: Ref<RoundEdit | null>) {
  return useAsking<DryRun>({ path: pathOf('dry-run', id), pause: 900 }, body)
}
