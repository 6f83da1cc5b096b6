import type { Round } from '@/api/schema'
import { t } from '@/words'

/** 40 个喇叭里 37 个已收到安排,35 个录音已齐;3 个没连上. */
export function deliveryWords(d: Round['delivery']): string {
  if (d.terminals === 0) return t('delivery.nobody')
  const all = d.have_programme === d.terminals && d.have_clips === d.terminals
  const words = all
    ? t('delivery.all', { n: d.terminals })
    : t('delivery.some', { n: d.terminals, plan: d.have_programme, clips: d.have_clips })
  return d.not_connected > 0 ? words + t('list.sentence') + t('delivery.away', { n: d.not_connected }) : words
}
