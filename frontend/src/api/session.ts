/** Who is signed in: the only Pinia store of the product. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { api, unwrap } from './client'
import { keepToken, refresh } from './token'
import type { LoginIn, Me } from './types'

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  /** Until these are done the server refuses everything else. */
  const owes = computed(() => (me.value?.must_change_password ? 'password' : me.value?.must_enrol ? 'totp' : null))
  const permissions = computed<readonly string[]>(() => me.value?.permissions ?? [])

  async function load(): Promise<void> {
    me.value = await unwrap(api.GET('/api/v1/auth/me'))
  }

  async function login(credentials: Omit<LoginIn, 'client'>): Promise<void> {
    const { access_token } = await unwrap(api.POST('/api/v1/auth/login', { body: { ...credentials, client: 'web' } }))
    keepToken(access_token)
    await load()
  }

  /** Picks the session up again after a reload; false when there is none. */
  async function restore(): Promise<boolean> {
    if (me.value) return true
    if (!(await refresh())) return false
    await load()
    return true
  }

  function forget(): void {
    keepToken(null)
    me.value = null
  }

  async function logout(): Promise<void> {
    await unwrap(api.POST('/api/v1/auth/logout')).catch(() => undefined)
    forget()
  }

  return { me, owes, permissions, load, login, restore, forget, logout }
})
