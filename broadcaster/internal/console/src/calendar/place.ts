// Whose calendar is shown, and which days: a grid's or a loudspeaker's, by the address.
import { computed } from 'vue'
import { dayOr, useAsked } from '@/state/asked'
import { useSession } from '@/state/session'
import { addDays, weekdayOf } from '@/time/civil'
import { weekdayWords } from '@/time/words'
import { t, type Key } from '@/words'

/** The Monday of day's week. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day))
}

/** 11月24日 周二, whether it is near or not. */
export function dateWords(day: string): string {
  const [, month = 0, date = 0] = day.split('-').map(Number)
  return t('day.date', { month, monthName: t(`month.${month}` as Key), date, weekday: weekdayWords(weekdayOf(day)) })
}

export function useCalendarPlace() {
  const session = useSession()
  const { asked, ask } = useAsked(['grid', 'terminal', 'day', 'view'])
  const day = computed(() => dayOr(asked.value.day, session.today))
  const view = computed(() => (asked.value.view === 'day' ? 'day' : 'week'))
  const terminal = computed(() => asked.value.terminal)
  const grid = computed(() => (terminal.value !== '' ? '' : asked.value.grid || (session.session?.person.grid ?? '')))
  return { day, view, terminal, grid, ask }
}
