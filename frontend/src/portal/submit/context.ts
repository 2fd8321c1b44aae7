/** What the steps of one submission share. */
import { type ComputedRef, inject, type InjectionKey, provide } from 'vue'

import type { Answers } from './answers'
import type { Errors } from './rules'

interface Submission {
  answers: Answers
  /** Of the step on screen, once the person has tried to go on. */
  errors: ComputedRef<Errors>
}

const SUBMISSION: InjectionKey<Submission> = Symbol('submission')

export function provideSubmission(submission: Submission): void {
  provide(SUBMISSION, submission)
}

export function useSubmission(): Submission {
  const submission = inject(SUBMISSION)
  if (!submission) throw new Error('a step outside of a submission')
  return submission
}
