import type { RouteRecordRaw } from 'vue-router'

const read = { permission: 'campaign:read' }
const routes: RouteRecordRaw[] = [
  { path: 'campaigns', component: () => import('./pages/CampaignsPage.vue'), meta: { title: 'campaigns.list.title', ...read } },
  { path: 'campaigns/templates', component: () => import('./pages/TemplatesPage.vue'), meta: { title: 'campaigns.templates.title', ...read } },
  { path: 'campaigns/templates/:code', component: () => import('./pages/TemplatePage.vue'), props: true, meta: { title: 'campaigns.templates.one', ...read } },
  { path: 'campaigns/deliverables/:id', component: () => import('./pages/PaperPage.vue'), props: true, meta: { title: 'campaigns.paper.title', permission: 'deliverable:read' } },
  { path: 'campaigns/:id/board', component: () => import('./pages/BoardPage.vue'), props: true, meta: { title: 'campaigns.board.title', permission: 'deliverable:read' } },
  { path: 'campaigns/:id/reports', component: () => import('./pages/ReportsPage.vue'), props: true, meta: { title: 'campaigns.reports.title', permission: 'campaign_report:read' } },
  { path: 'campaigns/:id/tasks', component: () => import('./pages/TasksPage.vue'), props: true, meta: { title: 'campaigns.tasks.title', permission: 'task:read' } },
  { path: 'campaigns/:id', component: () => import('./pages/CampaignPage.vue'), props: true, meta: { title: 'campaigns.detail.title', ...read } },
]

export default routes
