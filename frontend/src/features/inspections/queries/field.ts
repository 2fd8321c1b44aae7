/** Work in the field: everything is first kept on the device, then sent when there is a network. */
import { computed, onMounted, onUnmounted, ref, type Ref, toRaw } from 'vue'

import { api, idempotent, randomId, unwrap } from '@/api/client'
import { uploadFile } from '@/api/files'
import { asProblem } from '@/api/problems'

import { type AnswerDraft, type Draft, draftsOf, dropDraft, type FindingDraft, keepDraft, keepSheet, keptSheet, type Photo, type Sheet } from './drafts'

type Result = AnswerDraft['body']['result']
const UNREACHABLE_FROM = 500
const CHANGED = '.answer_changed'

/** A key as the API writes it; `crypto.randomUUID` is missing on plain-http intranets. */
function deviceKey(): string {
  return randomId().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const sheetOf = (row_id: string) => unwrap(api.GET('/api/v1/inspection-units/{row_id}', { params: { path: { row_id } } }))
export const alikeTo = (unit_id: string, problem_code: string) => unwrap(api.GET('/api/v1/inspection-findings/alike', { params: { query: { unit_id, problem_code } } }))
export const problemCodes = async () => (await unwrap(api.GET('/api/v1/taxonomies/{scheme}', { params: { path: { scheme: 'problem' } } }))).items

/** Whether it never got there, so that it is worth sending again. */
function isAway(failure: unknown): boolean {
  const { status } = asProblem(failure)
  return status === 0 || status >= UNREACHABLE_FROM
}

async function sendAnswer(draft: AnswerDraft): Promise<void> {
  await unwrap(api.POST('/api/v1/inspection-units/{row_id}/answers', { params: { path: { row_id: draft.row } }, body: draft.body, headers: idempotent(draft.id) }))
}

async function sendFinding(draft: FindingDraft): Promise<void> {
  for (const photo of draft.photos) {
    if (photo.fileId !== undefined) continue
    photo.fileId = (await uploadFile(new File([photo.bytes], photo.name, { type: photo.type }))).id
    await keepDraft(draft)
  }
  const file_ids = draft.photos.flatMap((photo) => photo.fileId ?? [])
  await unwrap(api.POST('/api/v1/inspection-findings', { body: { ...draft.body, file_ids } }))
}

/** The sheet of one unit: from the server, or as the device remembers it. */
function useSheet(row: () => string) {
  const sheet = ref<Sheet>()
  const failure = ref<unknown>(null)
  async function refresh() {
    try {
      sheet.value = await sheetOf(row())
      failure.value = null
      await keepSheet(toRaw(sheet.value))
    } catch (error) {
      sheet.value ??= await keptSheet(row())
      failure.value = sheet.value && isAway(error) ? null : error
    }
  }
  return { sheet, failure, refresh }
}

/** What the server refused stays for the person to decide; whatever else went wrong is told. */
async function refused(draft: Draft, error: unknown): Promise<boolean> {
  const { code, message } = asProblem(error)
  if (draft.kind === 'answer' && code.endsWith(CHANGED)) await keepDraft({ ...draft, clash: true })
  else if (draft.kind === 'finding') await keepDraft({ ...draft, refused: message })
  else return false
  return true
}

/** The drafts of one unit, and sending them in the order in which they were written. */
function useDrafts(row: () => string, failure: Ref<unknown>, refresh: () => Promise<void>) {
  const drafts = ref<Draft[]>([])
  let sending = false
  const reload = async () => (drafts.value = await draftsOf(row()))

  async function sendOne(draft: Draft): Promise<boolean> {
    try {
      await (draft.kind === 'answer' ? sendAnswer(draft) : sendFinding(draft))
      await dropDraft(draft.id)
    } catch (error) {
      if (isAway(error)) return false
      if (!(await refused(draft, error))) failure.value = error
    }
    return true
  }

  const waits = (draft: Draft) => (draft.kind === 'answer' ? !draft.clash : draft.refused === undefined)

  async function sendAll() {
    const tried = new Set<string>()
    for (;;) {
      const next = (await draftsOf(row())).find((draft) => waits(draft) && !tried.has(draft.id))
      if (!next) return
      tried.add(next.id)
      if (!(await sendOne(next))) return
    }
  }

  async function send() {
    if (sending || !navigator.onLine) return
    sending = true
    try {
      await sendAll()
    } finally {
      sending = false
    }
    const trouble = failure.value
    await refresh()
    failure.value ??= trouble
    await reload()
  }

  /** The one that it takes the place of goes only after this one is safe. */
  async function keep(draft: Draft, instead?: string) {
    await keepDraft(draft)
    if (instead !== undefined) await dropDraft(instead)
    await reload()
    void send()
  }

  async function discard(id: string) {
    await dropDraft(id)
    await reload()
  }
  return { drafts, reload, send, keep, discard }
}

/** Whether there is a network, and what to do when it comes back. */
function useOnline(back: () => Promise<void>) {
  const online = ref(navigator.onLine)
  const turn = () => {
    online.value = navigator.onLine
    void back()
  }
  onMounted(() => {
    addEventListener('online', turn)
    addEventListener('offline', turn)
  })
  onUnmounted(() => {
    removeEventListener('online', turn)
    removeEventListener('offline', turn)
  })
  return online
}

export function useField(row: () => string) {
  const { sheet, failure, refresh } = useSheet(row)
  const { drafts, reload, send, keep, discard } = useDrafts(row, failure, refresh)
  const online = useOnline(send)
  const answers = computed(() => new Map(sheet.value?.answers.map((one) => [one.item_key, one])))
  const waiting = computed(() => new Map(drafts.value.flatMap((draft) => (draft.kind === 'answer' ? [[draft.body.item_key, draft] as const] : []))))

  /** A later answer of one's own to the same line takes the place of one that was not sent yet. */
  async function answer(item_key: string, result: Result, note: string | null) {
    const before = waiting.value.get(item_key)
    const id = deviceKey()
    const base_rev = before?.body.base_rev ?? answers.value.get(item_key)?.rev ?? 0
    await keep({ kind: 'answer', id, row: row(), body: { id, item_key, result, note, seen_at: new Date().toISOString(), base_rev } }, before?.id)
  }

  /** Mine: over the answer that is there now. Theirs: mine is put away. */
  function choose(draft: AnswerDraft, mine: boolean): Promise<void> {
    if (!mine) return discard(draft.id)
    const id = deviceKey()
    const base_rev = answers.value.get(draft.body.item_key)?.rev ?? 0
    return keep({ kind: 'answer', id, row: row(), body: { ...draft.body, id, base_rev } }, draft.id)
  }

  async function found(body: Omit<FindingDraft['body'], 'id' | 'row_id'>, photos: Photo[]) {
    const id = deviceKey()
    await keep({ kind: 'finding', id, row: row(), body: { ...body, id, row_id: row() }, photos })
  }

  onMounted(async () => {
    await reload()
    if (drafts.value.length && navigator.onLine) await send()
    else await refresh()
  })
  return { sheet, drafts, online, failure, answers, waiting, answer, choose, found, discard, send }
}
