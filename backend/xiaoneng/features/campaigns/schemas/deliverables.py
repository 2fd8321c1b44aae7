"""Shapes of deliverables and of the board."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.campaigns.models.deliverables import DeliverableStatus
from xiaoneng.features.campaigns.schemas.campaigns import Note, StageRead
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Input, LocalDateTime, Reason, Schema

Seq = Annotated[int, Field(ge=1, le=50), AS_NUMBER]


class SubmitInput(Input):
    """What is handed in: words, files, or both."""

    note: Note
    file_ids: Annotated[list[UUID], Field(max_length=20, default_factory=list)]


class StageInput(Input):
    """Which stage."""

    seq: Seq


class ExceptionInput(Input):
    """Which stage, and why it closes incomplete."""

    seq: Seq
    reason: Reason


class DeliverableRead(Schema):
    """What one unit owes. `overdue`: not handed in although its day is over; `is_late`: handed in after it."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    title: str
    clause: str
    unit: UnitRef | None
    due_on: date
    status: DeliverableStatus
    overdue: bool
    is_late: bool
    note: str | None
    files: list[FileRef]
    submitted_at: LocalDateTime | None
    submitted_by_name: str | None
    reviewed_at: LocalDateTime | None
    reviewed_by_name: str | None
    reject_reason: str | None
    returned_count: int
    available_actions: list[ActionRef]
    rev: int


class DeliverableFilter(PageParams):
    """Of which campaign, unit or state."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    status: list[DeliverableStatus] | None = None


class BoardFilter(Input):
    """Which stage; the one that is open unless said otherwise."""

    stage: Annotated[int | None, Field(ge=1, le=50)] = None


class BoardStage(StageRead):
    """A stage with how much of it is there, and what keeps its gate shut."""

    total: int
    approved: int
    submitted: int
    late: int
    blocked_by: list[str]


class BoardColumn(Schema):
    """One thing to hand in."""

    id: UUID
    title: str
    clause: str
    due_on: date


class BoardCell(Schema):
    """Where one unit stands with one thing."""

    requirement_id: UUID
    deliverable_id: UUID
    status: DeliverableStatus
    overdue: bool
    is_late: bool


class BoardRow(Schema):
    """One unit."""

    unit: UnitRef
    cells: list[BoardCell]
    approved: int
    total: int


class BoardRead(Schema):
    """Stages as a line, and unit by thing for one of them."""

    campaign_id: UUID
    title: str
    stage: int | None
    stages: list[BoardStage]
    columns: list[BoardColumn]
    rows: list[BoardRow]
