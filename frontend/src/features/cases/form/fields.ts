/** Fields that several forms of cases ask for. */
import type { Field } from '@/shared/ui/types'

import { options } from '../labels'

export interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}

export const area = (name: string, label: string, required = true): Field => ({ name, kind: 'textarea', label, required })
export const reason = (t: Words['t']): Field[] => [{ ...area('reason', t('cases.field.reason')), help: t('actions.reason_help') }]
export const reached = (t: Words['t']): Field => ({ name: 'reached', kind: 'yesno', label: t('cases.field.reached'), required: true, options: [{ value: 'yes', label: t('cases.field.reached_yes') }, { value: 'no', label: t('cases.field.reached_no') }] })
export const files = (t: Words['t']): Field => ({ name: 'file_ids', kind: 'files', label: t('cases.field.files') })
export const coUnits = (t: Words['t'], required = false, label = 'cases.field.co_units'): Field => ({ name: 'co_unit_ids', kind: 'units', label: t(label), required, help: t('cases.field.co_units_help') })

/** What a citizen answers when called back: solved and satisfied are two questions. */
export const answer = (t: Words['t']): Field[] => [
  { name: 'solved', kind: 'choice', label: t('cases.field.solved'), required: true, options: options(t, 'solved', ['yes', 'partly', 'no']) },
  { name: 'stars', kind: 'stars', label: t('cases.field.stars'), required: true },
]
