/** What the steps of points, monitors and information ask. */
import type { Schemas } from '@/api/types'
import { isoDay } from '@/shared/i18n/format'
import type { ActionInfo, Dialogue, Field } from '@/shared/ui/types'

interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}
export interface About {
  title?: string
  content?: string
  units?: Schemas['UnitRef'][]
}
type Ask = (t: Words['t'], about: About) => Field[]

const TYPES: Schemas['PointType'][] = ['enterprise', 'trader', 'community', 'organisation']
const label = (t: Words['t'], name: string) => t(`monitoring.field.${name}`)
const line = (t: Words['t'], name: string): Field => ({ name, kind: 'text', label: label(t, name), required: true })
const area = (t: Words['t'], name: string): Field => ({ name, kind: 'textarea', label: label(t, name), required: true })
const ASKED: Record<string, Ask> = {
  nominate: (t) => [
    line(t, 'name'),
    { name: 'type', kind: 'select', label: label(t, 'type'), required: true, initial: 'enterprise', options: TYPES.map((value) => ({ value, label: t(`monitoring.type.${value}`) })) },
    line(t, 'region'),
    { name: 'unit_ids', kind: 'units', label: label(t, 'unit_ids'), required: true },
  ],
  add_monitor: (t) => [{ ...line(t, 'name'), label: label(t, 'who') }, line(t, 'phone'), { name: 'person_id', kind: 'person', label: label(t, 'person_id'), help: t('monitoring.field.person_help') }],
  evaluate: (t) => [
    { name: 'year', kind: 'number', label: label(t, 'year'), required: true, initial: Number(isoDay(new Date()).slice(0, 4)) },
    { name: 'result', kind: 'choice', label: label(t, 'result'), required: true, initial: 'renew', options: (['renew', 'remove'] as const).map((value) => ({ value, label: t(`monitoring.result.${value}`) })) },
    { ...area(t, 'text'), label: label(t, 'opinion') },
  ],
  report: (t) => [{ ...area(t, 'text'), label: label(t, 'week'), help: t('monitoring.field.week_help') }],
  record_visit: (t) => [{ name: 'visited_on', kind: 'date', label: label(t, 'visited_on'), required: true, initial: isoDay(new Date()) }, { ...area(t, 'text'), label: label(t, 'visit') }],
  submit: (t, { units }) => [
    { name: 'about_unit_id', kind: 'select', label: label(t, 'about_unit_id'), options: (units ?? []).map((unit) => ({ value: unit.id, label: unit.name })) },
    line(t, 'title'),
    area(t, 'content'),
  ],
  open_case: (t, { title, content }) => [{ ...line(t, 'title'), initial: title ?? '' }, { ...area(t, 'content'), initial: content ?? '', help: t('monitoring.field.case_help') }],
  link_letter: (t) => [{ ...line(t, 'letter_id'), help: t('monitoring.field.letter_help') }],
  feed_back: (t) => [{ ...area(t, 'text'), label: label(t, 'feedback') }],
}

export const ASIDE = ['evaluate', 'link_letter']

export function stepTitle({ t, te }: Words, action: ActionInfo): string {
  const key = `monitoring.action.${action.action}`
  return te(key) ? t(key) : action.title
}

export function stepDialogue(words: Words, action: ActionInfo, about: About = {}): Dialogue {
  const consequence = `monitoring.consequence.${action.action}`
  const fields = ASKED[action.action]?.(words.t, about) ?? (action.needs_reason ? [area(words.t, 'reason')] : [])
  return { action: action.action, title: stepTitle(words, action), fields, ...(words.te(consequence) ? { consequence: words.t(consequence) } : {}) }
}
