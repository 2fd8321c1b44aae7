"""Assignments as the API shows them, and how their list is narrowed."""

from uuid import UUID

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.worktime.schemas.clocks import ClockRead, DeadlineRead, Lamp
from xiaoneng.features.cases.models.assignments import AssignmentPart, AssignmentStatus, AssignmentWay
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import LocalDateTime, Schema


class AssignmentRead(Schema):
    """A unit's part in a case. The lead's reply and limits are those of the case."""

    id: UUID
    case_id: UUID
    unit: UnitRef | None
    part: AssignmentPart
    way: AssignmentWay
    status: AssignmentStatus
    answers_to: UnitRef | None
    handler: PersonRef | None
    acting_for: PersonRef | None
    due_at: LocalDateTime
    dispatched_at: LocalDateTime
    dispatched_by: str
    note: str | None
    basis: str | None
    signed_at: LocalDateTime | None
    signed_by: str | None
    contacted_at: LocalDateTime | None
    arrived_at: LocalDateTime | None
    reply_text: str | None
    reply_files: list[FileRef]
    replied_at: LocalDateTime | None
    replied_by: str | None
    redo_count: int
    ended_at: LocalDateTime | None
    end_reason: str | None
    clocks: list[ClockRead]
    available_actions: list[ActionRef]
    rev: int


class AssignmentListItem(Schema):
    """A part as a row of a unit's desk."""

    id: UUID
    case_id: UUID
    case_no: str
    case_title: str
    unit: UnitRef | None
    part: AssignmentPart
    way: AssignmentWay
    status: AssignmentStatus
    due_at: LocalDateTime
    lamp: Lamp
    deadline: DeadlineRead | None
    dispatched_at: LocalDateTime
    rev: int


class AssignmentFilter(PageParams):
    """What the list is narrowed to. Parts that are done or given back are left out unless `status` asks for them."""

    status: list[AssignmentStatus] | None = None
    part: AssignmentPart | None = None
    unit_id: UUID | None = None
