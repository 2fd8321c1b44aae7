"""Shapes of campaigns."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.campaigns.models.campaigns import CampaignStatus, StageStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Reason, Schema

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
UnitIds = Annotated[list[UUID], Field(min_length=1, max_length=5_000)]


class CampaignCreate(Input):
    """A campaign from a template: its first day (today), its host (the region), and who takes part.

    Without `unit_ids` the units directly below the host take part. `parent_id` is the campaign of the level above.
    """

    template_code: Annotated[str, Field(max_length=60)]
    title: Title | None = None
    starts_on: Day | None = None
    host_unit_id: UUID | None = None
    unit_ids: UnitIds | None = None
    parent_id: UUID | None = None


class WindowInput(Input):
    """The window of one stage, both days included."""

    seq: Annotated[int, Field(ge=1, le=50)]
    starts_on: Day
    ends_on: Day


class WindowsInput(Input):
    """The windows of all stages."""

    windows: Annotated[list[WindowInput], Field(min_length=1, max_length=50)]


class PublishInput(Input):
    """The document behind the campaign: its number (文号) and, if it is there, its file."""

    basis_no: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)]
    plan_file_id: UUID | None = None


class SummaryInput(Input):
    """The summary with which a campaign ends."""

    summary: Note


class UnitsInput(Input):
    """Units that come in or leave, and why."""

    unit_ids: UnitIds
    reason: Reason


class StageRead(Schema):
    """One stage. `overdue`: still open although its window is over."""

    id: UUID
    seq: int
    title: str
    clause: str
    starts_on: date
    ends_on: date
    self_check: bool
    status: StageStatus
    overdue: bool
    closed_at: LocalDateTime | None
    closed_by_name: str | None
    exception_reason: str | None
    rev: int


class CampaignListItem(Schema):
    """A campaign as a row; `stage` is the one that is open, or comes next."""

    id: UUID
    no: str
    title: str
    theme: str | None
    status: CampaignStatus
    host_unit: UnitRef | None
    starts_on: date
    ends_on: date | None
    units_count: int
    stages_count: int
    stages_closed: int
    stage: StageRead | None


class CampaignRead(CampaignListItem):
    """One campaign with its stages."""

    basis: str
    basis_no: str | None
    plan_file_id: UUID | None
    template_code: str
    template_title: str
    parent_id: UUID | None
    summary: str | None
    closed_at: LocalDateTime | None
    created_by_name: str
    stages: list[StageRead]
    units: list[UnitRef]
    available_actions: list[ActionRef]
    rev: int
    updated_at: LocalDateTime


class CampaignFilter(PageParams):
    """Of which state or host."""

    status: list[CampaignStatus] | None = None
    host_unit_id: UUID | None = None
    parent_id: UUID | None = None
