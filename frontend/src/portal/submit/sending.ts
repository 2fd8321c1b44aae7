/** Sending a submission: one at a time, repeatable without a second case, and honest about what is not known. */
import { ref, type Ref, shallowRef } from 'vue'

import { say } from '../announce'
import { Refusal, sendCase } from '../calls'
import { focusOn } from '../focus'
import type { Accepted } from '../shapes'
import { t } from '../speech'
import { useWait } from '../wait'
import { type Step, toBody } from './answers'
import type { Draft } from './draft'
import { refusedSteps } from './rules'

export interface Sending {
  busy: Ref<boolean>
  refusal: Ref<Refusal | null>
  /** Steps whose answers the server refused. */
  refused: Ref<Step[]>
  /** Seconds until the next try is allowed. */
  left: Ref<number>
  /** What came back; held in memory only, until `forget`. */
  accepted: Ref<Accepted | null>
  send: () => Promise<void>
  forget: () => void
}

export function useSending(draft: Draft): Sending {
  const busy = ref(false)
  const refusal = shallowRef<Refusal | null>(null)
  const refused = ref<Step[]>([])
  const accepted = shallowRef<Accepted | null>(null)
  const { left, start } = useWait(() => say(t('portal.problem.waitOver')))

  function refuse(error: unknown): void {
    if (!(error instanceof Refusal)) throw error
    refusal.value = error
    refused.value = error.problem.status === 422 ? refusedSteps(error.problem.fields) : []
    if (error.wait !== null && error.problem.status === 429) start(error.wait)
    void focusOn('problem')
  }

  async function send(): Promise<void> {
    if (busy.value || left.value > 0) return
    busy.value = true
    refusal.value = null
    refused.value = []
    say(t('portal.submit.review.sending'))
    const body = toBody(draft.answers)
    try {
      accepted.value = await sendCase(body, draft.keyFor(body))
      draft.clear()
    } catch (error) {
      refuse(error)
    } finally {
      busy.value = false
    }
  }

  function forget(): void {
    accepted.value = null
  }

  return { busy, refusal, refused, left, accepted, send, forget }
}
