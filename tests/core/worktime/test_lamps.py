"""Lamps, what remains, and the ladder of warnings."""

from datetime import date, datetime

import pytest
from tests.core.worktime.national import national_calendar

from xiaoneng.core.worktime.models.words import ClockState, Lamp, LimitUnit
from xiaoneng.core.worktime.rules.clocks import Figures, Terms, figures
from xiaoneng.core.worktime.rules.lamps import (
    Span,
    Thresholds,
    ladder,
    lamp,
    remaining,
)
from xiaoneng.core.worktime.rules.limits import Limit, due
from xiaoneng.core.worktime.rules.pauses import Pause

CALENDAR = national_calendar()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def _span(start: str, limit: Limit) -> Span:
    end = due(CALENDAR, _at(start), limit)
    return Span(_at(start), end.due_at, end.due_on, limit.unit)


class TestLadder:
    def test_days_before_and_after_the_national_day(self):
        span = _span("2026-09-18T10:00:00", Limit(9, LimitUnit.WORKING_DAY))
        assert span.due_on == date(2026, 10, 8)  # 20 September is a make-up Sunday, 25 September a holiday
        rungs = ladder(CALENDAR, span, Thresholds(3, 1, escalate_after=(1, 2)))
        assert [(rung.level, rung.at) for rung in rungs] == [
            (1, _at("2026-09-28T00:00:00")),
            (2, _at("2026-09-30T00:00:00")),
            (3, _at("2026-10-08T17:30:00.000001")),
            (4, _at("2026-10-09T00:00:00")),
            (5, _at("2026-10-10T00:00:00")),
        ]

    def test_percent_of_a_day_and_a_night(self):
        span = _span("2026-11-23T10:00:00", Limit(24 * 60, LimitUnit.MINUTE))
        rungs = ladder(CALENDAR, span, Thresholds(blue_percent=50, yellow_percent=80, escalate_after=(50, 100)))
        assert [rung.at for rung in rungs] == [
            _at("2026-11-23T22:00:00"),
            _at("2026-11-24T05:12:00"),
            _at("2026-11-24T10:00:00.000001"),
            _at("2026-11-24T22:00:00"),
            _at("2026-11-25T10:00:00"),
        ]

    def test_a_short_limit_warns_from_its_start_never_before(self):
        span = _span("2026-11-23T10:00:00", Limit(1, LimitUnit.WORKING_DAY))
        rungs = ladder(CALENDAR, span, Thresholds(3, 1))
        assert [rung.at for rung in rungs] == [span.started_at, span.started_at, _at("2026-11-24T17:30:00.000001")]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"blue_days": 1, "yellow_days": 2},
            {"blue_percent": 90},
            {"yellow_percent": 101},
            {"escalate_after": (2, 1)},
            {"escalate_after": (0,)},
            {"escalate_after": (1, 1)},
        ],
    )
    def test_thresholds_out_of_order_are_refused(self, wrong):
        with pytest.raises(ValueError, match=r"before yellow|ascending"):
            Thresholds(**wrong)


class TestLamp:
    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ("2026-09-27T23:59:59", Lamp.GREEN),
            ("2026-09-28T00:00:00", Lamp.BLUE),
            ("2026-09-30T08:00:00", Lamp.YELLOW),
            ("2026-10-08T17:30:00", Lamp.YELLOW),
            ("2026-10-08T17:30:01", Lamp.RED),
            ("2026-10-30T17:30:01", Lamp.RED),
        ],
    )
    def test_running(self, now, expected):
        span = _span("2026-09-18T10:00:00", Limit(9, LimitUnit.WORKING_DAY))
        rungs = ladder(CALENDAR, span, Thresholds(3, 1, escalate_after=(1, 2)))
        assert lamp(rungs, _at(now), ClockState.RUNNING) is expected

    @pytest.mark.parametrize(
        ("state", "expected"),
        [(ClockState.PAUSED, Lamp.PAUSED), (ClockState.STOPPED, Lamp.DONE), (ClockState.CANCELLED, Lamp.DONE)],
    )
    def test_not_running(self, state, expected):
        assert lamp((), _at("2026-09-27T23:59:59"), state) is expected


class TestRemaining:
    @pytest.mark.parametrize(
        ("now", "days", "minutes", "overdue"),
        [
            ("2026-09-30T17:00:00", 1, 8 * 24 * 60 + 30, False),
            ("2026-10-08T17:29:30", 0, 0, False),
            ("2026-10-08T17:30:00", 0, 0, False),
            ("2026-10-08T17:30:59", 0, 0, True),
            ("2026-10-10T17:30:00", -2, -2880, True),
            ("2026-10-11T17:30:00", -2, -4320, True),
        ],
    )
    def test_counts_days_after_today_and_minutes(self, now, days, minutes, overdue):
        left = remaining(CALENDAR, _at(now), _at("2026-10-08T17:30:00"), date(2026, 10, 8))
        assert left == (days, minutes, overdue)


class TestFigures:
    def test_an_open_pause_leaves_no_figures_and_keeps_the_level(self):
        limit = Limit(10, LimitUnit.WORKING_DAY)
        terms = Terms(_at("2026-11-23T10:00:00"), limit, Thresholds(), (), [Pause(_at("2026-11-24T10:00:00"), None)])
        suspended = Figures(None, None, provisional=False, blue_at=None, yellow_at=None, level=1, next_fire_at=None)
        assert figures(CALENDAR, terms, level=1) == suspended

    def test_no_limit_reaches_the_end_of_time(self):
        with pytest.raises(OverflowError, match="year 9991"):
            CALENDAR.add_working_days(date(9990, 12, 31), 1)
