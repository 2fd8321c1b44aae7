import element from 'element-plus/es/locale/lang/zh-cn'

import accounts from '@/features/accounts/labels/zh-CN'
import campaigns from '@/features/campaigns/labels/zh-CN'
import cases from '@/features/cases/labels/zh-CN'
import evaluations from '@/features/evaluations/labels/zh-CN'
import inspections from '@/features/inspections/labels/zh-CN'
import monitoring from '@/features/monitoring/labels/zh-CN'
import notifications from '@/features/notifications/labels/zh-CN'
import organization from '@/features/organization/labels/zh-CN'
import rectification from '@/features/rectification/labels/zh-CN'
import statistics from '@/features/statistics/labels/zh-CN'
import supervision from '@/features/supervision/labels/zh-CN'
import transfers from '@/features/transfers/labels/zh-CN'
import worktime from '@/features/worktime/labels/zh-CN'
import shared from '@/shared/i18n/labels/zh-CN'

import shell from './shell.zh-CN'

export { element }

export default { ...shared, shell, accounts, campaigns, cases, evaluations, inspections, monitoring, notifications, organization, rectification, statistics, supervision, transfers, worktime }
