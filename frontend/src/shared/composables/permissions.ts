/** What the person may do. It only hides; the server decides. */
import { type ComputedRef, computed, inject, type InjectionKey, type Ref } from 'vue'

const KEY: InjectionKey<Readonly<Ref<readonly string[]>>> = Symbol('permissions')

export const PERMISSIONS = KEY

export function useCan(permission: () => string | undefined): ComputedRef<boolean> {
  const held = inject(KEY, undefined)
  return computed(() => {
    const wanted = permission()
    return wanted === undefined || (held?.value.includes(wanted) ?? false)
  })
}
