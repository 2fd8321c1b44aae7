"""The live stream: one poller a process, running only while somebody listens.

It reads the outbox and the messages of the last seconds once a second, with an overlap because transactions commit out
of order, and tells each listener only of objects they may see. It holds no connection between two looks.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import can_read
from xiaoneng.core.notifications import repository
from xiaoneng.core.notifications.errors import TooManyStreams
from xiaoneng.core.notifications.schemas import Changed, NotificationRead
from xiaoneng.core.outbox import service as outbox
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.log import get_logger

LOOK_SECONDS = 1.0
OVERLAP = timedelta(seconds=5)
PING_SECONDS = 15.0
MAX_STREAMS = 5
MAX_SUBJECTS = 20
_QUEUE_SIZE = 200
_log = get_logger(__name__)


class Said(NamedTuple):
    """One event of the stream; `data` None is a sign of life."""

    event: str
    data: NotificationRead | Changed | None


@dataclass(eq=False)
class _Listener:
    actor: Actor
    queue: asyncio.Queue[Said | None] = field(default_factory=lambda: asyncio.Queue(_QUEUE_SIZE))

    def tell(self, said: Said | None) -> None:
        """Queue an event; a listener that does not keep up loses the oldest, and will read everything again."""
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(said)


class Hub:
    """The listeners of one process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: list[_Listener] = []
        self._poller: asyncio.Task[None] | None = None
        self._seen: dict[UUID, float] = {}

    async def listen(self, actor: Actor, seconds: float) -> AsyncIterator[Said]:
        """The events for one actor, for at most so many seconds (the life of their token). Raises TooManyStreams."""
        if sum(other.actor.id == actor.id for other in self._listeners) >= MAX_STREAMS:
            raise TooManyStreams(headers={"Retry-After": "30"})
        listener = _Listener(actor)
        self._listeners.append(listener)
        self._poller = self._poller or asyncio.create_task(self._poll())
        return self._events(listener, seconds)

    async def _events(self, listener: _Listener, seconds: float) -> AsyncIterator[Said]:
        ends = asyncio.get_running_loop().time() + seconds
        try:
            yield Said("ping", None)
            while asyncio.get_running_loop().time() < ends:
                try:
                    said = await asyncio.wait_for(listener.queue.get(), PING_SECONDS)
                except TimeoutError:
                    said = Said("ping", None)
                if said is None:
                    return
                yield said
        finally:
            self._listeners.remove(listener)

    async def close(self) -> None:
        """End all streams."""
        for listener in self._listeners:
            listener.tell(None)
        if self._poller:
            self._poller.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._poller
            self._poller = None

    async def _poll(self) -> None:
        self._seen = {}
        started = clock.now()
        while self._listeners:
            try:
                async with self._database.unit_of_work() as session:
                    await self._look(session, max(clock.now() - OVERLAP, started))
            except (SQLAlchemyError, OSError) as error:  # the stream must outlive a database that is away for a moment
                _log.warning("live_look_failed", kind=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)
        self._poller = None

    async def _look(self, session: Session, moment: Any) -> None:
        loop_time = asyncio.get_running_loop().time()
        self._seen = {key: at for key, at in self._seen.items() if loop_time - at < OVERLAP.total_seconds() * 2}
        accounts = {listener.actor.id for listener in self._listeners}
        for row in await repository.since(session, accounts, moment):
            if self._is_new(row.id, loop_time):
                said = Said("notification", NotificationRead.model_validate(row))
                for listener in self._listeners:
                    if listener.actor.id == row.recipient_id:
                        listener.tell(said)
        events = [row for row in await outbox.recent(session, moment) if self._is_new(row.id, loop_time)]
        subjects = list(dict.fromkeys((row.subject_type, row.subject_id) for row in events))
        for listener in self._listeners:
            await _tell_changes(session, listener, subjects)

    def _is_new(self, key: UUID, loop_time: float) -> bool:
        if key in self._seen:
            return False
        self._seen[key] = loop_time
        return True


async def _tell_changes(session: Session, listener: _Listener, subjects: list[tuple[str, UUID]]) -> None:
    if len(subjects) > MAX_SUBJECTS:
        listener.tell(Said("changed", Changed(subject_type=None, subject_id=None)))
        return
    for subject_type, subject_id in subjects:
        if await can_read(session, listener.actor, subject_type, subject_id):
            listener.tell(Said("changed", Changed(subject_type=subject_type, subject_id=subject_id)))
