/** What drafts about time ask. */
import type { ChangeRead, PolicyRead, Schemas } from '@/api/types'
import type { Answers } from '@/shared/composables/answers'
import type { Column, Dialogue, FilterField } from '@/shared/ui/types'

type Translate = (key: string, named?: Record<string, unknown>) => string

const reason = (t: Translate) => ({ name: 'reason', kind: 'textarea' as const, label: t('worktime.reason'), required: true })

export const dayDialogue = (t: Translate): Dialogue => ({
  action: 'days',
  title: t('worktime.day.title'),
  consequence: t('worktime.day.consequence'),
  fields: [
    { name: 'day', kind: 'date', label: t('worktime.day.day'), required: true },
    { name: 'what', kind: 'choice', label: t('worktime.day.what'), required: true, options: (['rest', 'work', 'remove'] as const).map((value) => ({ value, label: t(`worktime.day.${value}`) })) },
    { name: 'name', kind: 'text', label: t('worktime.day.name'), placeholder: t('worktime.day.name_example') },
    reason(t),
  ],
})

export function dayDraft(t: Translate, answers: Answers): Schemas['DaysDraft'] {
  const { day, what, name, reason: why } = answers as Record<string, string>
  if (what === 'remove') return { reason: why ?? '', days: [], removed: [day ?? ''] }
  const works = what === 'work'
  return { reason: why ?? '', days: [{ day: day ?? '', is_working_day: works, name: name || t(works ? 'worktime.day.works' : 'worktime.day.rests') }], removed: [] }
}

export function changeDialogue(t: Translate, change: ChangeRead, action: string): Dialogue {
  if (action === 'withdraw') return { action, title: t('worktime.changes.withdraw'), consequence: t('worktime.changes.withdraw_help'), fields: [reason(t)] }
  const counts = { later: change.later, earlier: change.earlier }
  const approval = { name: 'approve_earlier', kind: 'yesno' as const, label: t('worktime.changes.approve'), help: t('worktime.changes.approve_help'), initial: false }
  const help = change.earlier === 0 ? 'sign_help' : change.may_sign_earlier ? 'sign_earlier' : 'sign_own'
  return { action, title: t('worktime.changes.sign'), consequence: t(`worktime.changes.${help}`, counts), fields: change.earlier > 0 && change.may_sign_earlier ? [approval] : [] }
}

export const UNITS = ['minute', 'work_hour', 'natural_day', 'working_day', 'same_day'] as const
/** Counts that may be left empty: no limit, or the usual threshold. */
export const NUMBERS = ['blue_days', 'yellow_days', 'blue_percent', 'yellow_percent', 'max_extensions', 'max_extension', 'max_pauses', 'max_paused_days', 'max_returns', 'max_redos'] as const

/** Units of a window of returns; empty is at any time. */
export const RETURN_UNITS = ['minute', 'work_hour', 'working_day'] as const
const CHANNELS = ['hotline_12345', 'visit', 'letter', 'mailbox', 'web', 'app', 'wechat', 'weibo', 'on_air', 'green_channel'] as const

/** The scopes to choose from: all, each channel, and whatever the policy has now. */
export const scopes = (policy: PolicyRead): string[] => [...new Set(['*', ...CHANNELS.map((name) => `channel.${name}`), policy.scope])]

/** Where the name of a scope stands among the texts; one that a region added has none. */
export const scopeKey = (scope: string) => `worktime.scope.${scope === '*' ? 'all' : scope}`

type NumberName = (typeof NUMBERS)[number]
export type PolicyForm = Record<NumberName | 'effective_from' | 'scope' | 'amount' | 'return_within' | 'notice_from' | 'notice_to' | 'escalate_after' | 'basis' | 'reason', string> & { unit: (typeof UNITS)[number]; return_unit: (typeof RETURN_UNITS)[number] }

const shown = (value: number | null) => (value === null ? '' : String(value))

/** The present version as a form; the date is for the person to choose. */
export function policyForm(policy: PolicyRead): PolicyForm {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, shown(policy[name])])) as Record<NumberName, string>
  const texts = { effective_from: '', scope: policy.scope, amount: String(policy.amount), basis: policy.basis, reason: '' }
  const within = { return_within: shown(policy.return_within), return_unit: RETURN_UNITS.find((unit) => unit === policy.return_unit) ?? 'minute' }
  return { ...numbers, ...texts, ...within, unit: policy.unit, notice_from: policy.notice_from ?? '', notice_to: policy.notice_to ?? '', escalate_after: policy.escalate_after.join(', ') }
}

const WHOLE = /^\d{1,5}$/
const LEAST = 2
const steps = (text: string) => text.split(/[,，\s]+/).filter(Boolean)

const isCount = (text: string) => text === '' || WHOLE.test(text)

export function isWhole(form: PolicyForm): boolean {
  const counts = [...NUMBERS.map((name) => form[name]), form.return_within, ...steps(form.escalate_after)]
  const said = form.effective_from !== '' && form.basis.trim() !== '' && form.reason.trim().length >= LEAST
  return said && WHOLE.test(form.amount) && Number(form.return_within || 1) > 0 && counts.every(isCount)
}

const count = (text: string) => (text === '' ? null : Number(text))

/** What is left out of the form (rolling, the end of the day) stays as it is. */
export function draftOf(policy: PolicyRead, form: PolicyForm): Schemas['PolicyDraft'] {
  const { code, kind, ends_at, start_rule } = policy
  const { effective_from, unit, basis, reason: why } = form
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, count(form[name]) ?? (name.startsWith('max') ? null : 0)]))
  const within = count(form.return_within)
  return {
    code, kind, ends_at, start_rule, effective_from, unit, basis: basis.trim(), reason: why.trim(), ...numbers,
    scope: form.scope, amount: Number(form.amount), roll: unit === 'natural_day' && policy.roll,
    return_within: within, return_unit: within === null ? null : form.return_unit,
    notice_from: form.notice_from || null, notice_to: form.notice_to || null, escalate_after: steps(form.escalate_after).map(Number),
  }
}

export const POLICY_FILTERS = ['q', 'kind', 'versions'] as const

export const policyFilters = (t: Translate): FilterField[] => [
  { name: 'kind', kind: 'select', label: t('worktime.policies.kind'), options: ['sign', 'contact', 'finish', 'plan', 'reply', 'report'].map((value) => ({ value, label: t(`deadline.kind.${value}`) })) },
  { name: 'versions', kind: 'select', label: t('worktime.policies.version'), options: [{ value: 'all', label: t('worktime.policies.every') }] },
]

export const changeColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('worktime.changes.what'), fixed: true, phone: 'title' },
  { key: 'state', title: t('worktime.changes.status'), width: '104px', phone: 'lead' },
  { key: 'effect', title: t('worktime.changes.effect'), width: '220px', phone: 'meta' },
  { key: 'drafted', title: t('worktime.changes.drafted'), width: '110px', phone: 'meta' },
  { key: 'signed', title: t('worktime.changes.signed'), width: '110px', phone: 'meta' },
  { key: 'created', title: t('worktime.changes.when'), width: '140px', wide: 1, phone: 'hide' },
]
