/** The browser's own question before a page is closed or reloaded, while something would be lost; and what to drop when it is. */
import { onMounted, onUnmounted } from 'vue'

export interface Goodbye {
  /** Whether the person has already agreed to lose it. */
  said: () => boolean
  say: () => void
}

export function useGoodbye(atStake: () => boolean, drop: () => void): Goodbye {
  let agreed = false

  function hold(event: BeforeUnloadEvent): void {
    if (atStake() && !agreed) event.preventDefault()
  }

  onMounted(() => {
    window.addEventListener('beforeunload', hold)
    window.addEventListener('pagehide', drop)
  })
  onUnmounted(() => {
    window.removeEventListener('beforeunload', hold)
    window.removeEventListener('pagehide', drop)
  })
  return {
    said: () => agreed,
    say: () => {
      agreed = true
    },
  }
}
