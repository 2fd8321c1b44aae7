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

const ACCOUNT = '/account'

async function restored(): Promise<boolean | 'unreachable'> {
  try {
    return await useSession().restore()
  } catch {
    return 'unreachable'
  }
}

/** A new password or a second factor that is due comes before everything else. */
function admission(to: RouteLocationNormalized): NavigationGuardReturn {
  const { owes, permissions } = useSession()
  if (owes !== null) return to.path === ACCOUNT ? true : ACCOUNT
  const wanted = to.meta.permission
  return wanted === undefined || permissions.includes(wanted) ? true : '/forbidden'
}

export async function guard(to: RouteLocationNormalized): Promise<NavigationGuardReturn> {
  if (to.meta.open) return true
  const session = await restored()
  if (session === 'unreachable') return { path: '/offline', query: { next: to.fullPath } }
  if (!session) return { path: '/login', query: to.fullPath === '/desk' ? {} : { next: to.fullPath } }
  return admission(to)
}
