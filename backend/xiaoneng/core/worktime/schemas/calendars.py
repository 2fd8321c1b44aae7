"""Shapes of calendars and of limits that are tried out."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.core.worktime.models.words import CalendarFormat, DayVerdict, EndsAt, LimitUnit, StartRule
from xiaoneng.kit.schemas import LocalDateTime, Moment, Schema


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
