/** The values that the organization's shapes may hold, and how a term in a post stands to today. */
import type { PersonRead } from '@/api/types'
import { formatDay, isoDay } from '@/shared/i18n/format'
import type { Tone } from '@/shared/ui/types'

export const POST_ROLES = ['UHD', 'ULN', 'HDL', 'HOP', 'MON', 'AUD', 'SYS', 'SEC', 'AUA'] as const
export const BODY_ROLES = ['LGO', 'LGL', 'INS', 'ACC'] as const
export const BODY_KINDS = ['leading_group', 'office', 'working_group'] as const

export interface Term {
  valid_from: string
  valid_to: string | null
}
type Standing = 'current' | 'coming' | 'past'

export const TERM_TONES: Record<Standing, Tone> = { current: 'accent', coming: 'blue', past: 'grey' }

export function standingOf(term: Term, today = isoDay(new Date())): Standing {
  if (term.valid_from > today) return 'coming'
  return term.valid_to !== null && term.valid_to < today ? 'past' : 'current'
}

type Translate = (key: string, values?: Record<string, string>) => string

export const periodOf = (t: Translate, term: Term): string =>
  term.valid_to === null ? t('organization.since', { from: formatDay(term.valid_from) }) : t('organization.until', { from: formatDay(term.valid_from), to: formatDay(term.valid_to) })

const CHANGED = { name: 'organization.person', phone: 'organization.phone', rank_level: 'organization.rank', is_mid_level: 'organization.mid_level', duties_public: 'organization.duties' } as const

/** What an entry of the history changed: the fields of an edit, else the post or service and its days. A body's page names the person, a person's the body. */
export function describeEntry(t: Translate, entry: { changes: Record<string, unknown> }, other: 'person' | 'body'): string {
  const { changes } = entry
  const fields = Object.entries(CHANGED).filter(([name]) => name === 'phone' ? changes[name] === 'changed' : Array.isArray(changes[name])).map(([, key]) => t(key))
  if (fields.length) return fields.join('、')
  const word = (name: string) => (typeof changes[name] === 'string' ? changes[name] : null)
  const [from, to] = [word('valid_from'), word('valid_to')]
  const ends = to && t('organization.last_day_is', { to: formatDay(to) })
  const days = from ? periodOf(t, { valid_from: from, valid_to: to }) : ends
  return [word(other), word('title'), word('duty'), days].filter(Boolean).join(' · ')
}

/** One line of the list of posts, or of bodies. */
export interface Tenure extends Term {
  id: string
  rev: number
  what: string
  where: string
  to: string
  role: string | null
  traits: string[]
}

export const postsOf = (t: Translate, person: PersonRead): Tenure[] =>
  person.posts.map((post) => ({ ...post, what: post.title, where: [post.unit.name, post.section].filter(Boolean).join(' · '), to: `/units/${post.unit.id}`, traits: post.is_deputy_in_charge ? [t('organization.deputy')] : [] }))

export const servicesOf = (t: Translate, person: PersonRead): Tenure[] =>
  person.services.map((one) => ({
    ...one, what: one.duty ?? t('organization.body.member'), where: one.name, to: `/bodies/${one.body_id}`,
    traits: one.seconded ? [one.home_unit ? t('organization.body.lent_by', { unit: one.home_unit.name }) : t('organization.body.seconded')] : [],
  }))
