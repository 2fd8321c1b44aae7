"""Shapes of the worktime engine."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, NamedTuple, TypedDict
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.core.worktime.models import CalendarFormat, ClockState, DayVerdict, EndsAt, Lamp, LimitUnit, StartRule
from xiaoneng.kit.schemas import LocalDateTime, Moment, Schema

__all__ = [
    "NO_GROUNDS",
    "CalendarDayRead",
    "CalendarImportRead",
    "CalendarRead",
    "ClockOrder",
    "ClockRead",
    "ClockView",
    "DatedOrder",
    "DeadlineRead",
    "DueQuery",
    "DueRead",
    "ExplainedDayRead",
    "Grounds",
    "ImportOptions",
    "Lamp",
    "Moved",
    "StartedClock",
    "WindowRead",
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
    """Why a clock was changed, and who approved it."""

    reason: str | None
    approved_by: UUID | None


NO_GROUNDS = Grounds(None, None)


class ClockOrder(TypedDict):
    """What a new clock is for: whose, of which kind, under which policy, since when, and who answers for it."""

    subject_type: str
    subject_id: UUID
    kind: str
    policy_code: str
    started_at: datetime
    unit_id: UUID | None


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


class DueQuery(BaseModel):
    """A limit to be tried out. `same_day` takes the amount 0."""

    model_config = ConfigDict(extra="forbid")

    start: Moment
    amount: Annotated[int, Field(ge=0, le=1000)]
    unit: LimitUnit
    roll: bool = False
    ends_at: EndsAt = EndsAt.BUSINESS_CLOSE
    start_rule: StartRule = StartRule.RECEIPT


class ExplainedDayRead(Schema):
    """What one day meant; `name` is the holiday it belongs to, `known` false in a year without published data."""

    day: date
    verdict: DayVerdict
    name: str
    number: int | None
    minutes: int | None
    known: bool


class DueRead(Schema):
    """When a limit ends, and the days that lead there. `due_at` is null while a pause is open."""

    due_at: LocalDateTime | None
    due_on: date | None
    provisional: bool
    paused: bool
    days: list[ExplainedDayRead]


class CalendarDayRead(Schema):
    """A special day."""

    day: date
    is_working_day: bool
    name: str


class WindowRead(Schema):
    """Opening hours, as `08:30`; the end of the day is `24:00`."""

    opens: str
    closes: str


class CalendarRead(Schema):
    """One year of the calendar: whether it is published, its special days, and today's office hours."""

    year: int
    published: bool
    version: int
    working_days: int
    days: list[CalendarDayRead]
    windows: list[WindowRead]


class ImportOptions(BaseModel):
    """What is to be done with a calendar file; without `apply` it is only a preview."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    format: CalendarFormat
    reason: Annotated[str, Field(min_length=2, max_length=1000)]
    apply: bool = False
    approve_earlier: Annotated[bool, Field(description="允许已告知的期限提前")] = False


class CalendarImportRead(Schema):
    """What an import did, or would do while `applied` is false.

    `clocks_later` and `clocks_earlier` are open time limits whose end moves, shortly after the import was applied;
    the earlier ones keep their end unless the import approves it, because people rely on a date they were told.
    """

    applied: bool
    published: list[int]
    unpublished: list[int]
    days_changed: int
    clocks_later: int
    clocks_earlier: int
