/**
 * Steps of a form under one address: the address never tells what somebody is doing, yet the phone's own back button
 * goes one step back. The step lives in the history entry; `answered` says how far it may be honoured.
 */
import { onUnmounted, ref, type Ref } from 'vue'
import { useRouter } from 'vue-router'

export interface Steps {
  /** 0-based. */
  current: Ref<number>
  go: (to: number) => Promise<void>
  back: () => void
}

interface Place {
  step?: number
  /** How many steps of this visit lie behind in the history. */
  depth?: number
}

/** @param furthest the last step that the answers given so far allow (a reload may have lost them) */
export function useSteps(furthest: () => number, leave: () => void): Steps {
  const router = useRouter()
  const here = (): Place => router.options.history.state as Place
  const allowed = () => Math.min(Math.max(here().step ?? 0, 0), furthest())
  const current = ref(allowed())
  const path = router.currentRoute.value.path

  const stop = router.afterEach((to, _from, failure) => {
    if (!failure && to.path === path) current.value = allowed()
  })
  onUnmounted(stop)

  async function go(to: number): Promise<void> {
    await router.push({ path, force: true, state: { step: to, depth: (here().depth ?? 0) + 1 } })
  }

  function back(): void {
    if ((here().depth ?? 0) > 0) router.back()
    else if (current.value > 0) void router.replace({ path, force: true, state: { step: current.value - 1 } })
    else leave()
  }

  return { current, go, back }
}
