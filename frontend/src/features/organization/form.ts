/** The questions that changes of people, posts and bodies ask. */
import type { PersonRead } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import { isoDay } from '@/shared/i18n/format'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

import { BODY_KINDS, BODY_ROLES, POST_ROLES } from './labels'

type Translate = (key: string) => string
export type Change = 'enter' | 'edit' | 'appoint' | 'end_post' | 'set_up' | 'dissolve' | 'add_member' | 'end_member' | 'leave' | 'back' | 'substitute'

/** What the runner takes; the server does not list these actions, the pivot's permissions open them. */
export const change = (action: Change, title: string): ActionInfo => ({ action, needs_reason: false, title })

const today = () => isoDay(new Date())
const day = (name: string, label: string, more: Partial<Field> = {}): Field => ({ name, kind: 'date', label, ...more })
const reason = (t: Translate): Field => ({ name: 'reason', kind: 'text', label: t('organization.field.reason'), required: true })
const yesno = (t: Translate, name: string, label: string, initial: boolean): Field => ({ name, kind: 'yesno', label, required: true, initial, options: [{ value: 'yes', label: t('common.yes') }, { value: 'no', label: t('common.no') }] })
const ending = (t: Translate): Field[] => [day('valid_to', t('organization.field.last_day'), { required: true, initial: today(), help: t('organization.field.last_day_help') }), reason(t)]
const from = (t: Translate) => day('valid_from', t('organization.field.valid_from'), { required: true, initial: today() })
const roles = (t: Translate, values: readonly string[]): Field => ({ name: 'role', kind: 'select', label: t('organization.field.role'), options: values.map((value) => ({ value, label: t(`organization.role.${value}`) })), help: t('organization.field.role_help') })

function identity(t: Translate, person?: PersonRead): Field[] {
  const known = (name: 'name' | 'rank_level' | 'duties_public') => person?.[name] ?? ''
  const phone = person?.phone_masked ? { placeholder: person.phone_masked, help: t('organization.field.phone_kept') } : {}
  return [
    { name: 'name', kind: 'text', label: t('organization.person'), required: true, initial: known('name') },
    { name: 'phone', kind: 'text', label: t('organization.field.phone'), ...phone },
    { name: 'rank_level', kind: 'text', label: t('organization.rank'), initial: known('rank_level') },
    yesno(t, 'is_mid_level', t('organization.mid_level'), person?.is_mid_level ?? false),
    { name: 'duties_public', kind: 'textarea', label: t('organization.duties'), initial: known('duties_public') },
  ]
}

const FIELDS: Record<Exclude<Change, 'leave' | 'back' | 'substitute'>, (t: Translate, person?: PersonRead) => Field[]> = {
  enter: (t) => identity(t),
  edit: (t, person) => [...identity(t, person), reason(t)],
  appoint: (t) => [
    { name: 'unit_id', kind: 'unit', label: t('organization.field.unit'), required: true },
    { name: 'title', kind: 'text', label: t('organization.post'), required: true },
    { name: 'section', kind: 'text', label: t('organization.section') },
    roles(t, POST_ROLES),
    yesno(t, 'is_deputy_in_charge', t('organization.deputy'), false),
    from(t),
    day('valid_to', t('organization.field.valid_to')),
  ],
  end_post: ending,
  set_up: (t) => [
    { name: 'name', kind: 'text', label: t('organization.body.name'), required: true },
    { name: 'kind', kind: 'choice', label: t('organization.body.kind'), required: true, options: BODY_KINDS.map((value) => ({ value, label: t(`organization.body.kinds.${value}`) })) },
    { name: 'unit_id', kind: 'unit', label: t('organization.body.unit'), required: true },
    roles(t, BODY_ROLES),
    from(t),
  ],
  dissolve: ending,
  add_member: (t) => [
    { name: 'person_id', kind: 'person', label: t('organization.person'), required: true },
    { name: 'duty', kind: 'text', label: t('organization.body.duty') },
    yesno(t, 'seconded', t('organization.body.seconded'), false),
    from(t),
    day('valid_to', t('organization.field.valid_to'), { help: t('organization.body.loan_ends') }),
  ],
  end_member: ending,
}

export const dialogueOf = (words: { t: Translate; te: (key: string) => boolean }, { action, title }: ActionInfo, person?: PersonRead): Dialogue => {
  const consequence = `organization.consequence.${action}`
  return { action, title, fields: FIELDS[action as keyof typeof FIELDS](words.t, person), ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}

/** What is asked when somebody goes away, is back, or gets a substitute. */
export function absenceDialogue(t: Translate, { action, title }: ActionInfo): Dialogue {
  const asked: Record<string, Field[]> = {
    leave: [day('first_day', t('organization.absence.first_day'), { required: true, initial: today() }), day('last_day', t('organization.absence.last_day'), { required: true, initial: today() })],
    substitute: [{ name: 'substitute_id', kind: 'person', label: t('organization.absence.who'), help: t('organization.absence.who_help') }],
  }
  return { action, title, consequence: t(`organization.absence.${action}_help`), fields: [...(asked[action] ?? []), reason(t)] }
}

/** A field that was emptied is cleared; an empty telephone stays as it is, since nobody sees the old one. */
export function editOf(person: PersonRead, answers: Answers): Answers {
  const emptied = (['rank_level', 'duties_public'] as const).filter((name) => person[name] !== null && !(name in answers))
  return { ...answers, ...Object.fromEntries(emptied.map((name) => [name, null])) }
}
