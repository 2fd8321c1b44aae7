import element from 'element-plus/es/locale/lang/en'

import accounts from '@/features/accounts/labels/en'
import campaigns from '@/features/campaigns/labels/en'
import cases from '@/features/cases/labels/en'
import evaluations from '@/features/evaluations/labels/en'
import inspections from '@/features/inspections/labels/en'
import monitoring from '@/features/monitoring/labels/en'
import notifications from '@/features/notifications/labels/en'
import organization from '@/features/organization/labels/en'
import rectification from '@/features/rectification/labels/en'
import statistics from '@/features/statistics/labels/en'
import supervision from '@/features/supervision/labels/en'
import transfers from '@/features/transfers/labels/en'
import worktime from '@/features/worktime/labels/en'
import shared from '@/shared/i18n/labels/en'

import shell from './shell.en'

export { element }

export default { ...shared, shell, accounts, campaigns, cases, evaluations, inspections, monitoring, notifications, organization, rectification, statistics, supervision, transfers, worktime }
