"""Callers this process has just looked up, so that a busy session costs no statement a request.

An entry is good for 0.8 s, and for 0.15 s more for those who ask while the first is looking it up anew: whatever ends
a session, a post or a key takes effect within a second in every process.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.kit import clock

GOOD_SECONDS = 0.8
RENEWAL_SECONDS = 0.15
_TOUCH_EVERY = timedelta(minutes=1)
_MAX_ENTRIES = 20_000
Key = UUID | bytes
"""A session's id, or the hash of a machine's key."""


@dataclass(frozen=True, slots=True)
class Caller:
    """An actor and what may keep them from most routes."""

    actor: Actor
    session_id: UUID | None = None
    must_enrol: bool = False
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    caller: Caller
    since: float
    at: datetime
    seconds: float = GOOD_SECONDS

    def is_good(self) -> bool:
        """By the machine's clock, which nobody sets, and by the one that tests stop."""
        age = (clock.now() - self.at).total_seconds()
        return 0 <= age < self.seconds and time.monotonic() < self.since + self.seconds


_entries: dict[Key, _Entry] = {}
_touched: dict[Key, datetime] = {}


def recall(key: Key) -> Caller | None:
    """The caller, if looked up within the last 0.8 s; the first to find that over must look again."""
    entry = _entries.get(key)
    if entry is None:
        return None
    if entry.is_good():
        return entry.caller
    if entry.seconds == GOOD_SECONDS:
        _entries[key] = replace(entry, seconds=GOOD_SECONDS + RENEWAL_SECONDS)
    return None


def remember(key: Key, caller: Caller) -> None:
    """Keep the caller for a moment."""
    if len(_entries) >= _MAX_ENTRIES:
        _entries.clear()
    _entries[key] = _Entry(caller, time.monotonic(), clock.now())


def forget(key: Key) -> None:
    """Look this one up again."""
    _entries.pop(key, None)


def forget_account(account_id: UUID) -> None:
    """Look everything of this account up again."""
    for key in [key for key, entry in _entries.items() if entry.caller.actor.id == account_id]:
        del _entries[key]


def should_touch(key: Key) -> bool:
    """Whether the last use is to be written down: once a minute in a process."""
    now = clock.now()
    last = _touched.get(key)
    if last is not None and timedelta() <= now - last < _TOUCH_EVERY:
        return False
    if len(_touched) >= _MAX_ENTRIES:
        _touched.clear()
    _touched[key] = now
    return True
