import { t } from '@/words'

const kilo = 1_000
const units = ['MB', 'GB', 'TB'] as const

/** 350 MB, 12.3 GB: space on a disk, never said to be more than it is. */
export function spaceWords(bytes: number): string {
  let value = bytes / kilo / kilo
  let unit = 0
  while (value >= kilo && unit < units.length - 1) {
    value /= kilo
    unit++
  }
  if (value < 1) return t('space.least')
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${(Math.floor(value * 10 ** digits) / 10 ** digits).toFixed(digits)} ${units[unit]}`
}
