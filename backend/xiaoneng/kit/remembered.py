"""What each process remembers of a database for a moment, so that reading it costs no statement."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    value: T
    checked_at: datetime


class Remembered(Generic[T]):
    """A value kept for each database; `load` is asked again once it was last checked more than `fresh_for` ago.

    `load` gets the value known so far: one that costs much is given back as it is when only a token had to be
    compared. What another process changed shows after `fresh_for`; whoever changes it here calls `forget`.
    """

    def __init__(self, load: Callable[[Session, T | None], Awaitable[T]], fresh_for: timedelta) -> None:
        self._load = load
        self.fresh_for = fresh_for

    async def get(self, session: Session, *, fresh: bool = False) -> T:
        """The value; `fresh` checks it whatever its age."""
        held: _Held[T] | None = session.database.kept.get(self)
        if held is not None and not fresh and abs(clock.now() - held.checked_at) < self.fresh_for:
            return held.value
        if held is None:
            return self.keep(session, await self._load(session, None))
        kept = session.database.kept
        kept[self] = renewing = _Held(held.value, clock.now())  # others go on with it while this one asks
        try:
            return self.keep(session, await self._load(session, held.value))
        except BaseException:
            if kept.get(self) is renewing:
                kept[self] = held
            raise

    def peek(self, session: Session) -> T | None:
        """The value as it was last known, however old."""
        held: _Held[T] | None = session.database.kept.get(self)
        return held.value if held else None

    def keep(self, session: Session, value: T) -> T:
        """Remember a value that has just been checked."""
        session.database.kept[self] = _Held(value, clock.now())
        return value

    def forget(self, database: Database) -> None:
        """Ask again next time."""
        database.kept.pop(self, None)
