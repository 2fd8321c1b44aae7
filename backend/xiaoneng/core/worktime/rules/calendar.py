"""The calendar as an immutable value: working days, work time, and how far it is known.

All arithmetic runs on per-year tables (sorted working days, running sums of work time), so a limit costs
a bisection, not a walk over days. A year without published data is computed with weekends only, and every
answer that touched one can be recognised through `knows`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from xiaoneng.core.worktime.models.words import REGION_ZONE
from xiaoneng.core.worktime.rules.hours import DEFAULT_WINDOWS, Window, Windows, WorkHours, checked

_MINUTE = 60_000_000
_SATURDAY = 5
_MICROSECOND = timedelta(microseconds=1)
_MAX_YEAR = 9990


@dataclass(frozen=True, slots=True)
class DayRule:
    """What is special about one date; `windows` replaces the usual hours (a half day, a late desk).

    `local` tells that the region said so and not the national notice.
    """

    is_working_day: bool
    name: str = ""
    windows: Windows | None = None
    local: bool = False


class _Year:
    """Working days of one year as sorted ordinals, and the work time before each of them in microseconds."""

    __slots__ = ("days", "worked")

    def __init__(self, days: list[int]) -> None:
        self.days = days
        self.worked: list[int] = []


class Calendar:
    """Which days count and when the office is open. Immutable, hence safe to share."""

    def __init__(
        self,
        *,
        days: Mapping[date, DayRule],
        years: Iterable[int],
        hours: WorkHours | None = None,
        version: int = 0,
    ) -> None:
        """`years` are those with published data; days of other years are honoured but make none known."""
        for rule in days.values():
            checked(rule.windows or DEFAULT_WINDOWS)
        self._days = dict(days)
        self._known = frozenset(years)
        self._hours = hours or WorkHours()
        self._version = version
        self._years: dict[int, _Year] = {}
        self._changed: dict[int, list[date]] = {}
        for day in self._days:
            self._changed.setdefault(day.year, []).append(day)

    @property
    def version(self) -> int:
        """Which state of the data this is; stored with every clock that was computed from it."""
        return self._version

    @property
    def years(self) -> frozenset[int]:
        """The years with published data."""
        return self._known

    def days_of(self, year: int) -> dict[date, DayRule]:
        """The special days of a year in their order."""
        return {day: self._days[day] for day in sorted(self._changed.get(year, ()))}

    def changed(
        self,
        days: Mapping[date, DayRule],
        *,
        dropped: Iterable[date] = (),
        years: Iterable[int] = (),
        hours: WorkHours | None = None,
    ) -> "Calendar":
        """A calendar of the next version with other special days, more known years, or other hours."""
        gone = set(dropped)
        kept = {day: rule for day, rule in self._days.items() if day not in gone}
        return Calendar(
            days={**kept, **days},
            years=self._known | set(years),
            hours=hours or self._hours,
            version=self._version + 1,
        )

    @property
    def hours(self) -> WorkHours:
        """The rules of the office's hours."""
        return self._hours

    def knows(self, first: date, last: date) -> bool:
        """Whether every year from `first` to `last` has published data."""
        known, year, end = self._known, first.year, last.year
        while year <= end:
            if year not in known:
                return False
            year += 1
        return True

    def covers(self, year: int) -> bool:
        """Whether `year` has published data."""
        return year in self._known

    def rule(self, day: date) -> DayRule | None:
        """What is special about `day`, if anything."""
        return self._days.get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts. Without an override Monday to Friday do."""
        rule = self._days.get(day)
        return day.weekday() < _SATURDAY if rule is None else rule.is_working_day

    def windows(self, day: date) -> Windows:
        """The office's hours on `day`; none on a day of rest."""
        rule = self._days.get(day)
        if rule is None:
            return self._hours.on(day) if day.weekday() < _SATURDAY else ()
        if not rule.is_working_day:
            return ()
        return rule.windows or self._hours.on(day)

    def usual_windows(self, day: date) -> Windows:
        """The office's hours on `day`, were it a working day without hours of its own."""
        return self._hours.on(day)

    def close_of_business(self, day: date) -> datetime | None:
        """The local moment at which the last window of `day` closes; None on a day of rest."""
        windows = self.windows(day)
        return moment(day, windows[-1].closes * _MINUTE) if windows else None

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th (≥ 1) working day after `day`; the day itself is not counted (民法典 201)."""
        year, wanted = day.year, count
        days = self._year(year).days
        index = bisect_right(days, day.toordinal()) + wanted - 1
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._year(year).days
        return date.fromordinal(days[index])

    def next_working_day(self, day: date) -> date:
        """`day` itself if it counts, else the first working day after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def subtract_working_days(self, day: date, count: int) -> date:
        """The first working day from which at most `count` (≥ 0) working days remain until the end of `day`.

        With `count` 0 it is `day` itself, or the last working day before it.
        """
        year = day.year
        days = self._year(year).days
        index = bisect_right(days, day.toordinal()) - count - 1
        while index < 0:
            year -= 1
            days = self._year(year).days
            index += len(days)
        return date.fromordinal(days[index])

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not later."""
        if end <= start:
            return 0
        total = -bisect_right(self._year(start.year).days, start.toordinal())
        for year in range(start.year, end.year):
            total += len(self._year(year).days)
        return total + bisect_right(self._year(end.year).days, end.toordinal())

    def add_work_time(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest moment (UTC) by which `amount` (> 0) of office hours has passed since `start`."""
        local = start.astimezone(REGION_ZONE)
        year = local.year
        wanted = self._worked_until(local) + amount // _MICROSECOND
        while wanted > (total := self._timed(year).worked[-1]):
            wanted -= total
            year += 1
        table = self._timed(year)
        index = bisect_left(table.worked, wanted) - 1
        day = date.fromordinal(table.days[index])
        rest = wanted - table.worked[index]
        return moment(day, _reached(self.windows(day), rest)).astimezone(UTC)

    def work_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Office hours from `start` to `end`; zero when `end` is not later."""
        if end <= start:
            return timedelta(0)
        first, last = start.astimezone(REGION_ZONE), end.astimezone(REGION_ZONE)
        total = self._worked_until(last) - self._worked_until(first)
        for year in range(first.year, last.year):
            total += self._timed(year).worked[-1]
        return timedelta(microseconds=total)

    def _year(self, year: int) -> _Year:
        table = self._years.get(year)
        if table is None:
            table = self._years[year] = self._build(year)
        return table

    def _build(self, year: int) -> _Year:
        if not 0 < year <= _MAX_YEAR:
            raise OverflowError(f"a time limit cannot reach the year {year}")
        first = date(year, 1, 1)
        start, weekday = first.toordinal(), first.weekday()
        length = date(year + 1, 1, 1).toordinal() - start
        days = {start + offset for offset in range(length) if (weekday + offset) % 7 < _SATURDAY}
        for changed in self._changed.get(year, ()):
            if self._days[changed].is_working_day:
                days.add(changed.toordinal())
            else:
                days.discard(changed.toordinal())
        return _Year(sorted(days))

    def _timed(self, year: int) -> _Year:
        table = self._year(year)
        if not table.worked:
            lengths = (_length(self.windows(date.fromordinal(ordinal))) for ordinal in table.days)
            table.worked = list(accumulate(lengths, initial=0))
        return table

    def _worked_until(self, local: datetime) -> int:
        """Microseconds of office hours from the first of January to `local`."""
        table = self._timed(local.year)
        ordinal = local.toordinal()
        index = bisect_left(table.days, ordinal)
        worked = table.worked[index]
        if index < len(table.days) and table.days[index] == ordinal:
            worked += _open_before(self.windows(local.date()), since_midnight(local))
        return worked


def moment(day: date, microseconds: int) -> datetime:
    """The local moment `microseconds` after midnight of `day`; 24 h is the next midnight."""
    return datetime.combine(day, time.min, REGION_ZONE) + timedelta(microseconds=microseconds)


def since_midnight(local: datetime) -> int:
    """Microseconds since local midnight."""
    return (local.hour * 60 + local.minute) * _MINUTE + local.second * 1_000_000 + local.microsecond


def _open_before(windows: Iterable[Window], until: int) -> int:
    return sum(max(0, min(until, window.closes * _MINUTE) - window.opens * _MINUTE) for window in windows)


def _reached(windows: Windows, worked: int) -> int:
    """The microsecond of the day by which `worked` (> 0, at most the whole) of its office hours have passed."""
    for window in windows[:-1]:
        length = (window.closes - window.opens) * _MINUTE
        if worked <= length:
            return window.opens * _MINUTE + worked
        worked -= length
    return windows[-1].opens * _MINUTE + worked


def _length(windows: Iterable[Window]) -> int:
    return sum(window.closes - window.opens for window in windows) * _MINUTE
