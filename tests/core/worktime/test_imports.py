"""Calendar files: what is taken, what is refused and where."""

import json
from datetime import date

import pytest

from xiaoneng.core.worktime.models.words import CalendarFormat
from xiaoneng.core.worktime.rules.calendar import DayRule
from xiaoneng.core.worktime.rules.hours import HoursRule, Window, WorkHours, parse_windows
from xiaoneng.core.worktime.rules.imports import MAX_ROWS, parse_csv, parse_file, parse_holiday_cn


def _found(parsed):
    return [(error.row, error.column, error.code) for error in parsed.errors]


class TestCsv:
    def test_takes_days_but_publishes_no_year(self):
        parsed = parse_csv("\ufeffdate,is_off,name\r\n2031-03-03,1,本地节日\r\n\r\n2031-03-08,FALSE,本地节日\r\n")
        assert parsed.days == {
            date(2031, 3, 3): DayRule(False, "本地节日"),
            date(2031, 3, 8): DayRule(True, "本地节日"),
        }
        assert (parsed.published, parsed.errors) == ({}, [])

    def test_names_row_and_column_of_every_error(self):
        parsed = parse_csv(
            "date,is_off,name\n2031-02-29,1,节\n2031-03-03,yes,节\n2031-03-04,1,\n"
            "2031-03-05,1,节\n2031-03-05,0,节\n2031-03-06,1\n20310307,1,节\n1890-01-01,1,节\n"
        )
        assert _found(parsed) == [
            (2, "date", "bad_date"),
            (3, "is_off", "bad_flag"),
            (4, "name", "bad_name"),
            (6, "date", "duplicate_date"),
            (7, "", "bad_row"),
            (8, "date", "bad_date"),
            (9, "date", "bad_date"),
        ]
        assert parsed.days == {date(2031, 3, 5): DayRule(False, "节")}

    @pytest.mark.parametrize("text", ["", "day,off,name\n", "date;is_off;name\n2031-03-03;1;x"])
    def test_a_foreign_header_is_one_error(self, text):
        assert _found(parse_csv(text)) == [(1, "", "bad_header")]

    def test_a_file_without_end_is_cut_and_says_so(self):
        parsed = parse_csv("date,is_off,name\n" + "x,1,n\n" * (MAX_ROWS + 9))
        assert _found(parsed)[-1] == (MAX_ROWS + 2, "", "too_many_rows")

    def test_a_cell_beyond_all_measure_is_an_error(self):
        assert _found(parse_csv("date,is_off,name\n2031-03-03,1," + "节" * 200_000))[-1][2] == "bad_row"


def _notice(**changes):
    day = {"name": "元旦", "date": "2031-01-01", "isOffDay": True}
    return json.dumps({"year": 2031, "papers": ["notice 1"], "days": [day]} | changes)


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_reads_what_spreadsheets_write(self, encoding):
        content = "date,is_off,name\n2031-03-03,1,县庆\n".encode(encoding)
        assert parse_file(content, CalendarFormat.LOCAL_CSV).days == {date(2031, 3, 3): DayRule(False, "县庆")}

    def test_refuses_any_other(self):
        assert _found(parse_file(b"\xff\xff\xff", CalendarFormat.LOCAL_CSV)) == [(0, "", "bad_encoding")]

    def test_the_format_decides_who_reads_it(self):
        assert _found(parse_file(b"date,is_off,name\n", CalendarFormat.HOLIDAY_CN)) == [(0, "", "bad_json")]


class TestHolidayCn:
    def test_takes_a_year_with_its_source(self):
        parsed = parse_holiday_cn(_notice())
        assert parsed.days == {date(2031, 1, 1): DayRule(False, "元旦")}
        assert parsed.published == {2031: "notice 1"}

    @pytest.mark.parametrize("changes", [{"papers": []}, {"days": []}, {"papers": [], "days": []}])
    def test_without_notice_or_days_the_year_stays_unknown(self, changes):
        parsed = parse_holiday_cn(_notice(**changes))
        assert (parsed.published, parsed.unpublished, parsed.days, parsed.errors) == ({}, [2031], {}, [])

    def test_may_speak_of_last_december_but_of_no_other_year(self):
        entries = [
            {"name": "元旦", "date": on, "isOffDay": False}
            for on in ("2030-12-28", "2030-11-28", "2032-01-01", "2031-01-04")
        ]
        parsed = parse_holiday_cn(_notice(days=entries))
        assert _found(parsed) == [(2, "date", "other_year"), (3, "date", "other_year")]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("{", "bad_json"),
            ("[" * 100_000, "bad_json"),
            ("[]", "bad_shape"),
            (_notice(year="2031"), "bad_shape"),
            (_notice(year=True), "bad_shape"),
            (_notice(year=12), "bad_shape"),
            (_notice(papers=[1]), "bad_shape"),
            (_notice(days={}), "bad_shape"),
            (_notice(days=["x"]), "bad_row"),
            (_notice(days=[{"name": "节", "date": 5, "isOffDay": True}]), "bad_date"),
            (_notice(days=[{"name": "节", "date": "2031-01-01", "isOffDay": "true"}]), "bad_flag"),
            (_notice(days=[{"name": "a\u0000b", "date": "2031-01-01", "isOffDay": True}]), "bad_name"),
        ],
    )
    def test_what_is_malformed_is_refused_by_code(self, text, code):
        assert code in {error.code for error in parse_holiday_cn(text).errors}


class TestHours:
    def test_parses_pairs_up_to_the_end_of_the_day(self):
        assert parse_windows([("14:30", "24:00"), ("08:30", "12:00")]) == (Window(510, 720), Window(870, 1440))

    @pytest.mark.parametrize(
        "pairs",
        [
            [],
            [("08:30",)],
            [("8:30", "12:00")],
            [("08:60", "12:00")],
            [("24:00", "24:01")],
            [("12:00", "12:00")],
            [("12:00", "08:30")],
            [("08:30", "12:00"), ("11:59", "13:00")],
            [("０8:30", "12:00")],
        ],
    )
    def test_refuses_what_is_no_day(self, pairs):
        with pytest.raises(ValueError, match=r"window|time of day"):
            parse_windows(pairs)

    def test_season_beats_weekday_beats_recency_and_dates_bound_all(self):
        usual, summer, friday, newer = (parse_windows([(f"0{hour}:00", "12:00")]) for hour in (5, 6, 7, 8))
        hours = WorkHours(
            (
                HoursRule(usual, date(2020, 1, 1)),
                HoursRule(newer, date(2026, 7, 1)),
                HoursRule(friday, date(2020, 1, 1), weekday=4),
                HoursRule(summer, date(2020, 1, 1), date(2026, 12, 31), season=((6, 1), (9, 30))),
            )
        )
        assert hours.on(date(2026, 5, 4)) == usual
        assert hours.on(date(2026, 10, 5)) == newer
        assert hours.on(date(2026, 10, 9)) == friday
        assert hours.on(date(2026, 8, 7)) == summer
        assert hours.on(date(2027, 8, 9)) == newer
        assert hours.on(date(2019, 1, 1)) == WorkHours().default

    def test_a_season_may_span_the_new_year(self):
        winter = HoursRule(parse_windows([("09:00", "12:00")]), date(2020, 1, 1), season=((11, 1), (2, 28)))
        assert winter.fits(date(2026, 11, 1))
        assert winter.fits(date(2026, 12, 31))
        assert winter.fits(date(2027, 2, 28))
        assert winter.fits(date(2027, 1, 1))
        assert not winter.fits(date(2027, 3, 1))
