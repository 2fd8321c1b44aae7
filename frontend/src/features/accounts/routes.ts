import type { RouteRecordRaw } from 'vue-router'

const open: RouteRecordRaw[] = [{ path: '/login', component: () => import('./pages/LoginPage.vue'), meta: { open: true, title: 'accounts.login.title' } }]

const inside: RouteRecordRaw[] = [{ path: 'account', component: () => import('./pages/AccountPage.vue'), meta: { title: 'accounts.security.title' } }]

export default { open, inside }
