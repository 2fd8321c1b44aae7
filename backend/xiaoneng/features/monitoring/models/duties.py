"""What a monitoring point owes: a report a week, a visit a month (R-64)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import enum_type, type_moment

DUTY, DUE = "monitoring_duty", "duty"


class DutyKind(StrEnum):
    """周报 and 月访."""

    REPORT = "report"
    VISIT = "visit"


class MonitoringDuty(SQLModel, table=True):
    """One obligation of a point in one period. Done when `done_on` is set; missing is computed, never stored.

    What was still open when the point was suspended or removed is `is_waived` and counts nowhere.
    """

    __tablename__: ClassVar[str] = DUTY
    __table_args__ = (
        sa.UniqueConstraint("point_id", "kind", "period"),
        sa.Index("ix_monitoring_duty_due", "due_at", "id"),
        sa.CheckConstraint("period_first <= period_last", name="period"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    point_id: UUID = Field(foreign_key="monitoring_point.id")
    kind: DutyKind = Field(sa_type=enum_type(DutyKind))
    period: str
    period_first: date
    period_last: date
    due_at: datetime = Field(sa_type=type_moment)
    done_on: date | None = None
    is_waived: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class MonitoringRecord(SQLModel, table=True):
    """A weekly report or a visit as it was written down. The text may tell who wrote it and is sealed."""

    __tablename__: ClassVar[str] = "monitoring_record"
    __table_args__ = (sa.Index("ix_monitoring_record_monitor", "monitor_id", "at", "id"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    point_id: UUID = Field(foreign_key="monitoring_point.id")
    monitor_id: UUID = Field(foreign_key="monitor.id")
    kind: DutyKind = Field(sa_type=enum_type(DutyKind))
    happened_on: date
    text: str = Field(sa_type=SealedText)
