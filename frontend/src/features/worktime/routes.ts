import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: 'worktime/calendar', component: () => import('./pages/CalendarPage.vue'), meta: { title: 'worktime.calendar.title' } },
  { path: 'worktime/policies', component: () => import('./pages/PoliciesPage.vue'), meta: { title: 'worktime.policies.title' } },
  { path: 'worktime/changes', component: () => import('./pages/ChangesPage.vue'), meta: { title: 'worktime.changes.title', permission: 'time_rules:read' } },
  { path: 'worktime/changes/:id', component: () => import('./pages/ChangePage.vue'), props: true, meta: { title: 'worktime.changes.title', permission: 'time_rules:read' } },
]

export default routes
