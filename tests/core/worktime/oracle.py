"""A slow second implementation of time limits that shares nothing with the engine: it walks days and minutes.

It knows a calendar only as plain data and answers with (moment, day, touched an unknown year), or None while paused.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
Pair = tuple[datetime, datetime | None]


@dataclass
class SlowCalendar:
    overrides: dict[date, bool]
    known: set[int]
    usual: list[tuple[int, int]]
    summer: list[tuple[int, int]] | None = None
    friday: list[tuple[int, int]] | None = None

    def works(self, day: date) -> bool:
        return self.overrides[day] if day in self.overrides else day.isoweekday() not in (6, 7)

    def hours(self, day: date) -> list[tuple[int, int]]:
        if not self.works(day):
            return []
        if self.summer and date(day.year, 6, 1) <= day < date(day.year, 10, 1):
            return self.summer
        if self.friday and day.isoweekday() == 5:
            return self.friday
        return self.usual

    def is_open(self, minute: datetime) -> bool:
        at = minute.hour * 60 + minute.minute
        return any(opens <= at < closes for opens, closes in self.hours(minute.date()))

    def closing(self, day: date, *, by_business: bool) -> datetime:
        hours = self.hours(day) if by_business else []
        if not hours or max(closes for _, closes in hours) == 24 * 60:
            return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, SHANGHAI)
        minutes = max(closes for _, closes in hours)
        return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=SHANGHAI)

    def desk_day(self, at: datetime, *, by_business: bool) -> date:
        day = at.astimezone(SHANGHAI).date()
        return day + DAY if at >= self.closing(day, by_business=by_business) else day

    def touches_unknown(self, first: date, last: date) -> bool:
        while first <= last:
            if first.year not in self.known:
                return True
            first += DAY
        return False


def begin(calendar: SlowCalendar, started_at: datetime, *, postpone: bool) -> datetime:
    """Where counting begins: minute by minute to the next opening if received out of the office day."""
    local = started_at.astimezone(SHANGHAI)
    hours = calendar.hours(local.date())
    if not postpone or (hours and local.hour * 60 + local.minute < hours[-1][1]):
        return local
    day = local.date() + DAY
    while not calendar.works(day):
        day += DAY
    opens = calendar.hours(day)[0][0]
    return datetime(day.year, day.month, day.day, opens // 60, opens % 60, tzinfo=SHANGHAI)


@dataclass
class SlowPauses:
    """The days that pauses take out, found by looking at each pause for each day."""

    calendar: SlowCalendar
    pauses: tuple[Pair, ...]
    by_business: bool

    def takes(self, day: date) -> bool:
        return any(a <= day and (b is None or day < b) for a, b in self._intervals())

    def forever(self, day: date) -> bool:
        return any(b is None and a <= day for a, b in self._intervals())

    def _intervals(self) -> list[tuple[date, date | None]]:
        def desk_day(at: datetime) -> date:
            return self.calendar.desk_day(at, by_business=self.by_business)

        return [(desk_day(began), ended and desk_day(ended)) for began, ended in self.pauses]


def days_end(
    calendar: SlowCalendar,
    start: datetime,
    amount: int,
    *,
    unit: str,
    roll: bool = False,
    by_business: bool = True,
    pauses: tuple[Pair, ...] = (),
) -> tuple[datetime, date] | None:
    """Walk the days of a working_day, natural_day or same_day limit."""
    stops = SlowPauses(calendar, pauses, by_business)
    day, counted = start.date(), 0
    if unit == "same_day":
        day, counted, roll = calendar.desk_day(start, by_business=by_business), amount, by_business
    while counted < amount:
        day += DAY
        if stops.forever(day):
            return None
        counted += not stops.takes(day) and (unit == "natural_day" or calendar.works(day))
    while stops.takes(day) or (roll and not calendar.works(day)):
        if stops.forever(day):
            return None
        day += DAY
    return calendar.closing(day, by_business=by_business), day


def minutes_end(
    calendar: SlowCalendar, start: datetime, minutes: int, *, office: bool, pauses: tuple[Pair, ...] = ()
) -> datetime | None:
    """Walk the minutes of a limit in minutes or work hours; all moments are whole minutes."""
    at, left = start, minutes
    while True:
        if any(began <= at and ended is None for began, ended in pauses):
            return None
        stopped = any(began <= at and ended is not None and at < ended for began, ended in pauses)
        if not stopped and (not office or calendar.is_open(at)):
            left -= 1
        at += MINUTE
        if left == 0:
            return at
