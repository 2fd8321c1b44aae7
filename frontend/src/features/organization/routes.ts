import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: 'units/:id?', component: () => import('./pages/UnitsPage.vue'), props: true, meta: { title: 'organization.title' } }]

export default routes
