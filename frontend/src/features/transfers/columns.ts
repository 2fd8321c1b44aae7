/** Columns of what people take out and bring in. */
import type { Column } from '@/shared/ui/types'

type Translate = (key: string) => string

export const exportColumns = (t: Translate): Column[] => [
  { key: 'title', title: t('transfers.exports.what'), fixed: true, phone: 'title' },
  { key: 'state', title: t('transfers.exports.state_title'), width: '88px', fixed: true, phone: 'meta' },
  { key: 'progress', title: t('transfers.exports.progress'), width: '190px', phone: 'meta' },
  { key: 'until', title: t('transfers.exports.until'), width: '140px', phone: 'hide' },
  { key: 'do', title: t('transfers.exports.do'), width: '108px', fixed: true, phone: 'lead' },
]

export const importColumns = (t: Translate): Column[] => [
  { key: 'file', title: t('transfers.imports.what'), fixed: true, phone: 'title' },
  { key: 'state', title: t('transfers.imports.state_title'), width: '96px', fixed: true, phone: 'meta' },
  { key: 'rows', title: t('transfers.imports.rows'), width: '260px', phone: 'meta' },
  { key: 'at', title: t('transfers.imports.at'), width: '124px', phone: 'hide' },
]
