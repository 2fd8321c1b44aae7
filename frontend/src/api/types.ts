/**
 * Names for the shapes of the API. The generated file may rename its schemas; only this file then changes.
 */
import type { components, paths } from './generated/schema'

export type Schemas = components['schemas']

export type Paths = paths
export type Problem = Schemas['Problem']
export type FileRef = Schemas['FileRef']

export type Me = Schemas['MeRead']
export type LoginIn = Schemas['LoginInput']
export type TokenOut = Schemas['TokenRead']

export type UnitNode = Schemas['UnitNode']
export type UnitRead = Schemas['UnitRead']
export type PersonListItem = Schemas['PersonListItem']
export type PersonRead = Schemas['PersonRead']
export type BodyListItem = Schemas['BodyListItem']
export type MemberRead = Schemas['MemberRead']

export type AlikeCase = Schemas['AlikeCase']
export type AlikeInput = Schemas['AlikeInput']
export type AssignmentListItem = Schemas['AssignmentListItem']
export type AssignmentRead = Schemas['AssignmentRead']
export type AssignmentStatus = Schemas['AssignmentStatus']
export type RequestRead = Schemas['RequestRead']
export type RequestStatus = Schemas['RequestStatus']
export type CaseListItem = Schemas['CaseListItem']
export type CaseRead = Schemas['CaseRead']
export type CaseCreate = Schemas['CaseCreate']
export type BulkResult = Schemas['BulkResult']
export type CaseExportCreate = Schemas['CaseExportCreate']
export type ImportRead = Schemas['ImportRead']
export type ApprovalRead = Schemas['ExportApprovalRead']
export type ExportRead = Schemas['ExportRead']
export type CaseFlag = Schemas['CaseFlag']
export type CaseStatus = Schemas['CaseStatus']
export type CaseKind = Schemas['CaseKind']
export type CaseChannel = Schemas['CaseChannel']
export type Identity = Schemas['Identity']
export type Urgency = Schemas['Urgency']

export type ItemListItem = Schemas['ItemListItem']
export type ItemRead = Schemas['ItemRead']
export type ItemCreate = Schemas['ItemCreate']
export type ItemStatus = Schemas['ItemStatus']

export type Desk = Schemas['DeskRead']
export type DeskRow = Schemas['DeskRow']
export type Notice = Schemas['NotificationRead']

export type CalendarDay = Schemas['CalendarDayRead']
export type ChangeRead = Schemas['ChangeRead']
export type MoveRead = Schemas['MoveRead']
export type PolicyRead = Schemas['PolicyRead']
