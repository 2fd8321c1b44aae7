"""Shapes of periodic reports."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.worktime.schemas.clocks import DeadlineRead
from xiaoneng.features.campaigns.models.reports import ReportRule, ReportStatus
from xiaoneng.features.campaigns.schemas.campaigns import Note
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Input, LocalDateTime, Schema


class Timeliness(StrEnum):
    """How a report stands to its day: not due yet, in time, late, or missing."""

    DUE = "due"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


class ReportSubmit(Input):
    """The report: its text, and what goes with it."""

    text: Note
    file_ids: Annotated[list[UUID], Field(max_length=20, default_factory=list)]


class ReportRead(Schema):
    """What one unit owes for one period."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    duty_id: UUID
    title: str
    clause: str
    rule: ReportRule
    attachments: list[str]
    unit: UnitRef | None
    period: str
    period_first: date
    period_last: date
    due_on: date
    deadline: DeadlineRead | None
    status: ReportStatus
    timeliness: Timeliness
    text: str | None
    files: list[FileRef]
    submitted_at: LocalDateTime | None
    submitted_by_name: str | None
    reviewed_by_name: str | None
    return_reason: str | None
    available_actions: list[ActionRef]
    rev: int


class ReportFilter(PageParams):
    """Of which campaign, unit, period or state."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    period: Annotated[str | None, Field(max_length=20)] = None
    status: list[ReportStatus] | None = None


class RollupRow(Schema):
    """One duty in one period: how many owe it, and how many of those reported in time, late, or not at all."""

    duty_id: UUID
    title: str
    period: str
    due_on: date
    obliged: int
    on_time: int
    late: int
    missing: int
    waiting: int
    accepted: int


class Rollup(Schema):
    """The reports of a campaign, the latest period first."""

    items: list[RollupRow]


class ConsolidatedFilter(Input):
    """Which duty, and of which period."""

    duty_id: UUID
    period: Annotated[str, Field(max_length=20)]


class ConsolidatedRead(RollupRow):
    """One report made of all that were handed in, with those that are missing by name."""

    text: str
    missing_units: list[UnitRef]
    late_units: list[UnitRef]
