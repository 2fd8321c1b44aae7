/** The intake form: what is typed, the draft on this device, and what the API gets. */
import { computed, reactive, ref, watch } from 'vue'

import { randomId } from '@/api/client'
import type { AlikeInput, CaseChannel, CaseCreate, CaseKind, Identity, Urgency } from '@/api/types'

const KEY = 'xn.draft.intake'
const TITLE_MAX = 40
const TITLE_LIMIT = 200
const PHONE = /^\+?[0-9][0-9 -]{4,24}$/

export interface Intake {
  channel: CaseChannel
  kind: CaseKind
  phone: string
  name: string
  identity: Identity
  content: string
  title: string
  place: string
  occurred: string
  category: string | null
  urgency: Urgency
  target: string | null
}

export type Wrong = Partial<Record<'content' | 'title' | 'phone' | 'caller', true>>

const BLANK: Intake = { channel: 'hotline_12345', kind: 'complaint', phone: '', name: '', identity: 'real_name', content: '', title: '', place: '', occurred: '', category: null, urgency: 'normal', target: null }

/** The first sentence, as a title nobody had to type. */
export function firstSentence(content: string): string {
  return (content.trim().split(/[。！？!?\n；;]/)[0] ?? '').trim().slice(0, TITLE_MAX)
}

const titleOf = (form: Intake) => form.title.trim() || firstSentence(form.content)
const tooShort = (text: string) => text.trim().length < 2
const isAnonymous = ({ identity }: Intake) => identity === 'anonymous'
const wrongPhone = (form: Intake) => !isAnonymous(form) && form.phone.trim() !== '' && !PHONE.test(form.phone.trim())

/** The same limits as the API's, said before it has to. A missing title is the missing content's fault. */
export function wrongs(form: Intake): Wrong {
  const content = tooShort(form.content)
  const title = !content && (tooShort(titleOf(form)) || titleOf(form).length > TITLE_LIMIT)
  return { ...(content ? { content } : {}), ...(title ? { title } : {}), ...(wrongPhone(form) ? { phone: true } : {}), ...(!isAnonymous(form) && !caller(form) ? { caller: true } : {}) }
}

function caller(form: Intake): NonNullable<CaseCreate['caller']> | null {
  const given = { name: form.name.trim(), phone: form.phone.trim() }
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  return Object.keys(kept).length ? kept : null
}

/** What the server may compare while the case is being typed; null while there is too little. */
export function comparable(form: Intake): AlikeInput | null {
  const title = titleOf(form).slice(0, TITLE_LIMIT)
  if (tooShort(title)) return null
  const phone = form.phone.trim()
  return {
    title,
    category_code: form.category,
    place: form.place.trim() || null,
    phone: !isAnonymous(form) && phone && PHONE.test(phone) ? phone : null,
  }
}

export function toCase(form: Intake): CaseCreate {
  const { channel, kind, identity, urgency, category, target } = form
  return {
    channel, kind, identity, urgency,
    title: titleOf(form),
    content: form.content.trim(),
    category_code: category,
    target_unit_id: target,
    place: form.place.trim() || null,
    occurred_at: form.occurred === '' ? null : new Date(`${form.occurred}:00+08:00`).toISOString(),
    caller: isAnonymous(form) ? null : caller(form),
  }
}

function draft(): Partial<Intake> | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Intake> | null
  } catch {
    return null
  }
}

/** A draft lives in this tab only; an anonymous one is never written down. */
export function useIntake() {
  const found = draft()
  const form = reactive<Intake>({ ...BLANK, ...found })
  const key = ref(randomId())
  const tried = ref(false)
  const typed = computed(() => form.content !== '' || form.title !== '' || form.phone !== '' || form.name !== '')
  const wrong = computed<Wrong>(() => (tried.value ? wrongs(form) : {}))

  watch(form, () => {
    if (isAnonymous(form) || !typed.value) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, JSON.stringify(form))
  })
  watch(() => isAnonymous(form), (on) => {
    if (on) Object.assign(form, { name: '', phone: '' })
  })

  /** Ready for the next caller; source and kind stay, they rarely change within a shift. */
  function clear() {
    Object.assign(form, { ...BLANK, channel: form.channel, kind: form.kind })
    key.value = randomId()
    tried.value = false
    sessionStorage.removeItem(KEY)
  }
  function check(): boolean {
    tried.value = true
    return Object.keys(wrongs(form)).length === 0
  }
  return { form, key, wrong, typed, restored: found !== null, clear, check }
}
