"""Time limits and when they end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from xiaoneng.core.worktime.models.words import REGION_ZONE, EndsAt, LimitUnit, StartRule
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.pauses import Pause, merged

MAX_AMOUNT = 1_000_000
"""Greatest amount of a limit, in its unit: far beyond any legal one, small enough to never overflow."""
_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1990, 2990


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as a rule states it: `amount` of `unit`.

    `roll`: a natural-day period ending on a day of rest ends with the first day after it (民法典 203).
    `ends_at`: whether the last day is over at the close of business or at 24:00; days only.
    `start`: what counts as the beginning. `same_day` has the amount 0.
    Raises ValueError when the parts do not fit each other.
    """

    amount: int
    unit: LimitUnit
    roll: bool = False
    ends_at: EndsAt = EndsAt.BUSINESS_CLOSE
    start: StartRule = StartRule.RECEIPT

    def __post_init__(self) -> None:
        if (self.amount == 0) != (self.unit is LimitUnit.SAME_DAY) or not 0 <= self.amount <= MAX_AMOUNT:
            raise ValueError(f"a limit is at least 1 and at most {MAX_AMOUNT}; same_day alone is 0: {self}")
        if self.roll and self.unit is not LimitUnit.NATURAL_DAY:
            raise ValueError("only a natural-day limit can roll over a rest period")

    def extended(self, extensions: Sequence[int]) -> "Limit":
        """The same limit with every extension added in its own unit, in whatever order they were granted."""
        if not extensions:
            return self
        if self.unit is LimitUnit.SAME_DAY or min(extensions) < 1:
            raise ValueError("an extension adds at least 1 of the limit's unit, and same_day cannot be extended")
        return Limit(self.amount + sum(extensions), self.unit, self.roll, self.ends_at, self.start)


class Due(NamedTuple):
    """When a limit ends. On time means at or before `due_at` (UTC).

    `due_on` is the day in the region; a day that lasts until 24:00 ends with its last microsecond, so that
    `due_at` and `due_on` name the same day. `provisional`: a year without published data was involved.
    An open pause leaves nothing but `paused`.
    """

    due_at: datetime | None
    due_on: date | None
    provisional: bool
    paused: bool = False


_PAUSED = Due(None, None, provisional=False, paused=True)


def due(calendar: Calendar, started_at: datetime, limit: Limit) -> Due:
    """When `limit` ends that started at `started_at` (aware).

    Minutes and work hours run from the very moment (民法典 201 II); days are counted from the day after
    (201 I). Raises ValueError for a naive or absurd moment, OverflowError past the year 9990.
    """
    return _Count(calendar, started_at, limit).end(())


def due_with_pauses(
    calendar: Calendar,
    started_at: datetime,
    limit: Limit,
    extensions: Sequence[int] = (),
    pauses: Iterable[Pause] = (),
) -> Due:
    """`due` with extensions (amounts in the unit of the limit) and pauses; the order of neither matters.

    An extension lengthens the limit, not the date: 60 + 30 natural days are 90 days that roll once, at the
    end. A pause takes out of minutes and work hours exactly its own duration. Out of days it takes the days
    from the one on which it begins up to, not including, the one on which it ends, where what happens after the
    close of business belongs to the next day; hence a pause within one day takes out nothing, and one that
    begins on the last day leaves that day to be had after it. A pause that begins after the limit has ended
    cannot revive it. While a pause is open there is no due date.
    """
    return _Count(calendar, started_at, limit.extended(extensions)).end(pauses)


def effective_start(calendar: Calendar, started_at: datetime, rule: StartRule) -> datetime:
    """The local moment from which a limit runs.

    Under the second rule, receipt on a day of rest or at or after the close of business is receipt at the
    opening of the next working day.
    """
    if started_at.tzinfo is None:
        raise ValueError("a time limit needs an aware start")
    local = started_at.astimezone(REGION_ZONE)
    if not _FIRST_YEAR <= local.year <= _LAST_YEAR:
        raise ValueError(f"a time limit cannot start in {local.year}")
    if rule is StartRule.RECEIPT:
        return local
    close = calendar.close_of_business(local.date())
    if close is not None and local < close:
        return local
    day = calendar.add_working_days(local.date(), 1)
    return datetime.combine(day, time.min, REGION_ZONE) + timedelta(minutes=calendar.windows(day)[0].opens)


def desk_day(calendar: Calendar, at: datetime, ends_at: EndsAt) -> date:
    """The day to which a moment belongs for a day limit: from the close of business on, the next one."""
    local = at.astimezone(REGION_ZONE)
    day = local.date()
    return day if local < _closing(calendar, day, ends_at) else day + _DAY


def paused_days(calendar: Calendar, limit: Limit, pauses: Iterable[Pause]) -> list[tuple[date, date | None]]:
    """The days that pauses take out of a day limit, as half-open intervals in order; None is an open end."""
    ends_at = limit.ends_at
    intervals = [
        (
            desk_day(calendar, pause.began_at, ends_at),
            None if pause.ended_at is None else desk_day(calendar, pause.ended_at, ends_at),
        )
        for pause in pauses
    ]
    return sorted((pair for pair in intervals if pair[0] != pair[1]), key=lambda pair: pair[0])


def _closing(calendar: Calendar, day: date, ends_at: EndsAt) -> datetime:
    """The last moment of `day` that is on time; without business, or with business to 24:00, its end."""
    close = calendar.close_of_business(day) if ends_at is EndsAt.BUSINESS_CLOSE else None
    if close is None or close.date() != day:
        return datetime.combine(day, time.max, REGION_ZONE)
    return close


class _Count:
    """One run of one limit; `end` continues behind each pause with what is left."""

    __slots__ = ("calendar", "limit", "moved", "start")

    def __init__(self, calendar: Calendar, started_at: datetime, limit: Limit) -> None:
        self.calendar = calendar
        self.limit = limit
        self.start = effective_start(calendar, started_at, limit.start)
        self.moved = limit.start is not StartRule.RECEIPT

    def end(self, pauses: Iterable[Pause]) -> Due:
        if self.limit.unit in {LimitUnit.MINUTE, LimitUnit.WORK_HOUR}:
            return self._end_of_time(merged(pauses))
        return self._end_of_days(pauses)

    def _end_of_time(self, pauses: Sequence[Pause]) -> Due:
        by_office = self.limit.unit is LimitUnit.WORK_HOUR
        left = timedelta(hours=self.limit.amount) if by_office else timedelta(minutes=self.limit.amount)
        position = self.start.astimezone(UTC)
        for pause in pauses:
            if pause.ended_at is not None and pause.ended_at <= position:
                continue
            if pause.began_at > position:
                passed = self._elapsed(position, pause.began_at)
                if passed >= left:
                    break
                left -= passed
            if pause.ended_at is None:
                return _PAUSED
            position = pause.ended_at
        at = self.calendar.add_work_time(position, left) if by_office else position + left
        at = at.astimezone(UTC)
        on = at.astimezone(REGION_ZONE).date()
        return Due(at, on, self._unknown(on, consulted=by_office or self.moved))

    def _elapsed(self, start: datetime, end: datetime) -> timedelta:
        if self.limit.unit is LimitUnit.WORK_HOUR:
            return self.calendar.work_time_between(start, end)
        return end - start

    def _end_of_days(self, pauses: Iterable[Pause]) -> Due:
        position, left = self._before_first(), self.limit.amount or 1
        for first, resumed in paused_days(self.calendar, self.limit, pauses):
            if resumed is not None and resumed - _DAY <= position:
                continue
            if self._last_day(position, left) < first:
                break
            if resumed is None:
                return _PAUSED
            left = max(1, left - self._days_between(position, first - _DAY))
            position = resumed - _DAY
        on = self._last_day(position, left)
        at = _closing(self.calendar, on, self.limit.ends_at).astimezone(UTC)
        return Due(at, on, self._unknown(on, consulted=self._consults_calendar))

    def _before_first(self) -> date:
        """The day after which days are had: the day of receipt, or the one before it where that day is the limit."""
        if self.limit.unit is LimitUnit.SAME_DAY:
            return desk_day(self.calendar, self.start, self.limit.ends_at) - _DAY
        return self.start.date()

    def _days_between(self, start: date, end: date) -> int:
        if self.limit.unit is LimitUnit.WORKING_DAY:
            return self.calendar.working_days_between(start, end)
        return max(0, (end - start).days)

    def _last_day(self, position: date, left: int) -> date:
        """The day on which the limit ends when `left` (≥ 1) days are still to be had after `position`."""
        if self.limit.unit is LimitUnit.WORKING_DAY:
            return self.calendar.add_working_days(position, left)
        raw = position + left * _DAY
        return self.calendar.next_working_day(raw) if self._rolls else raw

    @property
    def _rolls(self) -> bool:
        by_close = self.limit.ends_at is EndsAt.BUSINESS_CLOSE
        return self.limit.roll or (self.limit.unit is LimitUnit.SAME_DAY and by_close)

    @property
    def _consults_calendar(self) -> bool:
        plain = self.limit.unit in {LimitUnit.NATURAL_DAY, LimitUnit.SAME_DAY}
        return self.moved or self._rolls or not plain or self.limit.ends_at is EndsAt.BUSINESS_CLOSE

    def _unknown(self, last: date, *, consulted: bool) -> bool:
        return consulted and not self.calendar.knows(self.start.date(), last)
