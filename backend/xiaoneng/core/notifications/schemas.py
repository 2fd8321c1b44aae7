"""Shapes of notifications."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Flag, Input, LocalDateTime, Schema


@dataclass(frozen=True, slots=True)
class Message:
    """What is told, about which object; a second message with the same key is dropped."""

    title: str
    body: str
    subject_type: str
    subject_id: UUID
    dedupe_key: str


class NotificationRead(Schema):
    """One message."""

    id: UUID
    title: str
    body: str
    subject_type: str
    subject_id: UUID
    created_at: LocalDateTime
    read_at: LocalDateTime | None


class NotificationFilter(PageParams):
    """Which messages."""

    unread: bool = False


class UnreadCount(Schema):
    """How many are unread."""

    count: int


class MarkRead(Input):
    """Some messages by key, or all of them."""

    ids: list[UUID] = Field(default=[], max_length=200)
    all: Flag = False


class Changed(Schema):
    """An object changed: read it again. Without an object, read what you show again."""

    subject_type: str | None
    subject_id: UUID | None
