// What follows from a case.
import type { Case, Change, Finding, Remedy } from '@/api/schema'
import { t, type Key } from '@/words'

/** Whether anything was to be heard. What was due and did not sound begins at no time. */
export function sounded(f: Finding): boolean {
  return Date.parse(f.begin) > 0
}

/**
 * Why it is not done from here, and who can; empty when this person may. A superior's plan is passed on; where the person
 * is that superior, he is told that it is heard elsewhere too.
 */
export function barWords(r: Remedy, findings: readonly Finding[], superior: boolean): string {
  if (r.may_apply) return ''
  if (!r.above) return t('complaint.mayNot')
  const owner = findings.find((f) => f.round === r.round && f.owner_name !== '')?.owner_name
  if (owner === undefined) return t('complaint.aboveUnknown')
  return t(superior ? 'complaint.wide' : 'complaint.above', { owner })
}

/**
 * Whether a change was likely made for the complaint: it was made after the complaint was written down, and it touches a
 * round or playlist that sounded then, or softens what sounds there: volume, quiet.
 */
export function belongs(change: Change, c: Case): boolean {
  const { subject, id } = change
  if (Date.parse(change.at) <= Date.parse(c.complaint.created)) return false
  // What was made since is not what was complained of.
  if (subject === 'round' && change.act === 'made') return false
  if (subject === 'round' || subject === 'cancellation') return c.findings.some((f) => f.round === id) || c.remedies.some((r) => r.round === id)
  if (subject === 'playlist') return change.act !== 'made' && c.remedies.some((r) => r.playlist === id)
  const softens = subject === 'volume' || subject === 'temporary_quiet' || subject === 'quiet_place' || subject === 'quiet'
  const place = c.complaint.grid
  return softens && (place.startsWith(change.grid) || change.grid.startsWith(place))
}

/** What was done, in a touch. */
export const outcomeWords: readonly Key[] = ['complaint.didMove', 'complaint.didLower', 'complaint.didShorten', 'complaint.didExplain']

/** The quick words, by what they say. */
export const quickWords: readonly Key[] = ['complaint.loud', 'complaint.early', 'complaint.late', 'complaint.long', 'complaint.often']
