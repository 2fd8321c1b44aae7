"""Shapes of the responsibility matrix."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.features.campaigns.models.tasks import TaskStatus
from xiaoneng.features.campaigns.schemas.campaigns import Note
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Schema

Section = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class AssignInput(Input):
    """Who leads, who helps, and until when the result is told."""

    lead_unit_id: UUID
    co_unit_ids: Annotated[list[UUID], Field(max_length=100, default_factory=list)]
    due_on: Day


class OwnerInput(Input):
    """Who of the lead unit answers for it, and which section does it."""

    owner_id: UUID
    section: Section | None = None


class CascadeInput(Input):
    """To which lower units the task goes on, as it stands, and until when they answer."""

    unit_ids: Annotated[list[UUID], Field(min_length=1, max_length=200)]
    due_on: Day


class ResultInput(Input):
    """What came of it (回销)."""

    result: Note


class TaskRead(Schema):
    """A line of the matrix. `unanswered`: its day is over and nothing was told (不扯回销)."""

    id: UUID
    campaign_id: UUID
    campaign_title: str
    parent_id: UUID | None
    no: str
    area: str
    title: str
    clause: str
    lead_names: list[str]
    co_names: list[str]
    lead_unit: UnitRef | None
    co_units: list[UnitRef]
    owner: PersonRef | None
    section: str | None
    named_owner: bool
    due_on: date | None
    status: TaskStatus
    unanswered: bool
    result: str | None
    answered_at: LocalDateTime | None
    answered_by_name: str | None
    is_late: bool
    return_reason: str | None
    judged_by_name: str | None
    handed_down: int
    handed_down_answered: int
    available_actions: list[ActionRef]
    rev: int


class TaskFilter(PageParams):
    """Of which campaign, unit, state or task above; `unanswered` alone is the register of R-12."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    parent_id: UUID | None = None
    status: list[TaskStatus] | None = None
    unanswered: bool | None = None
