import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: 'desk', component: () => import('./pages/DeskPage.vue'), meta: { title: 'statistics.desk.title' } }]

export default routes
