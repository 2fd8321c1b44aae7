"""Tables of the 12345 inbox."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import enum_type, type_moment


class MessageState(StrEnum):
    """What became of a message: applied, waiting for the case it speaks of, or kept because its type is unknown."""

    APPLIED = "applied"
    WAITING = "waiting"
    KEPT = "kept"


class HotlineSource(SQLModel, table=True):
    """来源平台. The secret (Standard Webhooks, 24 to 64 bytes) is encrypted; a second one bridges a rotation."""

    __tablename__: ClassVar[str] = "hotline_source"

    code: str = Field(primary_key=True, max_length=60)
    name: str
    secret: str = Field(sa_type=SealedText)
    previous_secret: str | None = Field(default=None, sa_type=SealedText)
    is_active: bool = True
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class InboxMessage(SQLModel, table=True):
    """One message of a source as it came. The body is sealed: it names citizens."""

    __tablename__: ClassVar[str] = "hotline_message"
    __table_args__ = (
        sa.UniqueConstraint("source", "event_id"),
        sa.Index("ix_hotline_message_waiting", "source", "external_no", postgresql_where=sa.text("state = 'waiting'")),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    source: str = Field(foreign_key="hotline_source.code")
    event_id: str
    type: str
    external_no: str | None = None
    occurred_at: datetime = Field(sa_type=type_moment)
    fingerprint: bytes
    body: str = Field(sa_type=SealedText)
    state: MessageState = Field(sa_type=enum_type(MessageState))
    case_no: str | None = None
    received_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
