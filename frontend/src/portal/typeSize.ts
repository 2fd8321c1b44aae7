/** Standard or large type (17 / 22 px at the browser's usual size); kept on this device. */
import { ref } from 'vue'

const KEY = 'xn.type'

export const large = ref(localStorage.getItem(KEY) === 'large')

export function applyTypeSize(): void {
  document.documentElement.classList.toggle('large', large.value)
}

export function setLarge(on: boolean): void {
  large.value = on
  if (on) localStorage.setItem(KEY, 'large')
  else localStorage.removeItem(KEY)
  applyTypeSize()
}
