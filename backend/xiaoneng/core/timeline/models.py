"""The domain history: one row for every change, never updated, never deleted."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit.db import enum_type, type_moment


class ActorKind(StrEnum):
    """Who stands behind an entry."""

    PERSON = "person"
    CITIZEN = "citizen"
    MACHINE = "machine"
    SYSTEM = "system"


class TimelineEntry(SQLModel, table=True):
    """Who did what to which object, from which state to which, and why.

    The actor's name is kept as text, so that an entry reads the same after the account is gone. A citizen is never
    named here. `is_read` marks readings of protected data.
    """

    __tablename__: ClassVar[str] = "timeline_entry"
    __table_args__ = (
        sa.Index(None, "subject_id", "id"),
        sa.Index(None, "actor_id", "at"),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    id: UUID = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=type_moment)
    actor_kind: ActorKind = Field(sa_type=enum_type(ActorKind))
    actor_id: UUID | None = None
    actor_name: str
    subject_type: str
    subject_id: UUID
    action: str
    from_state: str | None = None
    to_state: str | None = None
    reason: str | None = None
    changes: dict[str, Any] = Field(sa_type=JSONB)
    is_read: bool = False
