/** What a citizen answers, before it is sent. */
import type { CaseBody, Identity, Kind } from '../shapes'

/** The kinds a citizen can choose here, in the order they are offered. */
export const KINDS = ['complaint', 'request', 'consultation', 'report', 'suggestion', 'praise'] as const satisfies readonly Kind[]
type OfferedKind = (typeof KINDS)[number]

/** How one can be known, in the order they are offered. */
export const IDENTITIES = ['real_name', 'confidential', 'anonymous'] as const satisfies readonly Identity[]

export const STEPS = ['kind', 'what', 'category', 'place', 'contact', 'review'] as const
export type Step = (typeof STEPS)[number]

export interface Answers {
  kind: OfferedKind | null
  content: string
  title: string
  /** The words are kept beside the code so that the review can show them while the list is out of reach. */
  category: { code: string; name: string } | null
  place: string
  identity: Identity | null
  name: string
  phone: string
}

export function blankAnswers(): Answers {
  return { kind: null, content: '', title: '', category: null, place: '', identity: null, name: '', phone: '' }
}

const TITLE_LENGTH = 30

/** Characters as people count them: an emoji or a rare Han character is one. */
export function lengthOf(text: string): number {
  return [...text].length
}

/** The first sentence, cut where it gets long. */
export function derivedTitle(content: string): string {
  const sentence = content.trim().split(/[。！？!?；;\n]/)[0]?.trim() ?? ''
  const text = lengthOf(sentence) < 2 ? content.trim().replace(/\s+/g, ' ') : sentence
  return lengthOf(text) > TITLE_LENGTH ? `${[...text].slice(0, TITLE_LENGTH).join('')}…` : text
}

/** Digits as people type them: full-width, with spaces, dashes or a country code. */
export function plainPhone(text: string): string {
  return text.normalize('NFKC').replace(/[\s().·—–-]/g, '').replace(/^(\+|00)86(?=\d{10,})/, '')
}

/** Text without characters that no keyboard makes. */
function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim()
}

function contactOf(a: Answers): Pick<CaseBody, 'identity' | 'contact'> {
  if (a.identity === null || a.identity === 'anonymous') return { identity: 'anonymous' }
  const name = clean(a.name)
  return { identity: a.identity, contact: { phone: plainPhone(a.phone), ...(name && { name }) } }
}

/** The request that these answers make. An anonymous one carries no contact even if it was typed before. */
export function toBody(a: Answers): CaseBody {
  const place = clean(a.place)
  return {
    kind: a.kind ?? 'request',
    title: clean(a.title) || derivedTitle(clean(a.content)),
    content: clean(a.content),
    ...(a.category && { category_code: a.category.code }),
    ...(place && { place }),
    ...contactOf(a),
  }
}
