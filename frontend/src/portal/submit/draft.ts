/**
 * The answers of one submission. They are kept in sessionStorage only while that is safe: until sent, never when
 * anonymous, and for a tip-off not before the person has chosen to leave contact details.
 */
import { computed, reactive, type Ref, ref, watch } from 'vue'

import { randomId } from '@/api/client'

import type { CaseBody } from '../shapes'
import { type Answers, blankAnswers } from './answers'

const KEY = 'xn.draft'

interface Attempt {
  key: string
  /** The body as it was sent with the key. */
  sent: string
}

interface Kept {
  answers: Answers
  attempt: Attempt | null
}

function mayBeStored(answers: Answers): boolean {
  if (answers.identity === 'anonymous') return false
  return answers.identity !== null || answers.kind !== 'report'
}

function started(a: Answers): boolean {
  return [a.content, a.title, a.place, a.name, a.phone].some((text) => text.trim() !== '')
}

function restore(): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null
    return kept && { answers: { ...blankAnswers(), ...kept.answers }, attempt: kept.attempt }
  } catch {
    return null
  }
}

function store(answers: Answers, attempt: Attempt | null): void {
  if (!mayBeStored(answers) || !(started(answers) || answers.kind)) {
    sessionStorage.removeItem(KEY)
    return
  }
  sessionStorage.setItem(KEY, JSON.stringify({ answers, attempt }))
}

export interface Draft {
  answers: Answers
  /** Whether something typed earlier came back. */
  restored: Ref<boolean>
  /** Whether leaving the page would lose what was typed. */
  fleeting: Ref<boolean>
  /** The key to send this body with: the same body keeps its key, whatever happened to the answer. */
  keyFor: (body: CaseBody) => string
  clear: () => void
}

export function useDraft(): Draft {
  const kept = restore()
  const answers = reactive(kept?.answers ?? blankAnswers())
  const attempt = ref<Attempt | null>(kept?.attempt ?? null)
  const restored = ref(kept !== null && started(answers))
  const fleeting = computed(() => started(answers) && !mayBeStored(answers))

  watch([answers, attempt], () => store(answers, attempt.value), { deep: true, flush: 'sync' })

  function keyFor(body: CaseBody): string {
    const sent = JSON.stringify(body)
    if (attempt.value?.sent !== sent) attempt.value = { key: randomId(), sent }
    return attempt.value.key
  }

  function clear(): void {
    attempt.value = null
    Object.assign(answers, blankAnswers())
    restored.value = false
    sessionStorage.removeItem(KEY)
  }

  return { answers, restored, fleeting, keyFor, clear }
}
