"""Domain events, written with the change they tell of."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import type_moment


class OutboxEvent(SQLModel, table=True):
    """One event. `topic` like `case.rated`; the payload carries ids and codes, never personal data."""

    __tablename__: ClassVar[str] = "outbox_event"
    __table_args__ = (sa.Index(None, "occurred_at"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    topic: str
    subject_type: str
    subject_id: UUID
    payload: dict[str, Any] = Field(sa_type=JSONB)
    occurred_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
