import { nextTick } from 'vue'

/** Moves the focus to a field or a notice that has just been drawn. */
export async function focusOn(id: string): Promise<void> {
  await nextTick()
  document.getElementById(id)?.focus()
}
