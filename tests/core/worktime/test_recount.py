"""Thousands of clocks with invented calendars, pauses and extensions, each recounted by the slow oracle.

`XIAONENG_ORACLE_CASES=10000` counts as many as the acceptance asks; a part of them runs every time.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from pydantic_settings import BaseSettings
from tests.core.worktime.oracle import DAY, SHANGHAI, Pair, SlowCalendar, begin, days_end, minutes_end

from xiaoneng.core.worktime.models.words import EndsAt, LimitUnit, StartRule
from xiaoneng.core.worktime.rules.calendar import Calendar, DayRule
from xiaoneng.core.worktime.rules.hours import HoursRule, Window, WorkHours
from xiaoneng.core.worktime.rules.limits import Limit, due_with_pauses
from xiaoneng.core.worktime.rules.pauses import Pause

PER_CALENDAR = 50
TIMED_SHARE = 0.1
FIRST = date(2030, 11, 1)
Windows = list[tuple[int, int]]


class Thoroughness(BaseSettings):
    """How many clocks are recounted."""

    xiaoneng_oracle_cases: int = 2_500


CASES = Thoroughness().xiaoneng_oracle_cases


def windows(dice: Random) -> Windows:
    edges = sorted(dice.sample(range(6 * 60, 22 * 60, 15), dice.choice([2, 4, 6])))
    return list(zip(edges[::2], edges[1::2], strict=True))


def calendars(dice: Random) -> tuple[SlowCalendar, Calendar]:
    """Both forms of one calendar around the turn of the year."""
    overrides = {FIRST + n * DAY: dice.random() < 0.5 for n in range(-10, 130) if dice.random() < 0.2}
    known = set(dice.choice([[2030], [2031], [2030, 2031]]))
    usual, friday = windows(dice), windows(dice) if dice.random() < 0.5 else None
    rules = [HoursRule(packed(friday), date(2000, 1, 1), weekday=4)] if friday else []
    hours = WorkHours(tuple(rules), packed(usual))
    days = {day: DayRule(works, "节") for day, works in overrides.items()}
    return SlowCalendar(overrides, known, usual, None, friday), Calendar(days=days, years=known, hours=hours)


def packed(pairs: Windows) -> tuple[Window, ...]:
    return tuple(Window(*pair) for pair in pairs)


def pauses(dice: Random, around: datetime, spread: int) -> tuple[Pair, ...]:
    intervals: list[Pair] = []
    for _ in range(dice.randrange(4)):
        began = around + timedelta(minutes=dice.randrange(-spread, 3 * spread))
        intervals.append((began, began + timedelta(minutes=dice.randrange(spread))))
    if dice.random() < 0.1:
        intervals.append((around + timedelta(minutes=dice.randrange(4 * spread)), None))
    return tuple(intervals)


def expected(slow: SlowCalendar, started_at: datetime, limit: Limit, stops: tuple[Pair, ...]) -> datetime | None:
    start = begin(slow, started_at, postpone=limit.start is not StartRule.RECEIPT)
    if limit.unit in {LimitUnit.MINUTE, LimitUnit.WORK_HOUR}:
        office = limit.unit is LimitUnit.WORK_HOUR
        return minutes_end(slow, start, limit.amount * (60 if office else 1), office=office, pauses=stops)
    business = limit.ends_at is EndsAt.BUSINESS_CLOSE
    told = days_end(slow, start, limit.amount, unit=limit.unit, roll=limit.roll, by_business=business, pauses=stops)
    return told and told[0]


def one(dice: Random, both: tuple[SlowCalendar, Calendar]) -> tuple[object, object]:
    slow, fast = both
    started_at = datetime(2030, 11, 1, tzinfo=SHANGHAI) + timedelta(minutes=dice.randrange(100 * 24 * 60))
    timed = dice.random() < TIMED_SHARE
    unit = dice.choice(
        [LimitUnit.MINUTE, LimitUnit.WORK_HOUR] if timed else [LimitUnit.WORKING_DAY, LimitUnit.NATURAL_DAY]
    )
    amount = dice.randint(1, 5 if unit is LimitUnit.WORK_HOUR else 300 if timed else 30)
    longer = [dice.randint(1, 2 if timed else 10) for _ in range(dice.randrange(3))]
    roll = unit is LimitUnit.NATURAL_DAY and dice.random() < 0.5
    limit = Limit(amount, unit, roll, dice.choice(list(EndsAt)), dice.choice(list(StartRule)))
    stops = pauses(dice, started_at, 200 if timed else 8 * 24 * 60)
    told = due_with_pauses(
        fast,
        started_at.astimezone(UTC),
        limit,
        longer,
        [Pause(began.astimezone(UTC), ended and ended.astimezone(UTC)) for began, ended in stops],
    )
    return told.due_at, expected(slow, started_at, limit.extended(longer), stops)


def outcomes(dice: Random) -> Iterator[tuple[object, object]]:
    for _ in range(CASES // PER_CALENDAR):
        both = calendars(dice)
        for _ in range(PER_CALENDAR):
            yield one(dice, both)


def test_clocks_end_as_the_oracle_counts() -> None:
    seen = list(outcomes(Random(20261125)))
    assert len(seen) == CASES
    assert [pair for pair in seen if pair[0] != pair[1]] == []
    assert sum(told is None for told, _ in seen) > CASES / 50
