"""Shapes of the desk and of figures."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.worktime.schemas.clocks import DeadlineRead, Lamp
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.schemas import LocalDateTime, Schema


class DeskRow(Schema):
    """One thing to do, with the one next action as a button; an instruction has the number and key of its case."""

    subject_type: str
    subject_id: UUID
    no: str
    title: str
    status: str
    unit: UnitRef | None
    due_at: LocalDateTime
    lamp: Lamp
    deadline: DeadlineRead | None
    next_action: ActionRef | None
    rev: int
    case_id: UUID | None = None


class DeskCounts(Schema):
    """How many rows each group shows; at most the limit of the desk."""

    overdue: int
    today: int
    next: int


class DeskRead(Schema):
    """What needs me: overdue, due today, and what comes next within a week."""

    overdue: list[DeskRow]
    today: list[DeskRow]
    next: list[DeskRow]
    counts: DeskCounts


class LatencyQuery(BaseModel):
    """Whose replies."""

    model_config = ConfigDict(extra="forbid")

    source: Annotated[str | None, Field(max_length=60)] = None
    within: Annotated[list[Annotated[int, Field(ge=0, le=365)]], Field(max_length=20)] = [0, 3, 5, 10, 15, 30]


class LatencyBucket(Schema):
    """How many replies came within so many working days; the day after receipt is day 1."""

    working_days: int
    count: int


class LatencyRead(Schema):
    """Reply latencies with their denominator."""

    replied: int
    within: list[LatencyBucket]
