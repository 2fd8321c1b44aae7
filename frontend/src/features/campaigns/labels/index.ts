/** Tones of campaigns; texts are beside, one file per language. */
import type { Schemas } from '@/api/types'
import { describe } from '@/shared/composables/changes'
import type { Tone } from '@/shared/ui/types'

export const CAMPAIGN_STATUSES: readonly Schemas['CampaignStatus'][] = ['draft', 'published', 'running', 'suspended', 'summarising', 'closed', 'archived']
export const CAMPAIGN_TONES: Record<Schemas['CampaignStatus'], Tone> = { draft: 'grey', published: 'blue', running: 'accent', suspended: 'yellow', summarising: 'blue', closed: 'green', archived: 'grey' }
export const STAGE_TONES: Record<Schemas['StageStatus'], Tone> = { planned: 'grey', open: 'accent', closed: 'green' }
export const PAPER_TONES: Record<Schemas['DeliverableStatus'], Tone> = { pending: 'grey', submitted: 'blue', approved: 'green', rejected: 'yellow', void: 'grey' }
export const TASK_TONES: Record<Schemas['TaskStatus'], Tone> = { open: 'grey', assigned: 'accent', answered: 'blue', accepted: 'green' }
export const REPORT_TONES: Record<Schemas['ReportStatus'], Tone> = { owed: 'grey', submitted: 'blue', returned: 'yellow', accepted: 'green' }
export const TIMELINESS_TONES: Record<Schemas['Timeliness'], Tone> = { due: 'grey', on_time: 'green', late: 'red', missing: 'red' }

/** An entry of a campaign's timeline, beyond its title. */
export const describeEntry = (t: (key: string, values: Record<string, unknown>) => string, entry: { changes: Record<string, unknown> }): string =>
  describe(entry.changes, {
    basis_no: String,
    title: String,
    blocked: (blocked) => (Array.isArray(blocked) ? blocked.join('；') : ''),
    units: (units) => t('campaigns.detail.units_n', { n: Array.isArray(units) ? units.length : String(units) }),
  })
