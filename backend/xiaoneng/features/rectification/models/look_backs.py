"""Look-back (回头看, S1-12, R-08): a drawn sample of closed items and every item the masses complained of."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

LOOK_BACK = "look_back"


class CheckGround(StrEnum):
    """Why an item is looked back at: drawn by lot, or because the masses complained of it."""

    SAMPLE = "sample"
    MASS = "mass"


class CheckResult(StrEnum):
    """What the look-back found."""

    PENDING = "pending"
    PASSED = "passed"
    REBOUNDED = "rebounded"


class LookBack(Entity, table=True):
    """One draw. Anyone can repeat it: the same seed over the same population gives the same sample.

    `population_hash` is the SHA-256 of the population's numbers in their order, one a line.
    """

    __tablename__: ClassVar[str] = LOOK_BACK
    __table_args__ = (
        sa.Index(None, "created_at", "id"),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        sa.CheckConstraint("closed_to >= closed_from", name="period"),
        sa.CheckConstraint("population >= 0 AND drawn >= 0 AND mass >= 0", name="counts"),
    )

    no: str = Field(unique=True)
    closed_from: date
    closed_to: date
    percent: int
    seed: str = Field(max_length=100)
    population: int
    population_hash: str = Field(max_length=64)
    drawn: int
    mass: int
    created_by: UUID
    created_by_name: str


class LookBackCheck(SQLModel, table=True):
    """One item of a draw, and what was found."""

    __tablename__: ClassVar[str] = "look_back_check"
    __table_args__ = (
        sa.UniqueConstraint("look_back_id", "item_id"),
        sa.Index(None, "item_id"),
        sa.CheckConstraint("(result = 'pending') = (checked_at IS NULL)", name="checked"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    look_back_id: UUID = Field(foreign_key="look_back.id")
    item_id: UUID = Field(foreign_key="rectification_item.id")
    ground: CheckGround = Field(sa_type=enum_type(CheckGround))
    closed_at: datetime = Field(sa_type=type_moment)
    result: CheckResult = Field(default=CheckResult.PENDING, sa_type=enum_type(CheckResult))
    finding: str | None = None
    checked_by_name: str | None = None
    checked_at: datetime | None = Field(default=None, sa_type=type_moment)
