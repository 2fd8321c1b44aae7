"""Writing and reading the history."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from xiaoneng.core.timeline import repository
from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.core.timeline.schemas import Author, AuthorRead, Change, TimelineEntryRead
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Page, PageParams


def record(session: Session, author: Author, subject_type: str, subject_id: UUID, change: Change) -> None:
    """Write one entry in the transaction of the change."""
    _append(session, author, subject_type, subject_id, change, is_read=False)


def record_read(session: Session, author: Author, subject_type: str, subject_id: UUID, change: Change) -> None:
    """Write that somebody read protected data; `change.reason` says why."""
    _append(session, author, subject_type, subject_id, change, is_read=True)


def _append(
    session: Session, author: Author, subject_type: str, subject_id: UUID, change: Change, *, is_read: bool
) -> None:
    session.append(
        TimelineEntry,
        {
            "id": ids.new_id(),
            "at": clock.now(),
            "actor_kind": author.kind,
            "actor_id": author.id,
            "actor_name": author.name,
            "subject_type": subject_type,
            "subject_id": subject_id,
            "action": change.action,
            "from_state": change.from_state,
            "to_state": change.to_state,
            "reason": change.reason,
            "changes": change.changes or {},
            "is_read": is_read,
        },
    )


_foreign: dict[str, str] = {}


def register_titles(titles: Mapping[str, str]) -> None:
    """Put into words what a higher package writes into histories that are not its own, at import time."""
    _foreign.update(titles)


async def page_of(
    session: Session, subject_id: UUID, params: PageParams, titles: Mapping[str, str], *, with_reads: bool = False
) -> Page[TimelineEntryRead]:
    """The history of one object, newest first; `titles` puts its actions into words."""
    found = await repository.page(session, subject_id, params, with_reads=with_reads)
    return found.page(_reader({**_foreign, **titles}))


def _reader(titles: Mapping[str, str]) -> Callable[[Any], TimelineEntryRead]:
    def read(row: Any) -> TimelineEntryRead:
        return TimelineEntryRead(
            id=row.id,
            at=row.at,
            actor=AuthorRead(kind=row.actor_kind, id=row.actor_id, name=row.actor_name),
            action=row.action,
            title=titles.get(row.action, row.action),
            from_state=row.from_state,
            to_state=row.to_state,
            reason=row.reason,
            changes=row.changes,
        )

    return read
