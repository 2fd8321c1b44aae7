import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

import accounts from '@/features/accounts/routes'
import campaigns from '@/features/campaigns/routes'
import cases from '@/features/cases/routes'
import evaluations from '@/features/evaluations/routes'
import inspections from '@/features/inspections/routes'
import monitoring from '@/features/monitoring/routes'
import organization from '@/features/organization/routes'
import rectification from '@/features/rectification/routes'
import statistics from '@/features/statistics/routes'
import supervision from '@/features/supervision/routes'
import transfers from '@/features/transfers/routes'
import worktime from '@/features/worktime/routes'

import { guard } from './guards'

const { open, inside } = accounts

const routes: RouteRecordRaw[] = [
  ...open,
  { path: '/offline', component: () => import('./pages/OfflinePage.vue'), meta: { open: true, title: 'shell.offline.title' } },
  {
    path: '/',
    component: () => import('./layout/ConsoleShell.vue'),
    redirect: '/desk',
    children: [
      ...statistics,
      ...campaigns,
      ...cases,
      ...rectification,
      ...supervision,
      ...inspections,
      ...monitoring,
      ...evaluations,
      ...organization,
      ...worktime,
      ...transfers,
      ...inside,
      { path: 'forbidden', component: () => import('./pages/ForbiddenPage.vue'), meta: { title: 'shell.forbidden.title' } },
      { path: ':rest(.*)*', component: () => import('./pages/NotFoundPage.vue'), meta: { title: 'shell.missing.title' } },
    ],
  },
]

export function createConsoleRouter() {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(guard)
  return router
}
