"""Shapes of clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, NotRequired, TypedDict
from uuid import UUID

from xiaoneng.core.worktime.models.words import (
    ClockState,
    Lamp,
    LimitUnit,
)
from xiaoneng.kit.schemas import LocalDateTime, Schema

__all__ = [
    "NO_GROUNDS",
    "ClockOrder",
    "ClockRead",
    "ClockView",
    "DatedOrder",
    "DeadlineRead",
    "Grounds",
    "Lamp",
    "Moved",
    "StartedClock",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """A clock as other packages see it, looked at at one moment.

    `overdue` and what remains refer to that moment while the clock is open, to the moment it stopped after that;
    a paused or cancelled clock has nothing remaining. `amount` does not contain `extension_total`.
    """

    id: UUID
    subject_type: str
    subject_id: UUID
    kind: str
    state: ClockState
    unit_id: UUID | None
    policy_code: str
    basis: str
    amount: int
    unit: LimitUnit
    extension_total: int
    started_at: datetime
    due_at: datetime | None
    due_on: date | None
    provisional: bool
    stopped_at: datetime | None
    lamp: Lamp
    overdue: bool
    remaining_working_days: int | None
    remaining_minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedClock(ClockView):
    """A clock that has just been started: it runs, so it has a due date."""

    due_at: datetime
    due_on: date


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a clock was changed, who approved it, and the files that prove it."""

    reason: str | None
    approved_by: UUID | None
    file_ids: Sequence[UUID] = ()


NO_GROUNDS = Grounds(None, None)


class ClockOrder(TypedDict):
    """What a new clock is for: whose, of which kind, under which policy, since when, and who answers for it.

    `scopes` name the channel or the like whose own policy goes before the general one, as `channel.green`.
    """

    subject_type: str
    subject_id: UUID
    kind: str
    policy_code: str
    started_at: datetime
    unit_id: UUID | None
    scopes: NotRequired[Sequence[str]]


class DatedOrder(TypedDict):
    """A clock that ends with a given day."""

    subject_type: str
    subject_id: UUID
    kind: str
    due_on: date
    unit_id: UUID | None


class Moved(NamedTuple):
    """A clock whose end moved with the calendar."""

    subject_id: UUID
    kind: str
    due_at: datetime


class DeadlineRead(Schema):
    """A deadline in figures; the remaining ones are negative when it is over and null while it is paused."""

    kind: str
    due_at: LocalDateTime | None
    overdue: bool
    provisional: bool
    paused: bool
    remaining_working_days: int | None
    remaining_minutes: int | None


class ClockRead(Schema):
    """One time limit of an object with the clause it rests on."""

    id: UUID
    kind: str
    state: ClockState
    amount: int
    extension_total: int
    unit: LimitUnit
    basis: str
    started_at: LocalDateTime
    due_at: LocalDateTime | None
    stopped_at: LocalDateTime | None
    lamp: Lamp
    deadline: DeadlineRead
