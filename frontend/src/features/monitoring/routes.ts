import type { RouteRecordRaw } from 'vue-router'

const office = { permission: 'monitoring_point:read' }
const routes: RouteRecordRaw[] = [
  { path: 'monitoring', component: () => import('./pages/PointsPage.vue'), meta: { title: 'monitoring.points.title', ...office } },
  { path: 'monitoring/infos', component: () => import('./pages/InfosPage.vue'), meta: { title: 'monitoring.infos.title', ...office } },
  { path: 'monitoring/mine', component: () => import('./pages/MinePage.vue'), meta: { title: 'monitoring.mine.title', permission: 'monitor:report' } },
  { path: 'monitoring/:id', component: () => import('./pages/PointPage.vue'), props: true, meta: { title: 'monitoring.points.one', ...office } },
]

export default routes
