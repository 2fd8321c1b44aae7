"""Known answers: the domain's vectors and real data of the years 2007 to 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.core.worktime.national import national_calendar
from tests.core.worktime.shared import shared_file, shared_rows

from xiaoneng.core.worktime.models.words import EndsAt, LimitUnit, StartRule
from xiaoneng.core.worktime.rules.calendar import Calendar, DayRule
from xiaoneng.core.worktime.rules.imports import parse_holiday_cn
from xiaoneng.core.worktime.rules.limits import Limit, due
from xiaoneng.core.worktime.rules.seeds import SEEDED_YEARS, national_days
from xiaoneng.kit.clock import REGION_ZONE

WORKING, NATURAL = LimitUnit.WORKING_DAY, LimitUnit.NATURAL_DAY


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+08:00")


class TestDomainVectors:
    @pytest.mark.parametrize(
        ("start", "amount", "expected"),
        [
            ("2015-03-31", 5, "2015-04-08"),
            ("2015-06-30", 5, "2015-07-07"),
            ("2015-09-30", 5, "2015-10-13"),
            ("2015-12-31", 5, "2016-01-08"),
            ("2014-12-31", 5, "2015-01-08"),
            ("2019-09-30", 5, "2019-10-12"),
            ("2024-09-30", 5, "2024-10-12"),
            ("2020-09-30", 5, "2020-10-14"),
            ("2021-09-30", 5, "2021-10-13"),
            ("2023-09-30", 5, "2023-10-11"),
            ("2025-09-30", 5, "2025-10-14"),
            ("2026-09-30", 5, "2026-10-13"),
            ("2025-12-31", 5, "2026-01-08"),
            ("2026-03-31", 5, "2026-04-08"),
            ("2026-06-30", 5, "2026-07-07"),
            ("2025-01-24", 5, "2025-02-07"),
            ("2025-01-25", 5, "2025-02-07"),
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-02-14", 5, "2026-02-28"),
            ("2025-04-30", 1, "2025-05-06"),
            ("2025-09-30", 20, "2025-11-04"),
            ("2025-12-31", 15, "2026-01-22"),
            ("2025-06-30", 45, "2025-09-01"),
        ],
    )
    def test_working_days(self, start, amount, expected):
        answer = due(national_calendar(), _noon(start), Limit(amount, WORKING))
        assert answer.due_on == date.fromisoformat(expected)
        assert answer.due_at == datetime.fromisoformat(f"{expected}T17:30:00+08:00")
        assert answer.due_at.tzinfo is UTC
        assert not answer.provisional

    @pytest.mark.parametrize(
        ("start", "amount", "raw", "rolled"),
        [
            ("2025-08-08", 60, "2025-10-07", "2025-10-09"),
            ("2025-11-03", 60, "2026-01-02", "2026-01-04"),
            ("2025-09-16", 15, "2025-10-01", "2025-10-09"),
        ],
    )
    def test_natural_days_roll_only_when_the_law_says_so(self, start, amount, raw, rolled):
        calendar = national_calendar()
        plain = due(calendar, _noon(start), Limit(amount, NATURAL, ends_at=EndsAt.MIDNIGHT))
        assert plain.due_on == date.fromisoformat(raw)
        legal = due(calendar, _noon(start), Limit(amount, NATURAL, roll=True, ends_at=EndsAt.MIDNIGHT))
        assert legal.due_on == date.fromisoformat(rolled)
        assert legal.due_at == datetime.fromisoformat(f"{rolled}T23:59:59.999999+08:00")

    def test_clock_hours_never_roll(self):
        eve = datetime.fromisoformat("2025-09-30T23:10:00+08:00")
        assert due(national_calendar(), eve, Limit(120, LimitUnit.MINUTE)).due_at == eve + timedelta(hours=2)
        assert due(national_calendar(), eve, Limit(1440, LimitUnit.MINUTE)).due_on == date(2025, 10, 1)

    def test_make_up_days_and_weekday_holidays_of_2025_and_2026(self):
        special = national_days().days
        made_up = {f"{day:%m-%d}" for day, rule in special.items() if rule.is_working_day and day.year == 2026}
        assert made_up == {"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"}
        made_up = {f"{day:%m-%d}" for day, rule in special.items() if rule.is_working_day and day.year == 2025}
        assert made_up == {"01-26", "02-08", "04-27", "09-28", "10-11"}
        free = {
            f"{day:%m-%d}"
            for day, rule in special.items()
            if not rule.is_working_day and day.year == 2026 and day.weekday() < 5
        }
        spring = {"02-16", "02-17", "02-18", "02-19", "02-20", "02-23"}
        national = {"10-01", "10-02", "10-05", "10-06", "10-07"}
        others = {"01-01", "01-02", "04-06", "05-01", "05-04", "05-05", "06-19", "09-25"}
        assert free == spring | national | others


class TestUnknownYears:
    def test_a_working_day_limit_into_2027_is_provisional(self):
        answer = due(national_calendar(), _noon("2026-12-28"), Limit(5, WORKING))
        assert answer.provisional
        assert answer.due_on == date(2027, 1, 4)  # weekends only: 1 January 2027 is a Friday

    def test_within_2026_it_is_certain(self):
        assert not due(national_calendar(), _noon("2026-12-24"), Limit(5, WORKING)).provisional

    def test_a_gap_between_known_years_counts(self):
        gappy = Calendar(days={}, years=[2025, 2027])
        assert due(gappy, _noon("2025-12-30"), Limit(300, WORKING)).provisional

    def test_minutes_and_unrolled_midnights_ask_no_calendar(self):
        late = _noon("2026-12-31")
        assert not due(national_calendar(), late, Limit(2880, LimitUnit.MINUTE)).provisional
        assert not due(national_calendar(), late, Limit(9, NATURAL, ends_at=EndsAt.MIDNIGHT)).provisional
        assert due(national_calendar(), late, Limit(9, NATURAL, roll=True)).provisional

    def test_an_override_in_an_unpublished_year_holds_but_makes_it_no_more_known(self):
        calendar = Calendar(days={date(2027, 1, 1): DayRule(False, "元旦")}, years=SEEDED_YEARS)
        answer = due(calendar, _noon("2026-12-31"), Limit(1, WORKING))
        assert (answer.due_on, answer.provisional) == (date(2027, 1, 4), True)


class TestBusinessDay:
    @pytest.mark.parametrize(
        ("started", "expected"),
        [
            ("2026-11-23T09:00:00", "2026-11-23T17:30:00"),
            ("2026-11-23T17:30:00", "2026-11-24T17:30:00"),
            ("2026-11-27T18:00:00", "2026-11-30T17:30:00"),
            ("2026-11-28T09:00:00", "2026-11-30T17:30:00"),
        ],
    )
    def test_the_same_day_is_the_day_on_which_it_can_still_be_done(self, started, expected):
        answer = due(national_calendar(), datetime.fromisoformat(f"{started}+08:00"), Limit(0, LimitUnit.SAME_DAY))
        assert answer.due_at == datetime.fromisoformat(f"{expected}+08:00")

    def test_four_work_hours_over_lunch_and_over_the_weekend(self):
        calendar, hours = national_calendar(), Limit(4, LimitUnit.WORK_HOUR)
        friday = datetime.fromisoformat("2026-11-27T11:00:00+08:00")
        assert due(calendar, friday, hours).due_at == datetime.fromisoformat("2026-11-27T17:30:00+08:00")
        later = friday + timedelta(minutes=15)
        assert due(calendar, later, hours).due_at == datetime.fromisoformat("2026-11-30T08:45:00+08:00")

    def test_work_hours_that_end_with_the_year_end_in_it(self):
        morning = datetime.fromisoformat("2025-12-31T11:00:00+08:00")
        answer = due(national_calendar(), morning, Limit(4, LimitUnit.WORK_HOUR))
        assert answer.due_at == datetime.fromisoformat("2025-12-31T17:30:00+08:00")
        following = due(national_calendar(), morning, Limit(5, LimitUnit.WORK_HOUR))
        assert following.due_at == datetime.fromisoformat("2026-01-04T09:30:00+08:00")

    def test_received_after_close_counts_from_the_next_working_day(self):
        rule = StartRule.NEXT_WORKING_DAY_IF_AFTER_CLOSE
        evening = datetime.fromisoformat("2026-11-27T18:00:00+08:00")
        assert due(national_calendar(), evening, Limit(1, WORKING)).due_on == date(2026, 11, 30)
        assert due(national_calendar(), evening, Limit(1, WORKING, start=rule)).due_on == date(2026, 12, 1)
        minutes = due(national_calendar(), evening, Limit(30, LimitUnit.MINUTE, start=rule))
        assert minutes.due_at == datetime.fromisoformat("2026-11-30T09:00:00+08:00")

    @pytest.mark.parametrize("moment", ["2026-11-27T18:00:00", "1949-10-01T10:00:00+08:00"])
    def test_a_naive_or_absurd_start_is_refused(self, moment):
        with pytest.raises(ValueError, match="time limit"):
            due(national_calendar(), datetime.fromisoformat(moment), Limit(1, WORKING))

    @pytest.mark.parametrize(
        ("amount", "unit", "roll"),
        [(0, WORKING, False), (-1, WORKING, False), (1, LimitUnit.SAME_DAY, False), (5, WORKING, True)],
    )
    def test_a_limit_whose_parts_do_not_fit_is_refused(self, amount, unit, roll):
        with pytest.raises(ValueError, match="limit"):
            Limit(amount, unit, roll)


class TestRealData:
    def test_every_visible_vector(self):
        rows = shared_rows("workdays/add_workdays_visible.csv")
        assert len(rows) == 2971
        calendar = national_calendar()
        wrong = []
        for row in rows:
            start, count = date.fromisoformat(row["start_date"]), int(row["n_workdays"])
            answer = due(
                calendar, datetime(start.year, start.month, start.day, 9, tzinfo=REGION_ZONE), Limit(count, WORKING)
            )
            if (str(answer.due_on), answer.provisional) != (row["due_date"], False):
                wrong.append((row, answer))
            if calendar.is_working_day(start) != (row["start_is_workday"] == "1"):
                wrong.append((row, "start"))
        assert wrong == []

    def test_working_days_of_every_month(self):
        rows = shared_rows("workdays/workdays_per_month.csv")
        assert len(rows) == 240
        for row in rows:
            first = date.fromisoformat(f"{row['month']}-01")
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            counted = national_calendar().working_days_between(first - timedelta(days=1), last)
            assert counted == int(row["workdays"]), row["month"]

    def test_reply_latencies_of_real_messages(self):
        rows = shared_rows("messages/fj4_2816_with_reply_latency.csv.gz")
        assert len(rows) == 2816
        latencies = [
            national_calendar().working_days_between(
                date.fromisoformat(row["留言时间"][:10]), date.fromisoformat(row["答复时间"][:10])
            )
            for row in rows
        ]
        assert latencies == [int(row["workdays_day_after"]) for row in rows]
        counts = [sum(latency <= days for latency in latencies) for days in (0, 3, 5, 10, 15, 30)]
        assert counts == [62, 711, 1078, 1737, 2103, 2568]

    def test_the_notices_agree_with_the_seed_on_every_day(self):
        merged: dict[date, DayRule] = {}
        for year in range(2007, 2027):
            parsed = parse_holiday_cn(shared_file(f"workdays/holiday-cn/{year}.json").read_text("utf-8"))
            assert parsed.errors == []
            assert list(parsed.published) == [year]
            merged |= parsed.days
        notices = Calendar(days=merged, years=range(2007, 2027))
        day = date(2007, 1, 1)
        while day.year < 2027:
            assert notices.is_working_day(day) == national_calendar().is_working_day(day), day
            day += timedelta(days=1)

    def test_2027_is_not_published(self):
        parsed = parse_holiday_cn(shared_file("workdays/holiday-cn/2027.json").read_text("utf-8"))
        assert (parsed.published, parsed.unpublished, parsed.errors) == ({}, [2027], [])
