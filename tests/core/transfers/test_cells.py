"""Cells are read as they are written, or refused; nothing is guessed."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.core.transfers.models.words import RawCell
from xiaoneng.core.transfers.rules.cells import Parsed, moment_of, text_of
from xiaoneng.core.transfers.rules.faults import WORDS
from xiaoneng.kit.clock import REGION_ZONE

HALF_PAST_NINE = datetime(2026, 1, 2, 9, 30, tzinfo=REGION_ZONE)


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-02 09:30",
        "2026-01-02T09:30:00",
        "2026-1-2 9:30",
        "2026/01/02 09:30:00",
        "2026/1/2 9:30",
        "2026.1.2 9:30",
        "2026年1月2日 9:30",
        "2026年1月2日9时30分",
        "2026-01-02T01:30:00Z",
        "2026-01-02 01:30:00+00:00",
        "2026-01-01T20:30:00-0500",
        datetime(2026, 1, 2, 9, 30, tzinfo=UTC).replace(tzinfo=None),
    ],
)
def test_a_moment_is_read_on_the_regions_clock(written: RawCell) -> None:
    assert moment_of(written) == Parsed(HALF_PAST_NINE)


@pytest.mark.parametrize("written", ["2026-01-02", "2026年1月2日", "2026/1/2", date(2026, 1, 2)])
def test_a_day_alone_says_what_was_made_of_it(written: RawCell) -> None:
    assert moment_of(written) == Parsed(datetime(2026, 1, 2, tzinfo=REGION_ZONE), warning="start_of_day")
    ended = Parsed(datetime(2026, 1, 3, tzinfo=REGION_ZONE), warning="end_of_day")
    assert moment_of(written, at_end=True) == ended


@pytest.mark.parametrize(
    "written",
    [
        "01/02/2015",
        "42005.5",
        42005.5,
        42005,
        "26-1-2",
        "2026-02-30",
        "2026-01-02 25:00",
        "明天",
        True,
        time(9),
        "#N/A",
    ],
)
def test_what_could_be_read_two_ways_is_refused(written: RawCell) -> None:
    parsed = moment_of(written)
    assert parsed.value is None
    assert parsed.error in {"not_a_moment", "cell_error"}


@pytest.mark.parametrize(
    ("cell", "parsed"),
    [
        ("  a ", Parsed("a")),
        ("", Parsed()),
        (None, Parsed()),
        (13900001234.0, Parsed("13900001234")),
        (7, Parsed("7")),
        (1.5, Parsed("1.5")),
        ("00123", Parsed("00123")),
        (110101199001011234.0, Parsed(error="number_too_long")),
        (date(2026, 3, 1), Parsed(error="not_text")),
        (True, Parsed(error="not_text")),
        ("#REF!", Parsed(error="cell_error")),
    ],
)
def test_a_text_is_the_text_or_the_digits(cell: RawCell, parsed: Parsed[str]) -> None:
    assert text_of(cell) == parsed


@given(st.one_of(st.text(max_size=40), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.dates()))
def test_every_cell_is_a_value_or_a_fault_that_has_words(cell: RawCell) -> None:
    for parsed in (text_of(cell), moment_of(cell)):
        assert parsed.value is None or parsed.error is None
        assert (parsed.error or "missing") in WORDS
