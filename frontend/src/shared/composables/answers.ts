/** The values of a field-driven form and what is still missing. */
import { computed, reactive, ref } from 'vue'

import type { Field } from '../ui/types'

export type Answers = Record<string, unknown>

const BLANK: Partial<Record<Field['kind'], unknown>> = { files: [], checks: [], units: [], percent: 0, file: [], unit: null, person: null }

function empty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}

function initial(field: Field): unknown {
  if (field.initial !== undefined) return field.initial
  return structuredClone(BLANK[field.kind] ?? '')
}

/** Files travel as ids; blank optional answers are not sent at all. */
function outgoing(field: Field, value: unknown): [string, unknown][] {
  if (empty(value)) return field.kind === 'files' ? [[field.name, []]] : []
  if (field.kind === 'files') return [[field.name, (value as { id: string }[]).map((f) => f.id)]]
  if (field.kind === 'file') return [[field.name, (value as { id: string }[])[0]?.id]]
  return [[field.name, typeof value === 'string' ? value.trim() : value]]
}

export function useAnswers(fields: () => readonly Field[]) {
  const answers = reactive<Answers>({})
  const tried = ref(false)

  function start() {
    for (const key of Object.keys(answers)) delete answers[key]
    for (const field of fields()) answers[field.name] = initial(field)
    tried.value = false
  }
  const owed = (f: Field) => f.required === true || (f.unless !== undefined && empty(answers[f.unless]))
  const missing = computed(() => fields().filter((f) => owed(f) && empty(answers[f.name])).map((f) => f.name))
  const body = () => Object.fromEntries(fields().flatMap((f) => outgoing(f, answers[f.name])))
  /** True when complete; from then on what is missing is marked. */
  const check = () => {
    tried.value = true
    return missing.value.length === 0
  }
  const lacks = (name: string) => tried.value && missing.value.includes(name)
  start()
  return { answers, start, check, lacks, body }
}
