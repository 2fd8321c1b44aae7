"""Words and tables of the worktime engine: the region's calendar, time policies, clocks and their ledger."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import enum_type, type_moment

REGION_ZONE = clock.REGION_ZONE
REGION_CALENDAR_ID = UUID("01900000-0000-7000-8000-000000000001")
"""How events name the region's calendar, whose key is a word."""
REGION_CALENDAR = "region"
"""Code of the one calendar that a region has; schools or courts may get their own one day."""
_AMOUNT = "(unit = 'same_day') = (amount = 0) AND amount BETWEEN 0 AND 1000000"
_ROLL = "NOT roll OR unit = 'natural_day'"


class LimitUnit(StrEnum):
    """What a time limit counts. Minutes run 7×24; work hours only inside work windows."""

    MINUTE = "minute"
    WORK_HOUR = "work_hour"
    NATURAL_DAY = "natural_day"
    WORKING_DAY = "working_day"
    SAME_DAY = "same_day"


class EndsAt(StrEnum):
    """When the last day of a limit is over (民法典 203: 24:00, or the close of business)."""

    BUSINESS_CLOSE = "business_close"
    MIDNIGHT = "midnight"


class StartRule(StrEnum):
    """From when a limit runs."""

    RECEIPT = "receipt"
    NEXT_WORKING_DAY_IF_AFTER_CLOSE = "next_working_day_if_after_close"


class Lamp(StrEnum):
    """The state of a deadline as a colour that is always shown with its text (R-61)."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"
    DONE = "done"


class ClockState(StrEnum):
    """Where a clock is. Only `running` and `paused` clocks are open."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class DayVerdict(StrEnum):
    """What one day meant for one limit, in the day-by-day explanation."""

    START = "start"
    COUNTED = "counted"
    MAKE_UP = "make_up_working_day"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    ROLLED = "rolled"


class CalendarFormat(StrEnum):
    """What a calendar file is: the yearly notice as holiday-cn publishes it, or local days as CSV."""

    HOLIDAY_CN = "holiday_cn"
    LOCAL_CSV = "local_csv"


class LedgerAction(StrEnum):
    """What happened to a clock after its start."""

    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"
    CANCEL = "cancel"
    RECALCULATE = "recalculate"


class RegionCalendar(SQLModel, table=True):
    """A calendar. `version` grows with every change to its days, years, hours and to the time policies."""

    __tablename__: ClassVar[str] = "calendar"

    code: str = Field(primary_key=True)
    name: str
    version: int = 1
    updated_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class CalendarDay(SQLModel, table=True):
    """A special day. `windows` like `[["08:30", "12:00"]]` replace the usual hours.

    A national notice replaces what earlier notices said of its year, and leaves local days alone.
    """

    __tablename__: ClassVar[str] = "calendar_day"
    __table_args__ = (sa.CheckConstraint("windows IS NULL OR jsonb_typeof(windows) = 'array'", name="windows"),)

    calendar_code: str = Field(primary_key=True, foreign_key="calendar.code")
    day: date = Field(primary_key=True)
    is_working_day: bool
    name: str
    is_local: bool = False
    windows: list[Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))


class CalendarYear(SQLModel, table=True):
    """A year whose official notice is in the calendar; a year without a row is unknown, never guessed."""

    __tablename__: ClassVar[str] = "calendar_year"

    calendar_code: str = Field(primary_key=True, foreign_key="calendar.code")
    year: int = Field(primary_key=True)
    source: str
    published_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class WorkWindow(SQLModel, table=True):
    """Office hours with their effective dates; seasons are `MM-DD`, both ends inclusive, weekday 0 is Monday."""

    __tablename__: ClassVar[str] = "work_window"
    __table_args__ = (
        sa.CheckConstraint("jsonb_typeof(windows) = 'array' AND jsonb_array_length(windows) > 0", name="windows"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("valid_to >= valid_from", name="validity"),
        sa.CheckConstraint(
            "(season_from IS NULL) = (season_to IS NULL)"
            " AND season_from ~ '^[0-1][0-9]-[0-3][0-9]$' AND season_to ~ '^[0-1][0-9]-[0-3][0-9]$'",
            name="season",
        ),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    calendar_code: str = Field(foreign_key="calendar.code", index=True)
    valid_from: date
    valid_to: date | None = None
    season_from: str | None = None
    season_to: str | None = None
    weekday: int | None = None
    windows: list[Any] = Field(sa_type=JSONB)


class TimePolicy(SQLModel, table=True):
    """A time limit as data: what a rule of `code` gives for a `kind` of clock from `effective_from` on.

    The kind `*` speaks for all kinds without a row of their own. Thresholds mean what
    `rules.lamps.Thresholds` says; `basis` is the clause that the citizen is told.
    """

    __tablename__: ClassVar[str] = "time_policy"
    __table_args__ = (
        sa.UniqueConstraint("code", "kind", "effective_from"),
        sa.CheckConstraint(_AMOUNT, name="amount"),
        sa.CheckConstraint(_ROLL, name="roll"),
        sa.CheckConstraint("yellow_days BETWEEN 0 AND blue_days", name="days"),
        sa.CheckConstraint(
            "0 <= blue_percent AND blue_percent <= yellow_percent AND yellow_percent <= 100", name="percent"
        ),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    code: str
    kind: str
    effective_from: date
    amount: int
    unit: LimitUnit = Field(sa_type=enum_type(LimitUnit))
    roll: bool = False
    ends_at: EndsAt = Field(default=EndsAt.BUSINESS_CLOSE, sa_type=enum_type(EndsAt))
    start_rule: StartRule = Field(default=StartRule.RECEIPT, sa_type=enum_type(StartRule))
    basis: str
    blue_days: int
    yellow_days: int
    blue_percent: int
    yellow_percent: int
    escalate_after: list[int] = Field(default_factory=list, sa_type=ARRAY(sa.Integer))


class Clock(SQLModel, table=True):
    """One time limit of one object. `amount` is what the policy gave; extensions stand in `extension_total`.

    `due_at`, `blue_at`, `yellow_at` follow from the ledger and the calendar of `calendar_version`; none of them
    exists while the clock is paused. `level` is the highest rung of the warning ladder that was fired, `next_fire_at`
    the moment of the next one; both belong to the sweeper.
    """

    __tablename__: ClassVar[str] = "clock"
    __table_args__ = (
        sa.Index("ix_clock_subject", "subject_id", "subject_type"),
        sa.Index("ix_clock_next_fire", "next_fire_at", postgresql_where=sa.text("state = 'running'")),
        sa.Index(
            "uq_clock_open",
            "subject_id",
            "subject_type",
            "kind",
            unique=True,
            postgresql_where=sa.text("state IN ('running', 'paused')"),
        ),
        sa.CheckConstraint(_AMOUNT, name="amount"),
        sa.CheckConstraint(_ROLL, name="roll"),
        sa.CheckConstraint("extension_total >= 0 AND pause_count >= 0 AND level >= 0", name="counts"),
        sa.CheckConstraint("(due_at IS NULL) = (due_on IS NULL)", name="due"),
        sa.CheckConstraint(
            "state <> 'running' OR (due_at IS NOT NULL AND blue_at IS NOT NULL AND yellow_at IS NOT NULL)",
            name="running",
        ),
        sa.CheckConstraint("state <> 'paused' OR due_at IS NULL", name="paused"),
        sa.CheckConstraint("state = 'running' OR next_fire_at IS NULL", name="silent"),
        sa.CheckConstraint("(state IN ('stopped', 'cancelled')) = (stopped_at IS NOT NULL)", name="stopped"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    subject_type: str
    subject_id: UUID
    kind: str
    state: ClockState = Field(
        default=ClockState.RUNNING, sa_type=enum_type(ClockState), sa_column_kwargs={"server_default": "running"}
    )
    unit_id: UUID | None = None
    policy_code: str
    basis: str
    amount: int
    unit: LimitUnit = Field(sa_type=enum_type(LimitUnit))
    roll: bool = False
    ends_at: EndsAt = Field(default=EndsAt.BUSINESS_CLOSE, sa_type=enum_type(EndsAt))
    start_rule: StartRule = Field(default=StartRule.RECEIPT, sa_type=enum_type(StartRule))
    extension_total: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    pause_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    started_at: datetime = Field(sa_type=type_moment)
    due_at: datetime | None = Field(default=None, sa_type=type_moment)
    due_on: date | None = None
    provisional: bool = False
    blue_at: datetime | None = Field(default=None, sa_type=type_moment)
    yellow_at: datetime | None = Field(default=None, sa_type=type_moment)
    next_fire_at: datetime | None = Field(default=None, sa_type=type_moment)
    level: int = 0
    stopped_at: datetime | None = Field(default=None, sa_type=type_moment)
    calendar_version: int
    rev: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class ClockLedgerEntry(SQLModel, table=True):
    """What was done to a clock, why and by whose approval; append-only.

    `amount` is an extension in the clock's unit. `from_due_at` and `to_due_at` are null while paused.
    """

    __tablename__: ClassVar[str] = "clock_ledger"
    __table_args__ = (
        sa.Index(None, "clock_id", "at"),
        sa.CheckConstraint("(action = 'extend') = (amount IS NOT NULL) AND amount > 0", name="amount"),
        sa.CheckConstraint("action IN ('resume', 'stop', 'cancel') OR reason IS NOT NULL", name="reason"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    clock_id: UUID = Field(foreign_key="clock.id")
    action: LedgerAction = Field(sa_type=enum_type(LedgerAction))
    at: datetime = Field(sa_type=type_moment)
    reason: str | None = None
    approved_by: UUID | None = None
    amount: int | None = None
    from_due_at: datetime | None = Field(default=None, sa_type=type_moment)
    to_due_at: datetime | None = Field(default=None, sa_type=type_moment)
    calendar_version: int
