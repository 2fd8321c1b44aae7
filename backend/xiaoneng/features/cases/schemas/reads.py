"""Cases as the API shows them, and how lists are narrowed."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.worktime.schemas.clocks import ClockRead, DeadlineRead, Lamp
from xiaoneng.features.cases.models.case import (
    CaseChannel,
    CaseFlag,
    CaseKind,
    CaseStatus,
    CloseReason,
    ContactKind,
    Identity,
    Solved,
    Urgency,
)
from xiaoneng.features.cases.schemas.assignments import AssignmentRead
from xiaoneng.features.cases.schemas.public import ReceiptRead
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import LocalDateTime, Moment, Schema


class CategoryRef(Schema):
    """A category by code and name."""

    code: str
    name: str


class CallerMasked(Schema):
    """Who turned to us, masked; there is none of these of a confidential case."""

    name_masked: str | None
    phone_masked: str | None


class CallerRevealed(Schema):
    """Who turned to us, in clear; every reading is recorded."""

    name: str | None
    phone: str | None


class ReplyRead(Schema):
    """The reply to the citizen."""

    text: str
    replied_at: LocalDateTime
    replied_by: str | None
    working_days: int | None
    files: list[FileRef]


class DraftRead(Schema):
    """A reply that waits for whoever stands for it."""

    text: str
    drafted_by: str | None
    files: list[FileRef]


class RecordRead(Schema):
    """A conversation with the citizen, an attempt at it, or a note of the work."""

    id: UUID
    kind: ContactKind
    at: LocalDateTime
    by_name: str | None
    unit: UnitRef | None
    reached: bool
    note: str
    solved: Solved | None
    stars: int | None
    files: list[FileRef]


class RecordList(Schema):
    """All records of a case, newest first."""

    items: list[RecordRead]


class RatingRead(Schema):
    """What the citizen thinks of the reply."""

    stars: int | None
    solved: Solved | None
    comment: str | None
    rated_at: LocalDateTime


class CaseListItem(Schema):
    """A case as a row of a list."""

    id: UUID
    no: str
    title: str
    kind: CaseKind
    channel: CaseChannel
    urgency: Urgency
    status: CaseStatus
    category: CategoryRef | None
    lead_unit: UnitRef | None
    due_at: LocalDateTime | None
    lamp: Lamp
    deadline: DeadlineRead | None
    received_at: LocalDateTime
    identity: Identity
    confidential: bool
    stars: int | None


class CaseRead(CaseListItem):
    """A case with everything its page shows."""

    content: str
    place: str | None
    occurred_at: LocalDateTime | None
    source: str | None
    external_no: str | None
    caller: CallerMasked | None
    anonymous: bool
    sealed: bool
    target_unit: UnitRef | None
    first_unit: UnitRef | None
    handler: PersonRef | None
    assignments: list[AssignmentRead]
    return_forbidden: bool
    excluded_at: LocalDateTime | None
    problem_at: LocalDateTime | None
    audited_at: LocalDateTime | None
    audited_by: str | None
    draft: DraftRead | None
    returned_count: int
    redo_count: int
    reply: ReplyRead | None
    rating: RatingRead | None
    close_reason: CloseReason | None
    closed_at: LocalDateTime | None
    disputed_at: LocalDateTime | None
    reopened_count: int
    flags: list[CaseFlag]
    merged_into_id: UUID | None
    carries_others: bool
    clocks: list[ClockRead]
    available_actions: list[ActionRef]
    rev: int
    created_at: LocalDateTime
    updated_at: LocalDateTime


class ReceiptIssued(Schema):
    """A new receipt with the case it opens; earlier receipts of the case are void."""

    receipt: ReceiptRead
    case: CaseRead


class CaseSort(StrEnum):
    """Orders of the list; `-` descends."""

    DUE = "due_at"
    DUE_LAST = "-due_at"
    RECEIVED = "received_at"
    RECEIVED_LAST = "-received_at"


class CaseDue(StrEnum):
    """How the limit stands to now, by the clock of the server."""

    OVERDUE = "overdue"
    SOON = "soon"
    """within three days"""


class CaseNarrowing(BaseModel):
    """What a list is narrowed to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: list[CaseStatus] | None = None
    unit_id: UUID | None = None
    kind: CaseKind | None = None
    channel: CaseChannel | None = None
    category_code: Annotated[str | None, Field(max_length=60)] = None
    source: Annotated[str | None, Field(max_length=60)] = None
    q: Annotated[
        str | None,
        Field(
            min_length=2,
            max_length=100,
            description="标题或内容里的词；或完整编号",
        ),
    ] = None
    flag: CaseFlag | None = None
    received_from: Moment | None = None
    received_before: Moment | None = None
    due_from: Moment | None = None
    due_before: Moment | None = None
    due: Annotated[CaseDue | None, Field(description="以服务器时间为准：已超期；三日内到期")] = None


class CaseFilter(PageParams, CaseNarrowing):
    """What a list is narrowed to, and where its page stands."""

    sort: CaseSort = CaseSort.DUE
