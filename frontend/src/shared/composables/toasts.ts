/** Short confirmations at the edge of the screen. Failures do not go here: they stay beside what failed. */
import { reactive } from 'vue'

interface Toast {
  id: number
  text: string
}

const SHOWN_MS = 4200
const toasts = reactive<Toast[]>([])
let last = 0

export function useToasts() {
  const dismiss = (id: number) => {
    const at = toasts.findIndex((toast) => toast.id === id)
    if (at >= 0) toasts.splice(at, 1)
  }
  const toast = (text: string) => {
    last += 1
    const id = last
    toasts.push({ id, text })
    setTimeout(() => dismiss(id), SHOWN_MS)
  }
  return { toasts, toast, dismiss }
}
