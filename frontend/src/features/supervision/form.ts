/** What the steps of instructions and listings ask. */
import type { Schemas } from '@/api/types'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}
type Subject = Partial<Schemas['ListingRead']>
type Ask = (t: Words['t'], subject: Subject) => Field[]

const area = (name: string, label: string): Field => ({ name, kind: 'textarea', label, required: true })
const GRADES = ['normal', 'urgent', 'hard'] as const
const ASKED: Record<string, Ask> = {
  give: (t) => [
    area('text', t('supervision.field.instruction')),
    { name: 'unit_ids', kind: 'units', label: t('supervision.field.addressees'), unless: 'person_id' },
    { name: 'person_id', kind: 'person', label: t('supervision.field.addressee_person'), help: t('supervision.field.addressees_help') },
    { name: 'grade', kind: 'choice', label: t('supervision.field.grade'), required: true, initial: 'normal', options: GRADES.map((value) => ({ value, label: t(`supervision.grade.${value}`) })) },
    { name: 'due_on', kind: 'date', label: t('supervision.field.due_on'), help: t('supervision.field.due_help') },
  ],
  propose: (t) => [
    { name: 'leader_id', kind: 'person', label: t('supervision.field.leader'), required: true },
    area('grounds', t('supervision.field.grounds')),
    { name: 'due_on', kind: 'date', label: t('supervision.field.settled_by'), required: true },
  ],
  report: (t) => [area('text', t('supervision.field.report'))],
  accept: (t) => [area('judgement', t('supervision.field.judgement'))],
  report_progress: (t) => [area('text', t('supervision.field.progress'))],
  record_meeting: (t, { met_on, chaired_by, decision }) => [
    { name: 'met_on', kind: 'date', label: t('supervision.field.met_on'), required: true, initial: met_on ?? '' },
    { name: 'chaired_by', kind: 'text', label: t('supervision.field.chaired_by'), required: true, initial: chaired_by ?? '' },
    { ...area('decision', t('supervision.field.decision')), initial: decision ?? '' },
  ],
  draft_text: (t, { public_title, public_text }) => [
    { name: 'title', kind: 'text', label: t('supervision.field.public_title'), required: true, initial: public_title ?? '' },
    { ...area('text', t('supervision.field.public_text')), help: t('supervision.field.public_help'), initial: public_text ?? '' },
  ],
  apply_unlist: (t) => [{ ...area('conclusion', t('supervision.field.conclusion')), help: t('supervision.field.public_help') }],
}

/** What a second person decides on. */
const JUDGED: Record<string, (subject: Subject) => string> = {
  approve: ({ grounds }) => grounds ?? '',
  publish: ({ public_title, public_text }) => `${public_title ?? ''}\n${public_text ?? ''}`,
  unlist: ({ conclusion }) => conclusion ?? '',
}

export const judged = (action: string, subject: Subject): string => JUDGED[action]?.(subject).trim() ?? ''

export function stepDialogue({ t, te }: Words, action: ActionInfo, subject: Subject = {}): Dialogue {
  const quote = judged(action.action, subject)
  const consequence = `supervision.consequence.${action.action}`
  const fields = ASKED[action.action]?.(t, subject) ?? (action.needs_reason ? [area('reason', t('supervision.field.reason'))] : [])
  return { action: action.action, title: stepTitle({ t, te }, action), fields, ...(te(consequence) ? { consequence: t(consequence) } : {}), ...(quote ? { quote } : {}) }
}

export function stepTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `supervision.action.${action.action}`
  return te(key) ? t(key) : action.title
}

/** Never the obvious next step. */
export const ASIDE: readonly string[] = ['withdraw', 'decline', 'keep', 'record_meeting', 'draft_text']
