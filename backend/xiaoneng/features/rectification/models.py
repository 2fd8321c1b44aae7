"""Tables of the rectification ledger (SM-3). 销号 closes a row; nothing here is ever deleted."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

SUBJECT_TYPE = "rectification_item"
PLAN, RECTIFY = "plan", "rectify"
"""The clocks of an item: until its plan is there, then until it is put right."""


class ItemStatus(StrEnum):
    """Where the item stands; overdue is computed, never a state."""

    REGISTERED = "registered"
    PLANNED = "planned"
    PLAN_RETURNED = "plan_returned"
    RECTIFYING = "rectifying"
    CLOSEOUT_APPLIED = "closeout_applied"
    VERIFIED = "verified"
    CLOSED = "closed"


class ItemClass(StrEnum):
    """整改类型: 立行立改 / 限期 / 长期坚持."""

    IMMEDIATE = "immediate"
    DEADLINE = "deadline"
    LONG_TERM = "long_term"


class VerifyMethod(StrEnum):
    """现场核查 / 材料核查."""

    ON_SITE = "on_site"
    MATERIAL = "material"


class RectificationItem(Entity, table=True):
    """整改项. One row is the 整改, the 责任 and (later) the 制度 list's view of a problem (S0-04)."""

    __tablename__: ClassVar[str] = "rectification_item"
    __table_args__ = (
        sa.Index(
            "uq_rectification_item_source",
            "source_type",
            "source_id",
            unique=True,
            postgresql_where=sa.text("source_id IS NOT NULL"),
        ),
        sa.Index("ix_rectification_item_unit_status", "lead_unit_id", "status", "due_at", "id"),
        sa.Index("ix_rectification_item_due", "due_at", "id"),
        sa.Index("ix_rectification_item_created", "created_at", "id"),
        sa.CheckConstraint("progress_percent BETWEEN 0 AND 100", name="progress"),
        sa.CheckConstraint("(source_type IS NULL) = (source_id IS NULL)", name="source"),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        sa.CheckConstraint(
            "status IN ('registered', 'plan_returned') OR (target IS NOT NULL AND due_on IS NOT NULL "
            "AND lead_unit_id IS NOT NULL AND responsible_leader_id IS NOT NULL AND responsible_person_id IS NOT NULL)",
            name="plan",
        ),
        sa.CheckConstraint("status NOT IN ('verified', 'closed') OR verified_at IS NOT NULL", name="verified"),
    )

    no: str = Field(unique=True)
    title: str
    status: ItemStatus = Field(default=ItemStatus.REGISTERED, sa_type=enum_type(ItemStatus))
    item_class: ItemClass = Field(default=ItemClass.DEADLINE, sa_type=enum_type(ItemClass))
    problem: str
    problem_code: str | None = None
    cause: str | None = None
    target: str | None = None
    source_type: str | None = None
    source_id: UUID | None = None
    source_label: str | None = None
    lead_unit_id: UUID | None = None
    responsible_leader_id: UUID | None = None
    responsible_person_id: UUID | None = None
    due_on: date | None = None
    due_at: datetime = Field(sa_type=type_moment)
    progress_percent: int = 0
    plan_returned_count: int = 0
    returned_count: int = 0
    closeout_statement: str | None = None
    closeout_by: UUID | None = None
    closeout_at: datetime | None = Field(default=None, sa_type=type_moment)
    verify_method: VerifyMethod | None = Field(default=None, sa_type=enum_type(VerifyMethod))
    verify_conclusion: str | None = None
    verified_by: str | None = None
    verified_at: datetime | None = Field(default=None, sa_type=type_moment)
    conclusion: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=type_moment)
    created_by: UUID | None = None


class Measure(SQLModel, table=True):
    """整改措施: what is done, by whom, until when."""

    __tablename__: ClassVar[str] = "rectification_measure"
    __table_args__ = (sa.UniqueConstraint("item_id", "seq"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    seq: int
    text: str
    owner_id: UUID
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=type_moment)


class Evidence(SQLModel, table=True):
    """佐证材料. When it was taken is not when it was uploaded; `late` marks an upload after the item's date."""

    __tablename__: ClassVar[str] = "rectification_evidence"
    __table_args__ = (sa.Index(None, "item_id"), sa.UniqueConstraint("item_id", "file_id"))

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    measure_id: UUID = Field(foreign_key="rectification_measure.id")
    file_id: UUID
    description: str
    taken_at: datetime | None = Field(default=None, sa_type=type_moment)
    uploaded_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    uploaded_by: str
    late: bool
