"""The live stream: one task a process, looking for news once a second while somebody listens.

It reads the outbox and the messages of the last seconds, with an overlap because transactions commit out of order.
Streams hold neither a connection nor a transaction. Nothing is sent to anybody who is not, at that moment, still let in
and still allowed to see it. Live events are hints: what a stream misses, the next list shows.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import Context
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import can_read
from xiaoneng.core.notifications import repository
from xiaoneng.core.notifications.errors import TooManyStreams
from xiaoneng.core.notifications.schemas import Changed, NotificationRead
from xiaoneng.core.outbox import service as outbox
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.log import get_logger
from xiaoneng.kit.problems import AppError

LOOK_SECONDS = 1.0
PING_SECONDS = 15.0
OVERLAP = timedelta(seconds=5)
"""How far back a look goes: a transaction that began before the last look may have committed after it."""
MAX_STREAMS = 5
MAX_WAITING = 200
MAX_EVENTS = 2000
MAX_SUBJECTS = 20
MAX_CHECKS = 400
"""How often one look may ask whether somebody sees an object; beyond, everybody is told to read again instead."""
READ_AGAIN_SECONDS = 10.0
_CLOSE_SECONDS = 2.0
_log = get_logger(__name__)

Authenticate = Callable[[Session], Awaitable[Actor]]
"""Finds the listener anew. Raises AppError when they are no longer let in."""
Subject = tuple[str, UUID]


class Said(NamedTuple):
    """One event of the stream; `data` None is a sign of life."""

    event: str
    data: NotificationRead | Changed | None


PING = Said("ping", None)
READ_AGAIN = Said("changed", Changed(subject_type=None, subject_id=None))


class News(NamedTuple):
    """What one look found: messages by recipient, changed objects, and whether there were too many of those."""

    messages: dict[UUID, list[Said]]
    subjects: list[Subject]
    is_flood: bool


class Listener:
    """One open stream: what waits to be sent, and who it is for."""

    def __init__(self, actor: Actor, authenticate: Authenticate, ends_at: float) -> None:
        self.actor = actor
        self.authenticate = authenticate
        self.ends_at = ends_at
        self.ping_at = 0.0
        self.is_open = True
        self.is_fresh = True
        self._waiting: deque[Said] = deque()
        self._woken = asyncio.Event()

    def tell(self, said: Said) -> None:
        """Put an event in line; who has fallen far behind is sent away, to connect and read everything again."""
        if len(self._waiting) >= MAX_WAITING:
            self.end()
        self._waiting.append(said)
        self._woken.set()

    def end(self) -> None:
        """Let the reader finish what waits, and go."""
        self.is_open = False
        self._woken.set()

    async def events(self) -> AsyncIterator[Said]:
        """The events as they come, until the stream ends."""
        while self._waiting or self.is_open:
            while self._waiting:
                yield self._waiting.popleft()
            if self.is_open:
                await self._woken.wait()
                self._woken.clear()


class Hub:
    """The listeners of one process. When its task fails their streams end, and clients connect again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: set[Listener] = set()
        self._seen: dict[UUID, datetime] = {}
        self._looked_at: datetime | None = None
        self._is_flooded = False
        self._read_again_at = 0.0
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    def listen(self, actor: Actor, authenticate: Authenticate, seconds: float) -> Listener:
        """A stream for one actor that lasts `seconds` at most. Raises TooManyStreams."""
        if sum(other.is_open and other.actor.id == actor.id for other in self._listeners) >= MAX_STREAMS:
            raise TooManyStreams(headers={"Retry-After": "30"})
        listener = Listener(actor, authenticate, asyncio.get_running_loop().time() + seconds)
        if self._is_closed:
            listener.end()
            return listener
        self._listeners.add(listener)
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), context=Context())
            self._task.add_done_callback(_report)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a stream whose reader has gone."""
        listener.end()
        self._listeners.discard(listener)

    async def close(self) -> None:
        """End all streams for good; nothing more is waited for than the running look."""
        self._is_closed = True
        for listener in self._listeners:
            listener.end()
        self._wake.set()
        if self._task:
            _, unfinished = await asyncio.wait({self._task}, timeout=_CLOSE_SECONDS)
            for task in unfinished:
                task.cancel()

    async def _run(self) -> None:
        try:
            while not self._is_closed and (listeners := self._still_open()):
                async with self._database.unit_of_work() as session:
                    await self._look(session, listeners)
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._wake.wait()
                self._wake.clear()
        finally:
            self._looked_at = None
            for listener in self._listeners:
                listener.end()

    def _still_open(self) -> list[Listener]:
        now = asyncio.get_running_loop().time()
        for listener in self._listeners:
            if now >= listener.ends_at:
                listener.end()
        self._listeners = {listener for listener in self._listeners if listener.is_open}
        return list(self._listeners)

    async def _look(self, session: Session, listeners: Sequence[Listener]) -> None:
        """Find what is new and tell everybody what is theirs."""
        now = clock.now()
        since = min(self._looked_at or now, now) - OVERLAP
        accounts = {listener.actor.id for listener in listeners}
        messages: dict[UUID, list[Said]] = {}
        for row in await repository.since(session, accounts, since):
            if self._is_new(row.id, now):
                said = Said("notification", NotificationRead.model_validate(row))
                messages.setdefault(row.recipient_id, []).append(said)
        events = [row for row in await outbox.recent(session, since, MAX_EVENTS) if self._is_new(row.id, now)]
        subjects = list(dict.fromkeys((row.subject_type, row.subject_id) for row in events))
        self._looked_at = now
        self._seen = {key: moment for key, moment in self._seen.items() if moment >= since}
        news = self._limited(messages, subjects, len(accounts))
        for listener in listeners:
            await _serve(session, listener, news)

    def _is_new(self, key: UUID, now: datetime) -> bool:
        is_new = key not in self._seen
        self._seen[key] = now
        return is_new

    def _limited(self, messages: dict[UUID, list[Said]], subjects: list[Subject], accounts: int) -> News:
        """A flood of changes is told as one, at most every ten seconds."""
        moment = asyncio.get_running_loop().time()
        if len(subjects) > min(MAX_SUBJECTS, max(1, MAX_CHECKS // accounts)):
            subjects, self._is_flooded = [], True
        is_flood = self._is_flooded and moment >= self._read_again_at
        if is_flood:
            self._is_flooded, self._read_again_at = False, moment + READ_AGAIN_SECONDS
        return News(messages, subjects, is_flood)


async def _serve(session: Session, listener: Listener, news: News) -> None:
    """Tell one listener what is theirs, once it is certain that they are still let in.

    A fresh one only learns that nothing will be missed from now on: their client has yet to read everything.
    """
    moment = asyncio.get_running_loop().time()
    said = [] if listener.is_fresh else await _sayings(session, listener.actor, news)
    if not said and moment < listener.ping_at:
        return
    try:
        actor = await listener.authenticate(session)
    except AppError:
        listener.end()
        return
    if actor != listener.actor:
        listener.actor = actor
        said = [] if listener.is_fresh else await _sayings(session, actor, news)
    for each in said:
        listener.tell(each)
    if moment >= listener.ping_at:
        listener.tell(PING)
        listener.ping_at = moment + PING_SECONDS
    listener.is_fresh = False


async def _sayings(session: Session, actor: Actor, news: News) -> list[Said]:
    said = list(news.messages.get(actor.id, ()))
    for subject_type, subject_id in news.subjects:
        if await can_read(session, actor, subject_type, subject_id):
            said.append(Said("changed", Changed(subject_type=subject_type, subject_id=subject_id)))
    return [*said, READ_AGAIN] if news.is_flood else said


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        _log.error("live_stream_failed", exc_info=error)
