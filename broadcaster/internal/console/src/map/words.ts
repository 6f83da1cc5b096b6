// Lengths on a map, as people say them.
import { t } from '@/words'

/** 300 米, 1.5 公里. */
export function metresWords(metres: number): string {
  if (metres < 1_000) return t('map.metres', { n: Math.round(metres) })
  return t('map.kilometres', { n: Number((metres / 1_000).toFixed(1)) })
}
