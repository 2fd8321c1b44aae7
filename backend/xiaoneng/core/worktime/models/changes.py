"""Changes of the rules of time as signed batches."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.core.worktime.models.words import ChangeKind, ChangeState
from xiaoneng.kit import ids
from xiaoneng.kit.db import Entity, enum_type, type_moment


class TimeChange(Entity, table=True):
    """A change of the calendar or of a time policy: drafted with the clocks it would move, then signed and applied.

    `payload` is what is to change, in the words of its kind, against the rules of `calendar_version`. `later` and
    `earlier` count the clocks of the preview (`TimeChangeMove`), `moved` and `kept` what applying did: kept ones would
    have ended earlier, without approval.
    """

    __tablename__: ClassVar[str] = "time_change"
    __table_args__ = (
        sa.CheckConstraint("jsonb_typeof(payload) = 'object'", name="payload"),
        sa.CheckConstraint("later >= 0 AND earlier >= 0 AND moved >= 0 AND kept >= 0", name="counts"),
        sa.CheckConstraint("(state IN ('applying', 'done')) = (signed_by IS NOT NULL)", name="signed"),
        sa.CheckConstraint("NOT approve_earlier OR signed_by <> drafted_by", name="four_eyes"),
        sa.Index(None, "created_at", "id"),
        sa.Index(
            "uq_time_change_applying",
            sa.text("(state = 'applying')"),
            unique=True,
            postgresql_where=sa.text("state = 'applying'"),
        ),
    )

    kind: ChangeKind = Field(sa_type=enum_type(ChangeKind))
    state: ChangeState = Field(default=ChangeState.COMPUTING, sa_type=enum_type(ChangeState))
    title: str = Field(max_length=200)
    reason: str = Field(max_length=1000)
    payload: dict[str, Any] = Field(sa_type=JSONB)
    calendar_version: int
    days_changed: int = 0
    later: int = 0
    earlier: int = 0
    moved: int = 0
    kept: int = 0
    approve_earlier: bool = False
    drafted_by: UUID
    drafted_name: str
    signed_by: UUID | None = None
    signed_name: str | None = None
    signed_at: datetime | None = Field(default=None, sa_type=type_moment)
    done_at: datetime | None = Field(default=None, sa_type=type_moment)


class TimeChangeMove(SQLModel, table=True):
    """A clock that a change would move, as the preview found it.

    Forgotten some time after the change is done: what it really did stands in the ledger of each clock.
    """

    __tablename__: ClassVar[str] = "time_change_move"
    __table_args__ = (sa.Index(None, "change_id", "shift_minutes", "id"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    change_id: UUID = Field(foreign_key="time_change.id")
    clock_id: UUID = Field(foreign_key="clock.id")
    from_due_at: datetime = Field(sa_type=type_moment)
    to_due_at: datetime = Field(sa_type=type_moment)
    shift_minutes: int
