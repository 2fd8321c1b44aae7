"""Shapes of plans of inspections, and of declared relations."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.features.inspections.models.plans import PlanKind, PlanStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Reason, Schema

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=5_000)]


class PlanCreate(Input):
    """A plan for a year or a quarter."""

    title: Title
    kind: PlanKind
    first_on: Day
    last_on: Day
    note: Text | None = None


class PlanListItem(Schema):
    """A plan as a row; the count is of the inspections that the caller may know of."""

    id: UUID
    title: str
    kind: PlanKind
    first_on: date
    last_on: date
    status: PlanStatus
    inspections_count: int
    closed_count: int


class PlanRead(PlanListItem):
    """One plan."""

    note: str | None
    created_by_name: str
    approved_by_name: str | None
    available_actions: list[ActionRef]
    rev: int


class PlanFilter(PageParams):
    """Plans that cover some day of a year."""

    year: Annotated[int | None, Field(ge=2000, le=2199)] = None


class RelationCreate(Input):
    """Why somebody does not inspect a unit; without a person, the caller themselves."""

    person_id: UUID | None = None
    unit_id: UUID
    reason: Reason


class RelationRead(Schema):
    """A declared relation."""

    id: UUID
    person: PersonRef
    unit: UnitRef
    reason: str
    declared_by_name: str
    declared_at: LocalDateTime
    ended_at: LocalDateTime | None
