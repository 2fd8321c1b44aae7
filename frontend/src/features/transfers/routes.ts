import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: 'exports', component: () => import('./pages/ExportsPage.vue'), meta: { title: 'transfers.exports.title', permission: 'export:create' } }]

export default routes
