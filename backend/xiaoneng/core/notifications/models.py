"""Messages to accounts."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import type_moment


class Notification(SQLModel, table=True):
    """One message to one account. A second one with the same `dedupe_key` is dropped."""

    __tablename__: ClassVar[str] = "notification"
    __table_args__ = (
        sa.UniqueConstraint("recipient_id", "dedupe_key"),
        sa.Index("ix_notification_recipient", "recipient_id", "created_at", "id"),
        sa.Index("ix_notification_unread", "recipient_id", postgresql_where=sa.text("read_at IS NULL")),
        sa.Index("ix_notification_created", "created_at"),
        {"info": {"ignore_duplicates": True}},
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    recipient_id: UUID
    title: str
    body: str
    subject_type: str
    subject_id: UUID
    dedupe_key: str
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    read_at: datetime | None = Field(default=None, sa_type=type_moment)
