"""Shapes of the rectification ledger at the API."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.worktime.schemas.clocks import ClockRead, DeadlineRead, Lamp
from xiaoneng.features.rectification.models.items import ItemClass, ItemStatus, OwnerType, VerifyMethod
from xiaoneng.features.rectification.models.plans import ExtensionStatus
from xiaoneng.features.rectification.schemas.acceptance import (
    AcceptanceRead,
    LookBackMention,
    NoticeRead,
    ObjectionRead,
)
from xiaoneng.features.rectification.schemas.institutions import InstitutionRef
from xiaoneng.features.rectification.schemas.ledgers import LedgerOrigin
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, LocalDateTime, Schema


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
    sha256: str
    taken_at: LocalDateTime | None
    place: str | None
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


class ProgressRead(Schema):
    """One report of progress."""

    text: str
    difficulties: str | None
    percent: int
    at: LocalDateTime
    by_name: str


class ExtensionRead(Schema):
    """One request for more time."""

    id: UUID
    status: ExtensionStatus
    from_due_on: date
    to_due_on: date
    reason: str
    applied_by_name: str
    applied_at: LocalDateTime
    decided_by_name: str | None
    decided_at: LocalDateTime | None
    decision: str | None


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
    reopened_count: int
    is_mass: bool
    is_systemic: bool
    responsible_person: PersonRef | None
    rev: int
    created_at: LocalDateTime


class ItemRead(ItemListItem):
    """An item with everything its page shows."""

    owner_type: OwnerType
    owner_person: PersonRef | None
    problem: str
    manifestation: str | None
    problem_code: str | None
    co_units: list[UnitRef]
    started_on: date | None
    cause: str | None
    target: str | None
    measures: list[MeasureRead]
    responsible_leader: PersonRef | None
    plan_returned_count: int
    extended_count: int
    progress: list[ProgressRead]
    extensions: list[ExtensionRead]
    institution: InstitutionRef | None
    institution_waiver: str | None
    institution_waived_by: str | None
    closeout_statement: str | None
    closeout_at: LocalDateTime | None
    verification: VerificationRead | None
    is_joint: bool
    is_public: bool
    ledger: LedgerOrigin | None
    acceptances: list[AcceptanceRead]
    notice: NoticeRead | None
    objections: list[ObjectionRead]
    look_backs: list[LookBackMention]
    accepted_at: LocalDateTime | None
    reopened_at: LocalDateTime | None
    conclusion: str | None
    closed_at: LocalDateTime | None
    clocks: list[ClockRead]
    available_actions: list[ActionRef]
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
    institution_id: UUID | None = None
    item_class: ItemClass | None = None
    owner_type: OwnerType | None = None
    problem_code: Annotated[str | None, Field(max_length=60)] = None
    responsible_person_id: UUID | None = None
    due_from: Annotated[Day | None, Field(description="到期日不早于")] = None
    due_to: Annotated[Day | None, Field(description="到期日不晚于")] = None
    progress_from: Annotated[int | None, Field(ge=0, le=100, description="进度不低于（%）")] = None
    progress_to: Annotated[int | None, Field(ge=0, le=100, description="进度不高于（%）")] = None
    was_returned: Annotated[bool | None, Field(description="是否曾被退回整改")] = None
    is_mass: bool | None = None
    is_systemic: bool | None = None
    overdue: Annotated[bool | None, Field(description="是否超期（按现在计算）")] = None
    q: Annotated[str | None, Field(min_length=2, max_length=100)] = None
    sort: ItemSort = ItemSort.DUE
