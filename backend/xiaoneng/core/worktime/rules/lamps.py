"""How much of a limit is left, and the moments at which its lamp changes (R-61, R-62)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from xiaoneng.core.worktime.models.words import REGION_ZONE, ClockState, Lamp, LimitUnit
from xiaoneng.core.worktime.rules.calendar import Calendar

_MINUTE = timedelta(minutes=1)
_BY_TIME = frozenset({LimitUnit.MINUTE, LimitUnit.WORK_HOUR})
_WHOLE = 100
BREACH_LEVEL = 3
"""Level of the red rung; 1 is blue, 2 is yellow, 4 and up are steps of the escalation ladder."""


class Remaining(NamedTuple):
    """What is left of a limit; both figures are negative once it is over. Minutes round towards zero."""

    working_days: int
    minutes: int
    overdue: bool


def remaining(calendar: Calendar, now: datetime, due_at: datetime, due_on: date) -> Remaining:
    """What is left at `now`: whole working days after today up to `due_on`, and minutes to `due_at`."""
    today = now.astimezone(REGION_ZONE).date()
    if today <= due_on:
        days = calendar.working_days_between(today, due_on)
    else:
        days = -calendar.working_days_between(due_on, today)
    minutes = abs(due_at - now) // _MINUTE
    overdue = now > due_at
    return Remaining(days, -minutes if overdue else minutes, overdue)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a limit warns; data of its policy.

    Day limits turn blue or yellow when at most that many working days remain, minute and work-hour limits
    when that share (percent) of the time between start and due date is used up. `escalate_after` lists how
    far past the due date the next superior hears of it, in working days or in percent of that time.
    """

    blue_days: int = 3
    yellow_days: int = 1
    blue_percent: int = 50
    yellow_percent: int = 80
    escalate_after: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.yellow_days <= self.blue_days:
            raise ValueError(f"blue comes before yellow: {self}")
        if not 0 <= self.blue_percent <= self.yellow_percent <= _WHOLE:
            raise ValueError(f"blue comes before yellow, and percents end at 100: {self}")
        steps = self.escalate_after
        if any(step < 1 for step in steps) or list(steps) != sorted(set(steps)):
            raise ValueError("escalation steps are positive and ascending")


USUAL = Thresholds()
"""Blue from 3, yellow from 1 remaining working day; half and four fifths of a limit in minutes or work hours."""


class Rung(NamedTuple):
    """One step of the warning ladder: at `at` (UTC) the limit reaches `level`."""

    level: int
    at: datetime


class Span(NamedTuple):
    """The stretch that a limit covers, as computed."""

    started_at: datetime
    due_at: datetime
    due_on: date
    unit: LimitUnit


def ladder(calendar: Calendar, span: Span, thresholds: Thresholds) -> tuple[Rung, ...]:
    """All rungs of a limit in order of their levels, never before its start and never out of order.

    Red begins the very moment after `due_at`; the day rungs begin at local midnight.
    """
    if span.unit in _BY_TIME:
        length = span.due_at - span.started_at
        blue = span.started_at + length * thresholds.blue_percent / 100
        yellow = span.started_at + length * thresholds.yellow_percent / 100
        later = [span.due_at + length * step / 100 for step in thresholds.escalate_after]
    else:
        blue = _midnight(calendar.subtract_working_days(span.due_on, thresholds.blue_days))
        yellow = _midnight(calendar.subtract_working_days(span.due_on, thresholds.yellow_days))
        later = [_midnight(calendar.add_working_days(span.due_on, step)) for step in thresholds.escalate_after]
    breach = span.due_at + timedelta(microseconds=1)
    early = [min(max(moment, span.started_at), breach) for moment in (blue, yellow)]
    late = [max(moment, breach) for moment in later]
    return tuple(Rung(level, at) for level, at in enumerate((*early, breach, *late), start=1))


def lamp(rungs: Sequence[Rung], now: datetime, state: ClockState) -> Lamp:
    """The lamp of a clock at `now`."""
    if state is ClockState.PAUSED:
        return Lamp.PAUSED
    if state is not ClockState.RUNNING:
        return Lamp.DONE
    reached = max((rung.level for rung in rungs if rung.at <= now), default=0)
    return (Lamp.GREEN, Lamp.BLUE, Lamp.YELLOW, Lamp.RED)[min(reached, BREACH_LEVEL)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, REGION_ZONE).astimezone(UTC)
