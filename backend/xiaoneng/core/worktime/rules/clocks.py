"""The figures of one clock: what its limit, its ledger and the calendar make of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from xiaoneng.core.worktime.models.words import ClockState, Lamp
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.lamps import BREACH_LEVEL, Rung, Span, Thresholds, ladder, lamp
from xiaoneng.core.worktime.rules.limits import Due, Limit, due_with_pauses
from xiaoneng.core.worktime.rules.pauses import Pause

_BLUE, _YELLOW = 0, 1
_MICROSECOND = timedelta(microseconds=1)


class Figures(NamedTuple):
    """What a clock stores. `level` is the highest rung already dealt with, `next_fire_at` when the next is due."""

    due_at: datetime | None
    due_on: date | None
    provisional: bool
    blue_at: datetime | None
    yellow_at: datetime | None
    level: int
    next_fire_at: datetime | None


class Terms(NamedTuple):
    """What a clock was given: its start, its limit, and everything its ledger added."""

    started_at: datetime
    limit: Limit
    thresholds: Thresholds
    extensions: Sequence[int] = ()
    pauses: Iterable[Pause] = ()


def figures(calendar: Calendar, terms: Terms, *, level: int | None = None, now: datetime | None = None) -> Figures:
    """Compute a clock.

    A new clock (no `level`) does not warn of rungs that its start already lies behind. After a change, rungs that
    were fired and are still reached at `now` stay fired; a later deadline warns anew.
    """
    end = due_with_pauses(calendar, terms.started_at, terms.limit, terms.extensions, terms.pauses)
    if end.due_at is None or end.due_on is None:
        return Figures(None, None, end.provisional, None, None, level or 0, None)
    rungs = ladder(calendar, Span(terms.started_at, end.due_at, end.due_on, terms.limit.unit), terms.thresholds)
    reached = _reached(rungs, now or terms.started_at)
    done = reached if level is None else min(level, reached)
    return _figures(end, rungs, done)


def _figures(end: Due, rungs: Sequence[Rung], done: int) -> Figures:
    upcoming = rungs[done].at if done < len(rungs) else None
    return Figures(end.due_at, end.due_on, end.provisional, rungs[_BLUE].at, rungs[_YELLOW].at, done, upcoming)


def _reached(rungs: Sequence[Rung], now: datetime) -> int:
    return sum(rung.at <= now for rung in rungs)


class Marks(NamedTuple):
    """The stored moments of a running clock at which its lamp changes."""

    blue_at: datetime
    yellow_at: datetime
    due_at: datetime

    def rungs(self) -> tuple[Rung, ...]:
        """Blue, yellow and red as rungs; red begins the moment after the due date."""
        return (
            Rung(1, self.blue_at),
            Rung(2, self.yellow_at),
            Rung(BREACH_LEVEL, self.due_at + _MICROSECOND),
        )


def lamp_of(marks: Marks | None, now: datetime, state: ClockState) -> Lamp:
    """The lamp of a stored clock."""
    return lamp(marks.rungs() if marks else (), now, state)


def fired(rungs: Sequence[Rung], level: int, now: datetime) -> tuple[Sequence[Rung], datetime | None]:
    """The rungs above `level` that are reached at `now`, lowest first, and the moment of the one after them."""
    reached = max(level, _reached(rungs, now))
    return rungs[level:reached], rungs[reached].at if reached < len(rungs) else None
