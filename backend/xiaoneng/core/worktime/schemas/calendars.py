"""Shapes of calendars and of limits that are tried out."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.core.worktime.models.words import CalendarCode, CalendarFormat, DayVerdict, EndsAt, LimitUnit, StartRule
from xiaoneng.kit.schemas import Input, LocalDateTime, Moment, Schema


class DueQuery(BaseModel):
    """A limit to be tried out. `same_day` takes the amount 0."""

    model_config = ConfigDict(extra="forbid")

    start: Moment
    amount: Annotated[int, Field(ge=0, le=1000)]
    unit: LimitUnit
    roll: bool = False
    ends_at: EndsAt = EndsAt.BUSINESS_CLOSE
    start_rule: StartRule = StartRule.RECEIPT
    calendar: CalendarCode = CalendarCode.REGION


class ExplainedDayRead(Schema):
    """What one day meant; `name` is the holiday it belongs to, `known` false in a year without published data.

    `local` marks a day that the region itself made special.
    """

    day: date
    verdict: DayVerdict
    name: str
    number: int | None
    minutes: int | None
    known: bool
    local: bool


class DueRead(Schema):
    """When a limit ends, and the days that lead there. `due_at` is null while a pause is open."""

    due_at: LocalDateTime | None
    due_on: date | None
    provisional: bool
    paused: bool
    calendar_version: int
    days: list[ExplainedDayRead]


class CalendarDayRead(Schema):
    """A special day; `local` when the region made it, with hours of its own where it has some."""

    day: date
    is_working_day: bool
    name: str
    local: bool
    windows: list["WindowRead"] | None


class WindowRead(Schema):
    """Opening hours, as `08:30`; the end of the day is `24:00`."""

    opens: str
    closes: str


class OfficeHoursRead(Schema):
    """Office hours with their dates; a season is `MM-DD`, weekday 0 is Monday."""

    valid_from: date
    valid_to: date | None
    season_from: str | None
    season_to: str | None
    weekday: int | None
    windows: list[WindowRead]


class CalendarFilter(Input):
    """Which year; this one, unless said otherwise."""

    year: Annotated[int, Field(ge=2000, le=2099)] | None = None


class CalendarRead(Schema):
    """One year of the calendar: its notice if published, its special days, today's office hours, and all hours."""

    year: int
    published: bool
    source: str | None
    version: int
    working_days: int
    days: list[CalendarDayRead]
    windows: list[WindowRead]
    hours: list[OfficeHoursRead]


class ImportOptions(BaseModel):
    """What a calendar file is, and why it is brought in."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    format: CalendarFormat
    reason: Annotated[str, Field(min_length=2, max_length=1000)]
