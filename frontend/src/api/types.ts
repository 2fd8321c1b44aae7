/**
 * Names for the shapes of the API. The generated file may rename its schemas; only this file then changes.
 */
import type { components, paths } from './generated/schema'

type Schemas = components['schemas']

export type Paths = paths
export type Problem = Schemas['Problem']
export type UnitRef = Schemas['UnitRef']
export type PersonRef = Schemas['PersonRef']
export type FileRef = Schemas['FileRef']
export type ActionRef = Schemas['ActionRef']
export type Lamp = Schemas['Lamp']
export type Deadline = Schemas['Deadline']
export type Clock = Schemas['Clock']
export type TimelineEntry = Schemas['TimelineEntry']

export type Me = Schemas['Me']
export type LoginIn = Schemas['LoginIn']
export type TokenOut = Schemas['TokenOut']

export type UnitNode = Schemas['UnitNode']
export type UnitRead = Schemas['UnitRead']
export type Person = Schemas['Person']
export type TaxonomyItem = Schemas['TaxonomyItem']

export type CaseListItem = Schemas['CaseListItem']
export type CaseRead = Schemas['CaseRead']
export type CaseCreate = Schemas['CaseCreate']
export type CaseStatus = Schemas['CaseStatus']
export type CaseKind = Schemas['CaseKind']
export type CaseChannel = Schemas['CaseChannel']
export type Urgency = Schemas['Urgency']

export type ItemListItem = Schemas['ItemListItem']
export type ItemRead = Schemas['ItemRead']
export type ItemCreate = Schemas['ItemCreate']
export type ItemStatus = Schemas['ItemStatus']

export type Desk = Schemas['Desk']
export type DeskRow = Schemas['DeskRow']
export type Notice = Schemas['Notification']

/** One page of a keyset list. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
  prev_cursor: string | null
  total: number | null
  total_is_exact: boolean
}
