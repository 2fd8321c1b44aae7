"""Who may read which object, asked by packages that do not know the object."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.kit.db import Session

Reader = Callable[[Session, Actor, UUID], Awaitable[bool]]
_readers: dict[str, Reader] = {}


def register_reader(subject_type: str, reader: Reader) -> None:
    """Let a feature answer for its kind of object, at import time."""
    _readers[subject_type] = reader


async def can_read(session: Session, actor: Actor, subject_type: str, subject_id: UUID) -> bool:
    """Whether `actor` may see the object; an unknown kind is hidden from everybody."""
    reader = _readers.get(subject_type)
    return reader is not None and await reader(session, actor, subject_id)
