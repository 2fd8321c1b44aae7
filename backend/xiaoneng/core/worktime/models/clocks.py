"""Tables of clocks and their ledger."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.core.worktime.models.words import AMOUNT, ROLL, ClockState, EndsAt, LedgerAction, LimitUnit, StartRule
from xiaoneng.kit import ids
from xiaoneng.kit.db import enum_type, type_moment


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
        sa.CheckConstraint(AMOUNT, name="amount"),
        sa.CheckConstraint(ROLL, name="roll"),
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
    scope: str = Field(default="*", sa_column_kwargs={"server_default": "*"})
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

    `amount` is an extension in the clock's unit. `from_due_at` and `to_due_at` are null while paused; `file_ids` name
    the evidence, `change_id` the change of the rules behind a recalculation.
    """

    __tablename__: ClassVar[str] = "clock_ledger"
    __table_args__ = (
        sa.Index(None, "clock_id", "at"),
        sa.Index("ix_clock_ledger_change", "change_id", postgresql_where=sa.text("change_id IS NOT NULL")),
        sa.CheckConstraint("(action = 'extend') = (amount IS NOT NULL) AND amount > 0", name="amount"),
        sa.CheckConstraint("action IN ('resume', 'stop', 'cancel') OR reason IS NOT NULL", name="reason"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    clock_id: UUID = Field(foreign_key="clock.id")
    action: LedgerAction = Field(sa_type=enum_type(LedgerAction))
    at: datetime = Field(sa_type=type_moment)
    reason: str | None = None
    approved_by: UUID | None = None
    file_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    change_id: UUID | None = Field(default=None, foreign_key="time_change.id")
    amount: int | None = None
    from_due_at: datetime | None = Field(default=None, sa_type=type_moment)
    to_due_at: datetime | None = Field(default=None, sa_type=type_moment)
    calendar_version: int
