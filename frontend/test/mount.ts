/** Mounts a component or a whole page the way the console does: router, queries, messages, permissions, lookups. */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, vi } from 'vitest'
import { type Component, computed, ref } from 'vue'
import { createMemoryHistory, createRouter, matchedRouteKey, type Router } from 'vue-router'

import { PERMISSIONS } from '@/shared/composables/permissions'
import { LOOKUPS, type Lookups } from '@/shared/ui/lookups'

import { speech } from './words'

enableAutoUnmount(afterEach)

interface Options {
  props?: Record<string, unknown>
  slots?: Record<string, unknown>
  at?: string
  permissions?: string[]
  locale?: 'zh-CN' | 'en'
  lookups?: Partial<Lookups>
}

export interface Page {
  page: VueWrapper
  router: Router
}

const noLookups: Lookups = { units: () => Promise.resolve([]), people: () => Promise.resolve([]), categories: () => Promise.resolve([]), explain: () => Promise.reject(new Error('no explanation')), upload: () => Promise.reject(new Error('no upload')), download: () => Promise.resolve(), views: { list: () => Promise.resolve([]), create: () => Promise.resolve(), change: () => Promise.resolve(), remove: () => Promise.resolve() } }

export async function show(component: Component, { props = {}, slots = {}, at = '/here', permissions = [], locale = 'zh-CN', lookups = {} }: Options = {}): Promise<Page> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<div />' } }] })
  await router.push(at)
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 }, mutations: { retry: false } } })
  const page = mount(component, {
    props,
    slots: slots as never,
    attachTo: document.body,
    global: {
      plugins: [router, createPinia(), speech(locale), [VueQueryPlugin, { queryClient }]],
      provide: { [matchedRouteKey as symbol]: computed(() => router.currentRoute.value.matched[0]), [PERMISSIONS as symbol]: ref(permissions), [LOOKUPS as symbol]: { ...noLookups, ...lookups } },
      stubs: { transition: false, 'transition-group': false },
    },
  })
  await settle()
  return { page, router }
}

/** Lets requests, queries and the renders they cause come to rest. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 6; i += 1) {
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

/** Waits for something that requests bring about. */
export async function soon(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 3000, interval: 20 })
}

export function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
}

/** The visible text of everything on the page, dialogs included. */
export const text = () => (document.body.textContent ?? '').replace(/\s+/g, ' ')

export function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((b) => b.textContent?.trim() === name || b.getAttribute('aria-label') === name)
  if (!found) throw new Error(`no button “${name}”; there are: ${[...document.querySelectorAll('button')].map((b) => b.textContent?.trim() || b.getAttribute('aria-label')).join(' | ')}`)
  return found
}
