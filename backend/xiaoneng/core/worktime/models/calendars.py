"""Tables of the region's calendar."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import type_moment


class RegionCalendar(SQLModel, table=True):
    """A calendar. `version` grows with every change to its days, years, hours and to the time policies."""

    __tablename__: ClassVar[str] = "calendar"

    code: str = Field(primary_key=True)
    name: str
    version: int = 1
    updated_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class CalendarDay(SQLModel, table=True):
    """A special day. `windows` like `[["08:30", "12:00"]]` replace the usual hours.

    A national notice replaces what earlier notices said of its year, and leaves local days alone; on a day of which
    both speak the local word holds, until it is taken back.
    """

    __tablename__: ClassVar[str] = "calendar_day"
    __table_args__ = (sa.CheckConstraint("windows IS NULL OR jsonb_typeof(windows) = 'array'", name="windows"),)

    calendar_code: str = Field(primary_key=True, foreign_key="calendar.code")
    day: date = Field(primary_key=True)
    is_working_day: bool
    name: str
    is_local: bool = Field(default=False, primary_key=True)
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
