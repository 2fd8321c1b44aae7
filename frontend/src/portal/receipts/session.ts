/**
 * The receipt somebody has entered and what it opened: in memory only, for as long as they stay on the pages that
 * need it. It never reaches the address, the history or any storage.
 */
import { ref, shallowRef } from 'vue'

import { dispute, rate, supplement, track } from '../calls'
import type { RateBody, Receipt, TrackView } from '../shapes'

interface Opened {
  receipt: Receipt
  view: TrackView
}

export const opened = shallowRef<Opened | null>(null)

/** Whether the rating of the opened case was given just now, and not on an earlier day. */
export const judgedNow = ref(false)

/** Changes when the person leaves: an answer that comes later finds nobody to show itself to. */
let visit = 0

async function show(receipt: Receipt, asked: Promise<TrackView>, judged = judgedNow.value): Promise<void> {
  const during = visit
  const view = await asked
  if (visit !== during) return
  judgedNow.value = judged
  opened.value = { receipt, view }
}

export async function open(receipt: Receipt): Promise<void> {
  await show(receipt, track(receipt))
}

/** Asks again with the same receipt, in the language of the page. */
export async function refresh(): Promise<void> {
  if (opened.value) await open(opened.value.receipt)
}

export async function judge(judgement: Omit<RateBody, 'number' | 'secret'>, key: string): Promise<void> {
  if (!opened.value) return
  const { receipt } = opened.value
  await show(receipt, rate({ ...receipt, ...judgement }, key), true)
}

/** What can be said about a case besides a rating. */
export type Saying = 'supplement' | 'dispute'

export async function tell(saying: Saying, words: string, key: string): Promise<void> {
  if (!opened.value) return
  const { receipt } = opened.value
  await show(receipt, saying === 'supplement' ? supplement({ ...receipt, text: words }, key) : dispute({ ...receipt, reason: words }, key))
}

export function shut(): void {
  visit += 1
  opened.value = null
  judgedNow.value = false
}
