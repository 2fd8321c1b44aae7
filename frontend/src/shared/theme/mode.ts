/** Light, dark, or whatever the device says. */
import { ref } from 'vue'

export type Mode = 'auto' | 'light' | 'dark'

const KEY = 'xn.mode'
const system = matchMedia('(prefers-color-scheme: dark)')
const stored = localStorage.getItem(KEY)

export const mode = ref<Mode>(stored === 'light' || stored === 'dark' ? stored : 'auto')

export function applyMode(): void {
  const dark = mode.value === 'dark' || (mode.value === 'auto' && system.matches)
  document.documentElement.classList.toggle('dark', dark)
}

export function setMode(next: Mode): void {
  mode.value = next
  localStorage.setItem(KEY, next)
  applyMode()
}

system.addEventListener('change', applyMode)
