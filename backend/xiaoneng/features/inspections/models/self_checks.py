"""Self-checks of a campaign down to the last institution (S4-06…08, SM-8, R-04)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

SELF_CHECK = "self_check"
CHECKED_UNIT = "self_check_unit"


class SelfCheckStatus(StrEnum):
    """Where a self-check stands."""

    OPEN = "open"
    CLOSED = "closed"


class CheckedStatus(StrEnum):
    """Where one unit of it stands (SM-8): not checked yet, checked, signed by its head, judged."""

    OPEN = "open"
    CHECKED = "checked"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Dimension(StrEnum):
    """自查五个方面 (S4-08)."""

    ATTITUDE = "attitude"
    QUALITY = "quality"
    EFFICIENCY = "efficiency"
    LAWFULNESS = "lawfulness"
    INTEGRITY = "integrity"


class ListChangeKind(StrEnum):
    """What was done to the frozen list of units."""

    ADD = "add"
    REMOVE = "remove"


class SelfCheck(Entity, table=True):
    """One self-check. Who has to check is frozen on `frozen_on`; every later change stands in the log (R-04)."""

    __tablename__: ClassVar[str] = SELF_CHECK
    __table_args__ = (sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),)

    campaign_id: UUID = Field(foreign_key="campaign.id", unique=True)
    frozen_on: date
    status: SelfCheckStatus = Field(default=SelfCheckStatus.OPEN, sa_type=enum_type(SelfCheckStatus))
    closed_at: datetime | None = Field(default=None, sa_type=type_moment)
    created_by_name: str


class CheckedUnit(Entity, table=True):
    """A unit that has to check itself, below the unit that it stood under when the list was frozen."""

    __tablename__: ClassVar[str] = CHECKED_UNIT
    __table_args__ = (
        sa.UniqueConstraint("check_id", "unit_id"),
        sa.Index("ix_self_check_unit_unit", "unit_id"),
        sa.CheckConstraint("parent_id <> unit_id", name="not_own_parent"),
        sa.CheckConstraint("status = 'open' OR (summary IS NOT NULL AND checked_at IS NOT NULL)", name="checked"),
        sa.CheckConstraint("status <> 'returned' OR return_reason IS NOT NULL", name="returned"),
    )

    check_id: UUID = Field(foreign_key="self_check.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    parent_id: UUID | None = Field(default=None, foreign_key="unit.id")
    removed_on: date | None = None
    status: CheckedStatus = Field(default=CheckedStatus.OPEN, sa_type=enum_type(CheckedStatus))
    summary: str | None = None
    checked_at: datetime | None = Field(default=None, sa_type=type_moment)
    checked_by_name: str | None = None
    signed_by_name: str | None = None
    judged_by_name: str | None = None
    return_reason: str | None = None


class SelfCheckChange(SQLModel, table=True):
    """An entry of the log of the frozen list; never changed."""

    __tablename__: ClassVar[str] = "self_check_change"
    __table_args__ = (sa.Index(None, "check_id", "at"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    check_id: UUID = Field(foreign_key="self_check.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    kind: ListChangeKind = Field(sa_type=enum_type(ListChangeKind))
    reason: str
    at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    by_name: str


class WeakPoint(SQLModel, table=True):
    """A weak point that a unit found in itself; `item_id` is the rectification item that it became (S4-08)."""

    __tablename__: ClassVar[str] = "self_check_weak_point"
    __table_args__ = (sa.Index(None, "row_id"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    row_id: UUID = Field(foreign_key="self_check_unit.id")
    dimension: Dimension = Field(sa_type=enum_type(Dimension))
    problem: str
    item_id: UUID | None = Field(default=None, foreign_key="rectification_item.id")
    found_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
