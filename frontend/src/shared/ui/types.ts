/** Shapes the kit draws. The API's own shapes fit them; the kit does not know the API. */
export type LampName = 'green' | 'blue' | 'yellow' | 'red' | 'paused' | 'done'

export type Tone = 'grey' | 'accent' | 'blue' | 'green' | 'yellow' | 'red'

export interface DeadlineInfo {
  kind: string
  /** None while the clock is paused. */
  due_at: string | null
  overdue: boolean
  provisional: boolean
  paused: boolean
  remaining_working_days: number | null
  remaining_minutes: number | null
}

export interface ClockInfo {
  id: string
  kind: string
  state: 'running' | 'paused' | 'stopped' | 'cancelled'
  amount: number
  unit: 'minute' | 'work_hour' | 'natural_day' | 'working_day' | 'same_day'
  basis: string
  extension_total: number
  started_at: string
  due_at: string | null
  stopped_at: string | null
  lamp: LampName
  deadline: DeadlineInfo
}

export interface ExplainedDay {
  day: string
  verdict: 'start' | 'counted' | 'make_up_working_day' | 'rest_day' | 'holiday' | 'paused' | 'rolled'
  /** The how-many-th day of the limit, when it counts. */
  number: number | null
  /** The minutes that counted, for limits in hours or minutes. */
  minutes: number | null
  name: string
  /** False when the calendar of that year is not published yet. */
  known: boolean
  /** The region itself made this day special. */
  local: boolean
}

export interface LedgerEntry {
  at: string
  action: 'pause' | 'resume' | 'extend' | 'stop' | 'cancel' | 'return' | 'reopen' | 'recalculate'
  amount: number | null
  reason: string | null
  file_ids: string[]
  from_due_at: string | null
  to_due_at: string | null
}

export interface Explanation {
  days: ExplainedDay[]
  due_at: string | null
  provisional: boolean
  paused: boolean
  /** The date was kept although the present rules would have it otherwise. */
  settled: boolean
  rule: { basis: string; amount: number; extension_total: number; unit: ClockInfo['unit']; roll: boolean; version: number | null; effective_from: string | null }
  sources: { year: number; source: string | null }[]
  ledger: LedgerEntry[]
  calendar_version: number
  calendar_now: number
}

export interface ActionInfo {
  action: string
  needs_reason: boolean
  title: string
}

export interface FileInfo {
  id: string
  name: string
  size: number
}

export interface TimelineItem {
  id: string
  at: string
  /** The action's name; `title` says it in the server's language. */
  action: string
  actor: { id: string | null; name: string; kind: 'person' | 'system' | 'citizen' | 'machine' }
  title: string
  reason: string | null
  changes: Record<string, unknown>
}

export interface Option {
  value: string
  label: string
}

export interface FilterField {
  name: string
  kind: 'select' | 'unit' | 'category' | 'day'
  label: string
  options?: Option[]
  /** Folded away until asked for or in use. */
  more?: boolean
  /** Its control stands in the head of a column, and in the bar only where tables have no heads. */
  inHead?: boolean
}

/** A node of a choice tree (units, categories). */
export interface TreeOption extends Option {
  children?: TreeOption[]
}

export interface Column {
  key: string
  title: string
  /** CSS width; one column without a width takes what is left. */
  width?: string
  align?: 'start' | 'end' | 'center'
  /** The sort key of the API; the header becomes a button. */
  sort?: string
  /** Filters whose controls stand in the column's head. */
  filters?: readonly FilterField[]
  /** Cannot be hidden. */
  fixed?: boolean
  /** Only on wide screens unless the person chose it: 1 from 1400 px, 2 from 1680 px. */
  wide?: 1 | 2
  /** Where the cell goes when rows are stacked on a phone. */
  phone?: 'mark' | 'title' | 'lead' | 'meta' | 'hide'
}

/** One field of an action's form. */
export interface Field {
  name: string
  kind: 'text' | 'textarea' | 'choice' | 'yesno' | 'select' | 'unit' | 'units' | 'person' | 'date' | 'files' | 'file' | 'stars' | 'percent' | 'number' | 'checks'
  label: string
  required?: boolean
  /** Required while that other field has no answer. */
  unless?: string
  help?: string
  placeholder?: string
  options?: Option[]
  /** People of this unit; without it the person chooses the unit first. */
  unitId?: string
  initial?: unknown
}

export interface Dialogue {
  action: string
  title: string
  /** What happens after confirming, in a sentence. */
  consequence?: string
  /** What is judged, word for word, so that nobody confirms what they have not read. */
  quote?: string
  fields: Field[]
}

export interface ProblemInfo {
  status: number
  code: string
  problem: { title: string; detail: string | null; request_id: string; errors: { path: string; message: string }[] }
}
