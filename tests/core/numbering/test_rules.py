from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.core.numbering.errors import UnknownSeries
from xiaoneng.core.numbering.rules import SERIES, Series, series_of


def test_numbers_are_written_as_people_know_them() -> None:
    assert series_of("case").format(381, date(2026, 11, 22)) == "SQ20261122000381"
    assert series_of("rectification_item").format(12, date(2026, 1, 2)) == "ZG-2026-00012"
    letter = Series("letter", "{issuer}〔{day:%Y}〕{number}号")
    assert letter.format(7, date(2026, 3, 1), "黎政督") == "黎政督〔2026〕7号"


def test_an_unknown_series_is_refused() -> None:
    with pytest.raises(UnknownSeries):
        series_of("laundry")


@given(st.sampled_from(sorted(SERIES)), st.dates(date(2004, 1, 1), date(2099, 12, 31)), st.integers(1, 10**12))
def test_two_neighbours_never_read_the_same(name: str, day: date, number: int) -> None:
    series = SERIES[name]
    assert series.format(number, day) != series.format(number + 1, day)


@given(st.integers(0, 10**12))
def test_a_case_number_always_has_sixteen_characters(number: int) -> None:
    assert len(series_of("case").format(number, date(2026, 11, 22))) == 16
