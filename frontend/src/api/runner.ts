/** Runs the actions an object offers: opens the form an action needs, sends it, keeps what was typed when it fails. */
import { useMutation } from '@tanstack/vue-query'
import { computed, ref } from 'vue'

import type { Answers } from '@/shared/composables/answers'
import type { ActionInfo, Dialogue } from '@/shared/ui/types'

import { asProblem } from './problems'

interface Options<R> {
  form: (action: ActionInfo) => Dialogue
  run: (action: string, body: Answers) => Promise<R>
  done: (result: R, action: ActionInfo) => void
  /** The object changed under us (409, 412): show it as it is now. */
  moved: () => void
}

const MOVED = [404, 409, 412]

export function useRunner<R>(options: Options<R>) {
  const action = ref<ActionInfo | null>(null)
  const dialogue = ref<Dialogue | null>(null)

  const { mutateAsync, isPending, error, reset } = useMutation({ mutationFn: (call: { name: string; body: Answers }) => options.run(call.name, call.body) })
  const problem = computed(() => (error.value ? asProblem(error.value) : null))
  const fieldProblems = computed(() => problem.value?.fields ?? {})

  function close() {
    dialogue.value = null
    reset()
  }
  async function submit(body: Answers) {
    const current = action.value
    if (!current) return
    try {
      const result = await mutateAsync({ name: current.action, body })
      close()
      options.done(result, current)
    } catch (failure) {
      if (MOVED.includes(asProblem(failure).status)) options.moved()
    }
  }
  /** An action without questions and without consequences runs at once. */
  async function pick(next: ActionInfo) {
    reset()
    action.value = next
    const form = options.form(next)
    if (form.fields.length === 0 && form.consequence === undefined) await submit({})
    else dialogue.value = form
  }
  return { dialogue, busy: isPending, problem, fieldProblems, pick, submit, close }
}
