/** The rail: what a role cannot use is absent. */
import type { IconName } from '@/shared/ui/icons'

export interface MenuEntry {
  to: string
  label: string
  icon: IconName
  permission?: string
}

export const MENU: readonly MenuEntry[] = [
  { to: '/desk', label: 'shell.menu.desk', icon: 'desk' },
  { to: '/cases', label: 'shell.menu.cases', icon: 'cases', permission: 'case:read' },
  { to: '/rectification', label: 'shell.menu.rectification', icon: 'ledger', permission: 'item:read' },
  { to: '/campaigns', label: 'shell.menu.campaigns', icon: 'flag', permission: 'campaign:read' },
  { to: '/self-checks', label: 'shell.menu.self_checks', icon: 'check', permission: 'self_check:read' },
  { to: '/inspections', label: 'shell.menu.inspections', icon: 'search', permission: 'inspection:read' },
  { to: '/letters', label: 'shell.menu.letters', icon: 'file', permission: 'letter:read' },
  { to: '/monitoring', label: 'shell.menu.monitoring', icon: 'pin', permission: 'monitoring_point:read' },
  { to: '/monitoring/mine', label: 'shell.menu.my_monitoring', icon: 'pin', permission: 'monitor:report' },
  { to: '/supervision/listings', label: 'shell.menu.listings', icon: 'pin', permission: 'listing:read' },
  { to: '/supervision/instructions', label: 'shell.menu.instructions', icon: 'file', permission: 'instruction:read' },
  { to: '/evaluations', label: 'shell.menu.evaluations', icon: 'check', permission: 'evaluation:read' },
  { to: '/units', label: 'shell.menu.units', icon: 'units' },
  { to: '/people', label: 'shell.menu.people', icon: 'user', permission: 'person:read' },
  { to: '/bodies', label: 'shell.menu.bodies', icon: 'bodies', permission: 'body:read' },
  { to: '/worktime/calendar', label: 'shell.menu.worktime', icon: 'clock' },
]
