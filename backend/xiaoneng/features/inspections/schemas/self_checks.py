"""Shapes of self-checks."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.inspections.models.self_checks import CheckedStatus, Dimension, ListChangeKind, SelfCheckStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Input, LocalDateTime, Reason, Schema

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=5_000)]


class SelfCheckOpen(Input):
    """The campaign whose units are to check themselves, with everything that stands below them today."""

    campaign_id: UUID


class ListChange(Input):
    """Units that come onto the frozen list or leave it, and why."""

    unit_ids: Annotated[list[UUID], Field(min_length=1, max_length=1_000)]
    reason: Reason


class WeakPointInput(Input):
    """A weak point, in one of the five respects."""

    dimension: Dimension
    problem: Note


class RecordInput(Input):
    """What a unit found in itself; every weak point becomes a rectification item."""

    summary: Note
    weak_points: Annotated[list[WeakPointInput], Field(max_length=20, default_factory=list)]


class CoverageRead(Schema):
    """How many have to check themselves and have. `percent` is cut off: only all is 100."""

    required: int
    done: int
    percent: Decimal
    is_complete: bool


class SelfCheckListItem(Schema):
    """A self-check as a row."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    frozen_on: date
    status: SelfCheckStatus
    coverage: CoverageRead


class SelfCheckRead(SelfCheckListItem):
    """One self-check."""

    closed_at: LocalDateTime | None
    created_by_name: str
    changes_count: int
    available_actions: list[ActionRef]
    rev: int


class WeakPointRead(Schema):
    """A weak point and the item that it became."""

    id: UUID
    dimension: Dimension
    problem: str
    item_id: UUID | None


class CheckedUnitRead(Schema):
    """One unit of the tree with the coverage of all below it, itself included."""

    id: UUID
    check_id: UUID
    unit: UnitRef
    status: CheckedStatus
    coverage: CoverageRead
    children_count: int
    summary: str | None
    checked_at: LocalDateTime | None
    checked_by_name: str | None
    signed_by_name: str | None
    judged_by_name: str | None
    return_reason: str | None
    weak_points: list[WeakPointRead]
    available_actions: list[ActionRef]
    rev: int


class CoverageTree(Schema):
    """The way down to a unit of the tree, and what stands directly below it."""

    path: list[UnitRef]
    items: list[CheckedUnitRead]


class CoverageFilter(Input):
    """Below which unit; the top unless said otherwise. `open` leaves out what is complete."""

    unit_id: UUID | None = None
    open: bool = False


class SelfCheckFilter(PageParams):
    """Of which campaign."""

    campaign_id: UUID | None = None


class ListEntryRead(Schema):
    """An entry of the log of the frozen list."""

    id: UUID
    unit: UnitRef | None
    kind: ListChangeKind
    reason: str
    at: LocalDateTime
    by_name: str


class ListLog(Schema):
    """The log, the newest first."""

    items: list[ListEntryRead]
