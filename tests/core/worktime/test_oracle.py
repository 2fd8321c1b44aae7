"""The engine against the slow oracle, over random calendars, office hours, limits and pauses."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.worktime.oracle import DAY, SHANGHAI, Pair, SlowCalendar, begin, days_end, minutes_end

from xiaoneng.core.worktime.models.words import ClockState, DayVerdict, EndsAt, Lamp, LimitUnit, StartRule
from xiaoneng.core.worktime.rules.calendar import Calendar, DayRule
from xiaoneng.core.worktime.rules.explain import explain
from xiaoneng.core.worktime.rules.hours import HoursRule, Window, WorkHours
from xiaoneng.core.worktime.rules.lamps import Span, Thresholds, ladder, lamp, remaining
from xiaoneng.core.worktime.rules.limits import Due, Limit, due, due_with_pauses
from xiaoneng.core.worktime.rules.pauses import Pause

FIRST = date(2030, 11, 1)
MOST = settings(max_examples=400, deadline=None)
SOME = settings(max_examples=120, deadline=None)

minutes_of_day = st.integers(0, 24 * 60)
moments = st.builds(
    lambda days, minutes: datetime(2030, 11, 1, tzinfo=SHANGHAI) + timedelta(days=days, minutes=minutes),
    st.integers(0, 100),
    st.integers(0, 24 * 60 - 1),
)


@st.composite
def windows(draw: st.DrawFn) -> list[tuple[int, int]]:
    edges = draw(st.lists(minutes_of_day, min_size=2, max_size=6, unique=True))
    ordered = sorted(edges[: len(edges) // 2 * 2])
    return list(zip(ordered[::2], ordered[1::2], strict=True))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[SlowCalendar, Calendar]:
    """Both forms of one calendar around the turn of the year; half the days from weekends, the others invented."""
    offsets = draw(st.dictionaries(st.integers(-20, 150), st.booleans(), max_size=90))
    overrides = {FIRST + offset * DAY: works for offset, works in offsets.items()}
    known = draw(st.sets(st.sampled_from([2030, 2031]), min_size=1))
    usual = draw(windows())
    summer = draw(st.none() | windows())
    friday = draw(st.none() | windows())
    rules = []
    if summer:
        rules.append(HoursRule(_windows(summer), date(2000, 1, 1), season=((6, 1), (9, 30))))
    if friday:
        rules.append(HoursRule(_windows(friday), date(2000, 1, 1), weekday=4))
    rules.append(HoursRule(_windows([(0, 1)]), date(2000, 1, 1), valid_to=date(2029, 12, 31), weekday=0))
    hours = WorkHours(tuple(rules), _windows(usual))
    days = {day: DayRule(works, "节") for day, works in overrides.items()}
    return SlowCalendar(overrides, known, usual, summer, friday), Calendar(days=days, years=known, hours=hours)


def _windows(pairs: list[tuple[int, int]]) -> tuple[Window, ...]:
    return tuple(Window(opens, closes) for opens, closes in pairs)


@st.composite
def pauses(draw: st.DrawFn, *, around: datetime, spread: int) -> tuple[Pair, ...]:
    """Up to three closed pauses, perhaps overlapping, and sometimes an open one."""
    intervals: list[Pair] = []
    for _ in range(draw(st.integers(0, 3))):
        began = around + timedelta(minutes=draw(st.integers(-spread, 3 * spread)))
        intervals.append((began, began + timedelta(minutes=draw(st.integers(0, spread)))))
    if draw(st.integers(0, 4)) == 0:
        intervals.append((around + timedelta(minutes=draw(st.integers(-spread, 4 * spread))), None))
    return tuple(intervals)


def _as_pauses(intervals: tuple[Pair, ...]) -> list[Pause]:
    return [Pause(began.astimezone(UTC), ended and ended.astimezone(UTC)) for began, ended in intervals]


class TestDayLimits:
    @MOST
    @given(calendars(), moments, st.data())
    def test_equal_the_walk_over_days(self, both, started_at, data):
        slow, fast = both
        unit = data.draw(st.sampled_from([LimitUnit.WORKING_DAY, LimitUnit.NATURAL_DAY, LimitUnit.SAME_DAY]))
        amount = 0 if unit is LimitUnit.SAME_DAY else data.draw(st.integers(1, 40))
        roll = unit is LimitUnit.NATURAL_DAY and data.draw(st.booleans())
        ends_at = data.draw(st.sampled_from(EndsAt))
        rule = data.draw(st.sampled_from(StartRule))
        stops = data.draw(pauses(around=started_at, spread=8 * 24 * 60))
        by_business = ends_at is EndsAt.BUSINESS_CLOSE

        start = begin(slow, started_at, postpone=rule is not StartRule.RECEIPT)
        expected = days_end(slow, start, amount, unit=unit, roll=roll, by_business=by_business, pauses=stops)
        limit = Limit(amount, unit, roll, ends_at, rule)
        answer = due_with_pauses(fast, started_at.astimezone(UTC), limit, (), _as_pauses(stops))

        if expected is None:
            assert answer == Due(None, None, provisional=False, paused=True)
            return
        plain = unit is not LimitUnit.WORKING_DAY and not by_business and not roll and rule is StartRule.RECEIPT
        unknown = not plain and slow.touches_unknown(start.date(), expected[1])
        assert answer == Due(expected[0].astimezone(UTC), expected[1], provisional=unknown)

    @SOME
    @given(calendars(), moments, st.data())
    def test_the_explanation_recounts_the_same_days(self, both, started_at, data):
        _, fast = both
        amount = data.draw(st.integers(1, 30))
        unit = data.draw(st.sampled_from([LimitUnit.WORKING_DAY, LimitUnit.NATURAL_DAY]))
        limit = Limit(amount, unit, roll=unit is LimitUnit.NATURAL_DAY)
        stops = tuple(pair for pair in data.draw(pauses(around=started_at, spread=5000)) if pair[1])
        told = explain(fast, started_at, limit, (), _as_pauses(stops))
        assert told.due == due_with_pauses(fast, started_at, limit, (), _as_pauses(stops))
        numbers = [day.number for day in told.days if day.number is not None]
        assert numbers == list(range(1, amount + 1))
        assert told.days[0].on == started_at.date()
        assert told.days[0].verdict is DayVerdict.START
        assert told.days[-1].on == told.due.due_on
        assert [day.on for day in told.days] == [started_at.date() + n * DAY for n in range(len(told.days))]


class TestTimeLimits:
    @SOME
    @given(calendars(), moments, st.data())
    def test_equal_the_walk_over_minutes(self, both, started_at, data):
        slow, fast = both
        office = data.draw(st.booleans())
        amount = data.draw(st.integers(1, 12) if office else st.integers(1, 3000))
        rule = data.draw(st.sampled_from(StartRule))
        stops = data.draw(pauses(around=started_at, spread=2000))
        start = begin(slow, started_at, postpone=rule is not StartRule.RECEIPT)
        if sum(closes - opens for opens, closes in slow.usual) < 30:
            amount = 1
        expected = minutes_end(slow, start, amount * 60 if office else amount, office=office, pauses=stops)
        unit = LimitUnit.WORK_HOUR if office else LimitUnit.MINUTE
        answer = due_with_pauses(fast, started_at, Limit(amount, unit, start=rule), (), _as_pauses(stops))
        if expected is None:
            assert answer.paused
            assert answer.due_at is None
            return
        on = expected.astimezone(SHANGHAI).date()
        consulted = office or rule is not StartRule.RECEIPT
        assert answer == Due(
            expected.astimezone(UTC), on, provisional=consulted and slow.touches_unknown(start.date(), on)
        )

    @MOST
    @given(calendars(), moments, st.integers(0, 59_999_999), st.integers(1, 10**11))
    def test_work_time_is_the_exact_inverse_to_the_microsecond(self, both, started_at, odd, microseconds):
        _, fast = both
        start, amount = started_at + timedelta(microseconds=odd), timedelta(microseconds=microseconds)
        end = fast.add_work_time(start, amount)
        assert fast.work_time_between(start, end) == amount
        assert fast.work_time_between(start, end - timedelta(microseconds=1)) == amount - timedelta(microseconds=1)

    @SOME
    @given(calendars(), moments, st.integers(1, 9), st.data())
    def test_the_explanation_adds_up_to_the_limit(self, both, started_at, hours, data):
        _, fast = both
        stops = tuple(pair for pair in data.draw(pauses(around=started_at, spread=900)) if pair[1])
        told = explain(fast, started_at, Limit(hours, LimitUnit.WORK_HOUR), (), _as_pauses(stops))
        assert sum(day.minutes for day in told.days) == hours * 60
        assert told.due == due_with_pauses(fast, started_at, Limit(hours, LimitUnit.WORK_HOUR), (), _as_pauses(stops))


class TestOrder:
    @SOME
    @given(calendars(), moments, st.data())
    def test_pauses_and_extensions_commute(self, both, started_at, data):
        _, fast = both
        unit = data.draw(st.sampled_from([unit for unit in LimitUnit if unit is not LimitUnit.SAME_DAY]))
        limit = Limit(data.draw(st.integers(1, 20)), unit)
        longer = data.draw(st.lists(st.integers(1, 9), max_size=3))
        stops = _as_pauses(data.draw(pauses(around=started_at, spread=6000)))
        first = due_with_pauses(fast, started_at, limit, longer, stops)
        second = due_with_pauses(fast, started_at, limit, longer[::-1], stops[::-1])
        assert first == second
        assert first == due_with_pauses(fast, started_at, limit.extended(longer), (), stops)

    @SOME
    @given(calendars(), moments, st.data())
    def test_a_pause_never_shortens_and_never_ends_in_the_past(self, both, started_at, data):
        _, fast = both
        unit = data.draw(st.sampled_from(LimitUnit))
        limit = Limit(0 if unit is LimitUnit.SAME_DAY else data.draw(st.integers(1, 20)), unit)
        plain = due(fast, started_at, limit)
        began = started_at + timedelta(minutes=data.draw(st.integers(0, 9000)))
        ended = began + timedelta(minutes=data.draw(st.integers(0, 9000)))
        later = due_with_pauses(fast, started_at, limit, (), [Pause(began, ended)])
        if began >= plain.due_at:
            assert later == plain
        else:
            assert later.due_at >= plain.due_at
            assert later.due_at > ended


class TestWorkingDays:
    @MOST
    @given(calendars(), moments, st.integers(-60, 90), st.integers(0, 30))
    def test_counting_both_ways_equals_the_walk(self, both, at, offset, count):
        slow, fast = both
        start, end = at.date(), at.date() + offset * DAY
        walked, day = 0, start
        while day < end:
            day += DAY
            walked += slow.works(day)
        assert fast.working_days_between(start, end) == walked
        first = fast.subtract_working_days(start, count)
        assert fast.working_days_between(first, start) <= count
        assert fast.working_days_between(first - DAY, start) > count

    @SOME
    @given(calendars(), moments, st.integers(1, 15), st.data())
    def test_the_lamp_follows_what_remains(self, both, started_at, amount, data):
        _, fast = both
        end = due(fast, started_at, Limit(amount, LimitUnit.WORKING_DAY))
        rungs = ladder(fast, Span(started_at, end.due_at, end.due_on, LimitUnit.WORKING_DAY), Thresholds(3, 1))
        now = started_at + timedelta(minutes=data.draw(st.integers(0, 50_000)))
        left = remaining(fast, now, end.due_at, end.due_on)
        shown = lamp(rungs, now, ClockState.RUNNING)
        if left.overdue:
            assert shown is Lamp.RED
            assert left.working_days <= 0
        elif left.working_days <= 1:
            assert shown is Lamp.YELLOW
        else:
            assert shown is (Lamp.BLUE if left.working_days <= 3 else Lamp.GREEN)
        assert left.overdue == (now > end.due_at)
