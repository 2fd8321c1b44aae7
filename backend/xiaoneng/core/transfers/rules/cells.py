"""What stands in a cell, as text or as a moment; nothing is guessed and nothing is bent to fit."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from xiaoneng.core.transfers.models.words import RawCell
from xiaoneng.core.worktime.models.words import REGION_ZONE

T = TypeVar("T")
EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; what is longer has lost its end."""
_DAY_END = timedelta(days=1)
_ERRORS = frozenset({"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"})
_FIRST, _LAST = 1949, 2100
_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})"
    r"|\.(?P<m3>\d{1,2})\.(?P<d3>\d{1,2})|年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})日)"
    r"(?:(?:T|\s*)(?P<hour>\d{1,2})(?::|：|时|点)(?P<minute>\d{1,2})(?:(?::|：|分)(?P<second>\d{1,2})?(?:\.\d+)?)?秒?分?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a cell holds, and the code of what is wrong or worth knowing; a warning leaves the value."""

    value: T | None = None
    error: str | None = None
    warning: str | None = None


_NOTHING: Parsed[str] = Parsed()


def shown(cell: RawCell) -> str:
    """The cell as somebody reads it in a report."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def text_of(cell: RawCell) -> Parsed[str]:
    """A text, without space around it; a whole number reads as its digits, as far as the spreadsheet kept them."""
    if isinstance(cell, str):
        text = cell.strip()
        if text in _ERRORS:
            return Parsed(error="cell_error")
        return Parsed(text) if text else _NOTHING
    if cell is None:
        return _NOTHING
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return Parsed(error="not_text")
    return _digits(cell)


def _digits(cell: float) -> Parsed[str]:
    if isinstance(cell, float) and not cell.is_integer():
        return Parsed(repr(cell))
    digits = str(int(cell))
    return Parsed(error="number_too_long") if len(digits.lstrip("-")) > EXACT_DIGITS else Parsed(digits)


def moment_of(cell: RawCell, *, at_end: bool = False) -> Parsed[datetime]:
    """A moment on the region's clock. A day without a time is its beginning, or its end (24:00), and says so."""
    if isinstance(cell, datetime):
        return _checked(cell.replace(tzinfo=cell.tzinfo or REGION_ZONE))
    if isinstance(cell, date):
        return _of_day(cell, at_end=at_end)
    if isinstance(cell, str) and cell.strip():
        return _of_text(cell.strip(), at_end=at_end)
    return Parsed() if cell is None or isinstance(cell, str) else Parsed(error="not_a_moment")


def _of_text(text: str, *, at_end: bool) -> Parsed[datetime]:
    found = _WRITTEN.fullmatch(text)
    if text in _ERRORS or found is None:
        return Parsed(error="cell_error" if text in _ERRORS else "not_a_moment")
    part = found.groupdict()
    try:
        month, on = (int(next(part[name + n] for n in "1234" if part[name + n])) for name in "md")
        day = date(int(part["year"]), month, on)
        if part["hour"] is None:
            return _of_day(day, at_end=at_end) if part["zone"] is None else Parsed(error="not_a_moment")
        at = time(int(part["hour"]), int(part["minute"]), int(part["second"] or 0))
    except ValueError:
        return Parsed(error="not_a_moment")
    zone = (
        REGION_ZONE if part["zone"] is None else datetime.fromisoformat(f"2000-01-01T00:00{_zone(part['zone'])}").tzinfo
    )
    return _checked(datetime.combine(day, at, zone))


def _zone(text: str) -> str:
    return "+00:00" if text == "Z" else text if ":" in text else f"{text[:3]}:{text[3:]}"


def _of_day(day: date, *, at_end: bool) -> Parsed[datetime]:
    moment = datetime.combine(day, time(), REGION_ZONE)
    checked = _checked(moment + _DAY_END if at_end else moment)
    return (
        Parsed(checked.value, checked.error, "end_of_day" if at_end else "start_of_day") if checked.value else checked
    )


def _checked(moment: datetime) -> Parsed[datetime]:
    return Parsed(moment) if _FIRST <= moment.year <= _LAST else Parsed(error="year_out_of_range")
