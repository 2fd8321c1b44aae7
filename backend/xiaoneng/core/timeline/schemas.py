"""Shapes of the history."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.kit.schemas import LocalDateTime, Schema


@dataclass(frozen=True, slots=True)
class Author:
    """Who an entry names. A citizen has neither id nor name of their own."""

    kind: ActorKind
    id: UUID | None
    name: str


SYSTEM = Author(ActorKind.SYSTEM, None, "系统")
CITIZEN = Author(ActorKind.CITIZEN, None, "群众")


class AuthorRead(Schema):
    """Who did it."""

    kind: ActorKind
    id: UUID | None
    name: str


class TimelineEntryRead(Schema):
    """One entry as the console shows it; `title` is the action in words."""

    id: UUID
    at: LocalDateTime
    actor: AuthorRead
    action: str
    title: str
    from_state: str | None
    to_state: str | None
    reason: str | None
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to an object: the action, the states around it, the reason, and the fields that changed."""

    action: str
    from_state: str | None = None
    to_state: str | None = None
    reason: str | None = None
    changes: dict[str, Any] | None = None
