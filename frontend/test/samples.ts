/** One of each shape the API answers, complete, for tests to vary. */
import type { AssignmentRead, CaseListItem, CaseRead, DeskRow, ItemRead, Me, UnitNode } from '@/api/types'

const unit = { id: 'u2', name: '区城市管理局' }

export const deadline = { kind: 'finish', due_at: '2026-11-26T17:30:00+08:00', overdue: false, provisional: false, paused: false, remaining_working_days: 2, remaining_minutes: 4000 }

export const listedCase: CaseListItem = {
  id: 'c1', no: '2026-11-0381', title: '城南市场夜间噪声反复扰民', kind: 'complaint', channel: 'hotline_12345', urgency: 'normal', status: 'to_sign',
  category: { code: 'env.noise', name: '环境保护/噪声' }, lead_unit: unit, due_at: deadline.due_at, lamp: 'yellow', deadline, received_at: '2026-11-20T09:00:00+08:00', identity: 'real_name', confidential: false, stars: null,
}

export const oneCase: CaseRead = {
  ...listedCase, content: '每晚十点以后仍在装卸货物。', place: null, occurred_at: null, external_no: null, source: null, caller: { name_masked: '王**', phone_masked: '138****5621' }, anonymous: false, sealed: false,
  handler: null, first_unit: null, assignments: [], return_forbidden: false, excluded_at: null, problem_at: null, audited_at: null, audited_by: null, draft: null, target_unit: null, returned_count: 0, redo_count: 0, reply: null, rating: null, close_reason: null, closed_at: null, disputed_at: null, reopened_count: 0, flags: [], merged_into_id: null, carries_others: false, clocks: [],
  available_actions: [{ action: 'sign', needs_reason: false, title: '签收' }, { action: 'return', needs_reason: true, title: '退回' }], rev: 7, created_at: '2026-11-20T09:00:00+08:00', updated_at: '2026-11-20T09:00:00+08:00',
}

export const onePart: AssignmentRead = {
  id: 'a2', case_id: 'c1', unit: { id: 'u3', name: '区住房和建设局' }, part: 'co', way: 'dispatched', status: 'to_sign', answers_to: unit, handler: null, acting_for: null, due_at: deadline.due_at, dispatched_at: '2026-11-20T10:00:00+08:00', dispatched_by: '话务员', note: null, basis: null,
  signed_at: null, signed_by: null, contacted_at: null, arrived_at: null, reply_text: null, reply_files: [], replied_at: null, replied_by: null, redo_count: 0, ended_at: null, end_reason: null, clocks: [], available_actions: [{ action: 'sign', needs_reason: false, title: '签收' }], rev: 3,
}

export const oneItem: ItemRead = {
  id: 'i1', no: '整改〔2026〕41号', title: '夜间噪声投诉反复出现', status: 'registered', lead_unit: unit, source: { type: 'case', id: 'c1', label: '2026-11-0381' }, lamp: 'green', due_at: deadline.due_at, due_on: null, deadline: null, progress_percent: 0, returned_count: 0,
  created_at: '2026-11-20T09:00:00+08:00', problem: '三个月收到 11 件。', cause: null, target: null, measures: [], responsible_leader: null, responsible_person: null, problem_code: null, plan_returned_count: 0, closeout_statement: null, closeout_at: null, conclusion: null, closed_at: null, updated_at: '2026-11-20T09:00:00+08:00', verification: null, clocks: [],
  available_actions: [{ action: 'plan', needs_reason: false, title: '报整改方案' }], rev: 2, item_class: 'deadline', owner_type: 'unit', owner_person: null, manifestation: null, co_units: [], started_on: null, extended_count: 0, is_mass: false, is_systemic: false, progress: [], extensions: [], institution: null, institution_waiver: null, institution_waived_by: null, reopened_count: 0, is_joint: false, is_public: false, ledger: null, acceptances: [], notice: null, objections: [], look_backs: [], accepted_at: null, reopened_at: null,
}

export const deskRow: DeskRow = { subject_type: 'case', subject_id: 'c1', no: '2026-11-0381', title: '城南市场夜间噪声反复扰民', unit, lamp: 'red', deadline: { ...deadline, overdue: true, remaining_working_days: -1, remaining_minutes: -1500, kind: 'sign' }, due_at: deadline.due_at, status: 'to_sign', next_action: { action: 'sign', needs_reason: false, title: '签收' }, rev: 7 }

export const me: Me = { id: 'p1', login: 'linke', name: '林可', unit, roles: ['LGO'], permissions: ['case:read'], totp_enrolled: true, must_change_password: false, must_enrol: false, locale: 'zh-CN' }

export const node = (id: string, parent: string | null, name: string): UnitNode => ({ id, code: id.toUpperCase(), name, short_name: name, type: 'government_department', level: parent === null ? 0 : 1, parent_id: parent, is_key_unit: false, valid_from: '2019-01-01', valid_to: null })

export const pageOf = <T>(items: T[], more: Partial<{ next_cursor: string; prev_cursor: string; total: number; total_is_exact: boolean }> = {}) => ({ items, next_cursor: null, prev_cursor: null, total: items.length, total_is_exact: true, ...more })

export const problem = (status: number, code: string, title: string, more: { detail?: string; errors?: { path: string; code: string; message: string }[] } = {}) => ({ type: 'about:blank', title, status, detail: null, instance: '/', code, request_id: 'req-1', errors: [], allowed: [], ...more })

/** A refused call as pages see it. */
export const refusal = (status: number, code: string, title: string) => ({ status, code, problem: problem(status, code, title) })
