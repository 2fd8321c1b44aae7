"""The story that a due date tells, and how pauses are told."""

from datetime import datetime

import pytest
from tests.core.worktime.national import national_calendar

from xiaoneng.core.worktime.models.words import EndsAt, LimitUnit, StartRule
from xiaoneng.core.worktime.rules.explain import explain
from xiaoneng.core.worktime.rules.limits import Limit, due_with_pauses
from xiaoneng.core.worktime.rules.pauses import Pause, merged

CALENDAR = national_calendar()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def _told(start: str, limit: Limit, pauses=(), extensions=()) -> list[str]:
    days = explain(CALENDAR, _at(start), limit, extensions, pauses).days
    return [
        " ".join(filter(None, [f"{d.on:%m-%d}", d.verdict, d.name, d.number and str(d.number), "" if d.known else "?"]))
        for d in days
    ]


class TestDays:
    def test_holidays_and_make_up_days_are_named(self):
        assert _told("2026-09-30T10:00:00", Limit(2, LimitUnit.WORKING_DAY)) == [
            "09-30 start",
            "10-01 holiday 国庆节",
            "10-02 holiday 国庆节",
            "10-03 holiday 国庆节",
            "10-04 holiday 国庆节",
            "10-05 holiday 国庆节",
            "10-06 holiday 国庆节",
            "10-07 holiday 国庆节",
            "10-08 counted 1",
            "10-09 counted 2",
        ]
        assert _told("2026-10-09T10:00:00", Limit(2, LimitUnit.WORKING_DAY))[1:] == [
            "10-10 make_up_working_day 国庆节 1",
            "10-11 rest_day",
            "10-12 counted 2",
        ]

    def test_a_petition_rolls_over_the_holiday(self):
        assert _told("2026-09-29T10:00:00", Limit(3, LimitUnit.NATURAL_DAY, roll=True))[3:] == [
            "10-02 counted 国庆节 3",
            "10-03 rolled 国庆节",
            "10-04 rolled 国庆节",
            "10-05 rolled 国庆节",
            "10-06 rolled 国庆节",
            "10-07 rolled 国庆节",
            "10-08 rolled",
        ]

    def test_pause_and_extension(self):
        pause = Pause(_at("2026-11-24T10:00:00"), _at("2026-11-26T10:00:00"))
        assert _told("2026-11-23T10:00:00", Limit(2, LimitUnit.WORKING_DAY), [pause], [1]) == [
            "11-23 start",
            "11-24 paused",
            "11-25 paused",
            "11-26 counted 1",
            "11-27 counted 2",
            "11-28 rest_day",
            "11-29 rest_day",
            "11-30 counted 3",
        ]

    def test_an_open_pause_ends_the_story(self):
        pauses = [Pause(_at("2026-11-25T10:00:00"), None)]
        assert _told("2026-11-23T10:00:00", Limit(9, LimitUnit.WORKING_DAY), pauses) == [
            "11-23 start",
            "11-24 counted 1",
            "11-25 paused",
        ]
        assert explain(
            CALENDAR,
            _at("2026-11-23T10:00:00"),
            Limit(9, LimitUnit.MINUTE),
            (),
            [Pause(_at("2026-11-20T10:00:00"), None)],
        ).due.paused

    def test_days_without_data_are_marked(self):
        assert _told("2026-12-30T10:00:00", Limit(2, LimitUnit.WORKING_DAY)) == [
            "12-30 start",
            "12-31 counted 1",
            "01-01 counted 2 ?",
        ]

    def test_receipt_in_the_evening_before_a_weekend(self):
        limit = Limit(1, LimitUnit.WORKING_DAY, start=StartRule.NEXT_WORKING_DAY_IF_AFTER_CLOSE)
        assert _told("2026-11-27T18:00:00", limit) == [
            "11-27 start",
            "11-28 rest_day",
            "11-29 rest_day",
            "11-30 start",
            "12-01 counted 1",
        ]

    def test_the_same_day_may_be_the_next_one(self):
        same_day = Limit(0, LimitUnit.SAME_DAY)
        assert _told("2026-11-27T10:00:00", same_day) == ["11-27 counted 1"]
        assert _told("2026-11-27T18:00:00", same_day)[0] == "11-27 start"
        assert _told("2026-11-27T18:00:00", same_day)[-1] == "11-30 counted 1"


class TestTime:
    def test_work_hours_show_their_minutes_a_day(self):
        pause = Pause(_at("2026-11-27T16:00:00"), _at("2026-11-30T09:30:00"))
        days = explain(CALENDAR, _at("2026-11-26T19:00:00"), Limit(6, LimitUnit.WORK_HOUR), (), [pause]).days
        assert [(f"{day.on:%m-%d}", day.verdict.value, day.minutes) for day in days] == [
            ("11-26", "start", 0),
            ("11-27", "counted", 300),
            ("11-28", "rest_day", 0),
            ("11-29", "rest_day", 0),
            ("11-30", "counted", 60),
        ]

    def test_minutes_run_on_days_of_rest_and_stand_still_while_paused(self):
        pause = Pause(_at("2026-11-29T00:00:00"), _at("2026-11-30T00:00:00"))
        days = explain(CALENDAR, _at("2026-11-28T12:00:00"), Limit(1440, LimitUnit.MINUTE), (), [pause]).days
        assert [(day.verdict.value, day.minutes) for day in days] == [
            ("counted", 720),
            ("paused", 0),
            ("counted", 720),
        ]


class TestPauses:
    @pytest.mark.parametrize(
        ("began", "ended", "expected"),
        [
            ("2026-11-25T10:00:00", "2026-11-25T16:00:00", "2026-11-25T17:30:00"),
            ("2026-11-25T10:00:00", "2026-11-26T10:00:00", "2026-11-26T17:30:00"),
            ("2026-11-25T10:00:00", "2026-11-25T17:30:00", "2026-11-26T17:30:00"),
            ("2026-11-25T10:00:00", "2026-11-29T10:00:00", "2026-11-30T17:30:00"),
            ("2026-11-24T18:00:00", "2026-11-25T09:00:00", "2026-11-25T17:30:00"),
            ("2026-11-25T17:30:00", "2026-12-25T09:00:00", "2026-11-25T17:30:00"),
            ("2026-11-20T09:00:00", "2026-11-24T09:00:00", "2026-11-25T17:30:00"),
            ("2026-11-20T09:00:00", "2026-11-25T09:00:00", "2026-11-26T17:30:00"),
        ],
    )
    def test_take_out_days_from_the_first_to_before_the_last(self, began, ended, expected):
        limit, start = Limit(2, LimitUnit.WORKING_DAY), _at("2026-11-23T10:00:00")
        answer = due_with_pauses(CALENDAR, start, limit, (), [Pause(_at(began), _at(ended))])
        assert answer.due_at == _at(expected)

    def test_a_rolled_period_that_is_paused_while_it_rolls_goes_on_rolling(self):
        limit = Limit(3, LimitUnit.NATURAL_DAY, roll=True, ends_at=EndsAt.MIDNIGHT)
        pause = Pause(_at("2026-10-05T10:00:00"), _at("2026-10-11T10:00:00"))
        answer = due_with_pauses(CALENDAR, _at("2026-09-29T10:00:00"), limit, (), [pause])
        assert f"{answer.due_on}" == "2026-10-12"

    @pytest.mark.parametrize(
        ("limit", "expected"),
        [
            (Limit(30, LimitUnit.MINUTE), "2026-11-25T10:30:00"),
            (Limit(2, LimitUnit.WORK_HOUR), "2026-11-25T12:00:00"),
            (Limit(1, LimitUnit.WORKING_DAY), "2026-11-26T17:30:00"),
        ],
    )
    def test_one_that_begins_at_the_very_end_comes_too_late(self, limit, expected):
        late = [Pause(_at(expected), None)]
        assert due_with_pauses(CALENDAR, _at("2026-11-25T10:00:00"), limit, (), late).due_at == _at(expected)

    def test_overlaps_are_one(self):
        day = [_at(f"2026-11-2{n}T10:00:00") for n in range(6)]
        assert merged([Pause(day[2], day[3]), Pause(day[0], day[4]), Pause(day[4], day[5])]) == [Pause(day[0], day[5])]
        assert merged([Pause(day[2], day[3]), Pause(day[0], None)]) == [Pause(day[0], None)]

    def test_what_is_no_interval_is_refused(self):
        with pytest.raises(ValueError, match="before it begins"):
            Pause(_at("2026-11-25T10:00:00"), _at("2026-11-25T09:00:00"))
        with pytest.raises(ValueError, match="aware"):
            Pause(datetime.fromisoformat("2026-11-25T10:00:00"), None)

    @pytest.mark.parametrize("extensions", [[0], [5, -1]])
    def test_an_extension_adds_something(self, extensions):
        with pytest.raises(ValueError, match="extension"):
            due_with_pauses(CALENDAR, _at("2026-11-25T10:00:00"), Limit(1, LimitUnit.WORKING_DAY), extensions)
