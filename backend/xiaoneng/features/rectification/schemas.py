"""Shapes of the rectification ledger at the API."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.worktime.schemas.clocks import ClockRead, DeadlineRead, Lamp
from xiaoneng.features.rectification.models import ItemClass, ItemStatus, VerifyMethod
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Day, Input, LocalDateTime, Moment, Schema

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=5_000)]


class ItemCreate(Input):
    """A problem that the office puts into the ledger."""

    title: Title
    problem: Text
    lead_unit_id: UUID
    item_class: ItemClass = ItemClass.DEADLINE
    problem_code: Annotated[str, Field(max_length=60)] | None = None


class LeadUnitInput(Input):
    """Which unit leads (R-10)."""

    unit_id: UUID


class MeasureInput(Input):
    """One step of the plan."""

    text: Text
    owner_id: UUID
    due_on: Day


class PlanInput(Input):
    """The whole plan at once: target, at least one measure, leader, person and date (R-01)."""

    target: Text
    cause: Text | None = None
    measures: Annotated[list[MeasureInput], Field(min_length=1, max_length=50)]
    responsible_leader_id: UUID
    responsible_person_id: UUID
    due_on: Day


class ProgressReportInput(Input):
    """How far it is, in percent, and which measures are done."""

    text: Text
    percent: Annotated[int, Field(ge=0, le=100), AS_NUMBER]
    measure_ids_done: list[UUID] = Field(default=[], max_length=50)


class EvidenceInput(Input):
    """A file that proves a measure."""

    file_id: UUID
    measure_id: UUID
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    taken_at: Moment | None = None


class CloseoutInput(Input):
    """The head's statement that it is true."""

    statement: Text


class VerifyInput(Input):
    """What the check found."""

    method: VerifyMethod
    conclusion: Text


class AcceptInput(Input):
    """The acceptance that closes the item."""

    conclusion: Text


class SourceRef(Schema):
    """Where the problem came from."""

    type: str
    id: UUID
    label: str | None


class EvidenceRead(Schema):
    """One piece of evidence."""

    id: UUID
    measure_id: UUID
    file: FileRef
    description: str
    taken_at: LocalDateTime | None
    uploaded_at: LocalDateTime
    uploaded_by: str
    late: bool


class MeasureRead(Schema):
    """One step of the plan with its evidence."""

    id: UUID
    seq: int
    text: str
    owner: PersonRef | None
    due_on: date
    done_at: LocalDateTime | None
    evidence: list[EvidenceRead]


class VerificationRead(Schema):
    """The check by somebody of another unit."""

    method: VerifyMethod
    conclusion: str
    by: str
    at: LocalDateTime


class ItemListItem(Schema):
    """An item as a row of the ledger."""

    id: UUID
    no: str
    title: str
    status: ItemStatus
    item_class: ItemClass
    lead_unit: UnitRef | None
    source: SourceRef | None
    due_on: date | None
    due_at: LocalDateTime
    lamp: Lamp
    deadline: DeadlineRead | None
    progress_percent: int
    returned_count: int
    created_at: LocalDateTime


class ItemRead(ItemListItem):
    """An item with everything its page shows."""

    problem: str
    problem_code: str | None
    cause: str | None
    target: str | None
    measures: list[MeasureRead]
    responsible_leader: PersonRef | None
    responsible_person: PersonRef | None
    plan_returned_count: int
    closeout_statement: str | None
    closeout_at: LocalDateTime | None
    verification: VerificationRead | None
    conclusion: str | None
    closed_at: LocalDateTime | None
    clocks: list[ClockRead]
    available_actions: list[ActionRef]
    rev: int
    updated_at: LocalDateTime


class ItemSort(StrEnum):
    """Orders of the ledger; `-` descends."""

    DUE = "due_at"
    DUE_LAST = "-due_at"
    CREATED = "created_at"
    CREATED_LAST = "-created_at"


class ItemFilter(PageParams):
    """What the ledger is narrowed to, and where its page stands."""

    status: list[ItemStatus] | None = None
    unit_id: UUID | None = None
    source_type: Annotated[str | None, Field(max_length=40)] = None
    source_id: UUID | None = None
    q: Annotated[str | None, Field(min_length=2, max_length=100)] = None
    sort: ItemSort = ItemSort.DUE
