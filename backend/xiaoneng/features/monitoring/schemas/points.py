"""Shapes of points, monitors and duties."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.cases.schemas.shared import Note
from xiaoneng.features.monitoring.models.duties import DutyKind
from xiaoneng.features.monitoring.models.points import EvaluationResult, PointType, TermStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Day, Input, LocalDateTime, Schema

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+ -]{7,20}$")]


class PointCreate(Input):
    """A point that is nominated, with the units it is to watch."""

    name: Name
    type: PointType
    region: Name
    unit_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class MonitorCreate(Input):
    """A monitor who is nominated; without a person they have no account."""

    name: Name
    phone: Phone
    person_id: UUID | None = None


class EvaluationInput(Input):
    """What the evaluation of a year came to."""

    year: Annotated[int, Field(ge=2000, le=2100), AS_NUMBER]
    result: EvaluationResult
    text: Note


class WeeklyReport(Input):
    """What a monitor saw this week; that there was nothing is a report too."""

    text: Note


class PointVisitInput(Input):
    """A visit to the point and what it brought."""

    visited_on: Day
    text: Note


class DutyRead(Schema):
    """One obligation: done, missing when its time is over without, else waiting."""

    kind: DutyKind
    period: str
    due_at: LocalDateTime
    done_on: date | None
    is_missing: bool


class PointListItem(Schema):
    """A point in the list of the office."""

    id: UUID
    no: str
    name: str
    type: PointType
    region: str
    units: list[UnitRef]
    status: TermStatus
    evaluated_year: int | None
    rev: int


class MonitorRead(Schema):
    """A monitor as the office and they themselves see them."""

    id: UUID
    point_id: UUID
    point_no: str
    point_name: str
    name: str
    phone: str
    has_account: bool
    units: list[UnitRef]
    status: TermStatus
    evaluated_year: int | None
    evaluation: str | None
    duties: list[DutyRead]
    available_actions: list[ActionRef]
    rev: int


class PointRead(PointListItem):
    """A point with its monitors and what it owes now."""

    evaluation: str | None
    appointed_on: date | None
    removed_on: date | None
    monitors: list[MonitorRead]
    duties: list[DutyRead]
    available_actions: list[ActionRef]


class PointFilter(PageParams):
    """What the list is narrowed to."""

    status: list[TermStatus] | None = None
    type: PointType | None = None
    unit_id: UUID | None = None


class DutyRateFilter(PageParams):
    """Which periods are counted: those that end within the days."""

    since: Day | None = None
    until: Day | None = None


class DutyRate(Schema):
    """How many obligations of a point were met, of how many that are over or met."""

    point_id: UUID
    point_no: str
    point_name: str
    reports_done: int
    reports_due: int
    visits_done: int
    visits_due: int
