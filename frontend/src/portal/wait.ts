/** Counts down the seconds a throttled person has to wait. */
import { onUnmounted, ref, type Ref } from 'vue'

export interface Wait {
  left: Ref<number>
  start: (seconds: number) => void
}

export function useWait(over: () => void): Wait {
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  let until = 0

  function tick(): void {
    left.value = Math.max(0, Math.ceil((until - Date.now()) / 1000))
    if (left.value > 0) return
    clearInterval(timer)
    over()
  }

  function start(seconds: number): void {
    clearInterval(timer)
    until = Date.now() + seconds * 1000
    left.value = seconds
    timer = setInterval(tick, 500)
  }

  onUnmounted(() => clearInterval(timer))
  return { left, start }
}
