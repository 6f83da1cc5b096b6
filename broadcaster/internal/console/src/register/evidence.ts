import { t } from '@/words'

/** How sure it is that something was heard. Grades 1 and 2 know only of the computer. */
export function evidenceWords(grade: number): string {
  if (grade >= 4) return t('evidence.microphone')
  if (grade === 3) return t('evidence.person')
  return grade >= 1 ? t('evidence.computer') : t('evidence.none')
}
