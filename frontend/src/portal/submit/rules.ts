/** What is missing or wrong in the answers. Limits are the server's; the words say what to do. */
import { t } from '../speech'
import { type Answers, lengthOf, plainPhone, type Step, STEPS } from './answers'

export const MAX = { content: 20_000, title: 200, place: 300, name: 60 } as const
const MIN_CONTENT = 5
const MIN_TITLE = 2

/** By the id of the field, in the order of the screen. */
export type Errors = Partial<Record<'kind' | 'content' | 'title' | 'place' | 'contact' | 'name' | 'phone', string>>

/** Mainland mobiles and landlines with area code, service numbers, and international numbers with a plus sign. */
const PHONE = /^(1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}|\+\d{7,15})$/

function wordsOf(a: Answers): Errors {
  const errors: Errors = {}
  const content = lengthOf(a.content.trim())
  const title = lengthOf(a.title.trim())
  if (content < MIN_CONTENT) errors.content = t('portal.submit.what.tooShort')
  if (content > MAX.content) errors.content = t('portal.submit.what.tooLong', { max: MAX.content })
  if (title > 0 && title < MIN_TITLE) errors.title = t('portal.submit.what.titleTooShort')
  if (title > MAX.title) errors.title = t('portal.submit.what.titleTooLong', { max: MAX.title })
  return errors
}

function contactErrors(a: Answers): Errors {
  if (a.identity === null) return { contact: t('portal.submit.contact.missing') }
  if (a.identity === 'anonymous') return {}
  const errors: Errors = {}
  const phone = plainPhone(a.phone)
  if (phone === '') errors.phone = t('portal.submit.contact.phoneMissing')
  else if (!PHONE.test(phone)) errors.phone = t('portal.submit.contact.phoneWrong')
  if (lengthOf(a.name.trim()) > MAX.name) errors.name = t('portal.submit.contact.nameTooLong', { max: MAX.name })
  return errors
}

const CHECKS: Record<Step, (a: Answers) => Errors> = {
  kind: (a) => (a.kind === null ? { kind: t('portal.submit.kind.missing') } : {}),
  what: wordsOf,
  category: () => ({}),
  place: (a) => (lengthOf(a.place.trim()) > MAX.place ? { place: t('portal.submit.place.tooLong', { max: MAX.place }) } : {}),
  contact: contactErrors,
  review: () => ({}),
}

export function errorsOf(step: Step, answers: Answers): Errors {
  return CHECKS[step](answers)
}

/** The first step that still needs an answer; the review when all are given. */
export function firstOpenStep(answers: Answers): Step {
  return STEPS.find((step) => Object.keys(errorsOf(step, answers)).length > 0) ?? 'review'
}

const FIELD_STEPS: [RegExp, Step][] = [
  [/^kind/, 'kind'],
  [/^(title|content)/, 'what'],
  [/^category/, 'category'],
  [/^place/, 'place'],
  [/^(contact|caller|identity|anonymous|confidential)/, 'contact'],
]

/** The steps whose answers the server refused. Its words are for programmers; the review says it in ours. */
export function refusedSteps(fields: Record<string, string>): Step[] {
  const paths = Object.keys(fields)
  return FIELD_STEPS.filter(([pattern]) => paths.some((path) => pattern.test(path))).map(([, step]) => step)
}
