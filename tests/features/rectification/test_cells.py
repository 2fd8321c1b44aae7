"""Cells of ledgers keep what they say; no database."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.features.rectification.rules.cells import differing, stored, written
from xiaoneng.features.rectification.rules.ledgers import day_of, is_figure

DAYS = st.dates(date(1949, 1, 1), date(2100, 1, 1))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(10**15), 10**15)


@settings(max_examples=150)
@given(st.none() | st.text() | st.booleans() | NUMBERS | DAYS)
def test_a_cell_comes_out_as_it_went_in(cell: object) -> None:
    again = written(stored(cell))
    if isinstance(cell, float):
        assert again == Decimal(repr(cell))
    else:
        assert again == (None if cell == "" else cell)
    assert differing({"a": stored(cell)}, {"a": cell}) == []


def test_a_slash_is_not_zero_and_space_is_kept() -> None:
    assert differing({"a": stored(" /")}, {"a": 0}) == ["a"]
    assert differing({"a": stored(" /")}, {"a": "/"}) == ["a"]
    assert differing({"a": stored(33.0)}, {"a": 33}) == []
    assert stored(datetime.fromisoformat("2024-08-01T00:00")) == stored(date(2024, 8, 1))
    assert differing({"a": None}, {"a": None, "b": "新"}) == ["b"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("提示问题金额（万元）", True),
        ("本年度金额类累计整改进展", True),
        ("本年度非金额类整改进展", False),
        ("非金额类累计整改进展", False),
        ("累计计提减值（万元）", True),
        ("整改完成数量", True),
        ("整改情况 › 追责 › 人数", True),
        ("整改情况 › 问题整改金额 › 追缴资金", False),
        ("问题描述", False),
    ],
)
def test_where_numbers_belong(heading: str, expected: bool) -> None:
    assert is_figure(heading) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2024年8月1日", date(2024, 8, 1)), ("2024/8/1", date(2024, 8, 1)), ("2024-13-01", None), ("年底前", None)],
)
def test_days_in_words(text: str, expected: date | None) -> None:
    assert day_of(text) == expected
