/** Who may enter a page. The server decides again on every call. */
import type { NavigationGuardReturn, RouteLocationNormalized } from 'vue-router'

import { useSession } from '@/api/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Reachable without login. */
    open?: boolean
    permission?: string
    /** Message key of the document title. */
    title?: string
  }
}

async function restored(): Promise<boolean | 'unreachable'> {
  try {
    return await useSession().restore()
  } catch {
    return 'unreachable'
  }
}

export async function guard(to: RouteLocationNormalized): Promise<NavigationGuardReturn> {
  if (to.meta.open) return true
  const session = await restored()
  if (session === 'unreachable') return { path: '/offline', query: { next: to.fullPath } }
  if (!session) return { path: '/login', query: to.fullPath === '/desk' ? {} : { next: to.fullPath } }
  const wanted = to.meta.permission
  if (wanted !== undefined && !useSession().permissions.includes(wanted)) return '/forbidden'
  return true
}
