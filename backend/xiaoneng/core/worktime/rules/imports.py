"""Reading calendar data: the holiday-cn JSON of one year, and a CSV of single days."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiaoneng.core.worktime.models.words import CalendarFormat
from xiaoneng.core.worktime.rules.calendar import DayRule

MAX_ROWS = 5_000
"""More special days than any file of any span we serve can hold."""
_COLUMNS = ("date", "is_off", "name")
_FLAGS = {"1": True, "true": True, "0": False, "false": False}
_NAME_LENGTH = 60
_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was refused. `row` is the line of a CSV (the header is 1) or the day of a JSON (from 1)."""

    row: int
    column: str
    code: str
    message: str


@dataclass(slots=True)
class ParsedCalendar:
    """What a file says; with any error nothing of it is stored. `published` are years that it makes known."""

    days: dict[date, DayRule] = field(default_factory=dict)
    published: dict[int, str] = field(default_factory=dict)
    unpublished: list[int] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, row: int, column: str, code: str, message: str) -> None:
        self.errors.append(RowError(row, column, code, message))


def parse_file(content: bytes, file_format: CalendarFormat) -> ParsedCalendar:
    """A calendar file in UTF-8, or GB 18030 as spreadsheets write it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            parsed = ParsedCalendar()
            parsed.refuse(0, "", "bad_encoding", "the file is neither UTF-8 nor GB 18030")
            return parsed
    return parse_csv(text) if file_format is CalendarFormat.LOCAL_CSV else parse_holiday_cn(text)


def parse_csv(text: str) -> ParsedCalendar:
    """Days from a CSV with the columns date, is_off (1/0/true/false), name.

    A CSV makes no year known by itself: whether a notice exists is for the importing person to say.
    """
    parsed = ParsedCalendar()
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        if header != _COLUMNS:
            parsed.refuse(1, "", "bad_header", f"the columns must be {', '.join(_COLUMNS)}")
            return parsed
        for row, cells in _bounded(reader, parsed):
            if len(cells) != len(_COLUMNS):
                parsed.refuse(row, "", "bad_row", f"expected {len(_COLUMNS)} cells, found {len(cells)}")
                continue
            on, flag, name = (cell.strip() for cell in cells)
            _add(parsed, row, on, _FLAGS.get(flag.lower()), name)
    except csv.Error as error:
        parsed.refuse(reader.line_num, "", "bad_row", str(error))
    return parsed


def parse_holiday_cn(text: str) -> ParsedCalendar:
    """Days and the year from a file `{year, papers, days: [{name, date, isOffDay}]}`.

    A year whose `papers` or `days` are empty has no notice yet: it stays unknown. A file may also speak of
    the last days of the year before.
    """
    parsed = ParsedCalendar()
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        parsed.refuse(0, "", "bad_json", str(error))
        return parsed
    year, papers, days = _parts(document)
    if year is None or papers is None or days is None:
        parsed.refuse(0, "", "bad_shape", "expected {year: int, papers: [text], days: [object]}")
        return parsed
    for row, entry in _bounded_days(days, parsed):
        _add_entry(parsed, row, entry, year)
    if papers and days:
        parsed.published[year] = "; ".join(papers)
    else:
        parsed.unpublished.append(year)
        parsed.days.clear()
    return parsed


def _parts(document: object) -> tuple[int | None, list[str] | None, list[Any] | None]:
    if not isinstance(document, dict):
        return None, None, None
    year, papers, days = document.get("year"), document.get("papers"), document.get("days")
    return (
        year if isinstance(year, int) and not isinstance(year, bool) and year in _YEARS else None,
        papers if isinstance(papers, list) and all(isinstance(paper, str) for paper in papers) else None,
        days if isinstance(days, list) else None,
    )


def _add_entry(parsed: ParsedCalendar, row: int, entry: object, year: int) -> None:
    if not isinstance(entry, dict):
        parsed.refuse(row, "", "bad_row", "a day must be an object")
        return
    day = _add(parsed, row, entry.get("date"), entry.get("isOffDay"), entry.get("name"))
    if day is not None and day.year != year and (day.year, day.month) != (year - 1, 12):
        parsed.refuse(row, "date", "other_year", f"the file is about {year}")


def _add(parsed: ParsedCalendar, row: int, on: object, flag: object, name: object) -> date | None:
    day = _date(on)
    if day is None:
        parsed.refuse(row, "date", "bad_date", "a date is written like 2026-10-01")
    elif day in parsed.days:
        parsed.refuse(row, "date", "duplicate_date", "the date occurs twice")
    if not isinstance(flag, bool):
        parsed.refuse(row, "is_off", "bad_flag", "1/true is a day of rest, 0/false a working day")
    if not (isinstance(name, str) and 0 < len(name) <= _NAME_LENGTH and name.isprintable()):
        parsed.refuse(row, "name", "bad_name", f"a printable name of 1 to {_NAME_LENGTH} characters")
    elif day is not None and isinstance(flag, bool):
        parsed.days.setdefault(day, DayRule(is_working_day=not flag, name=name))
    return day


def _date(text: object) -> date | None:
    if not isinstance(text, str) or len(text) != len("2026-10-01"):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _bounded(reader: Iterable[list[str]], parsed: ParsedCalendar) -> Iterator[tuple[int, list[str]]]:
    for row, cells in enumerate(reader, start=2):
        if row > MAX_ROWS + 1:
            parsed.refuse(row, "", "too_many_rows", f"at most {MAX_ROWS} days a file")
            return
        if cells:
            yield row, cells


def _bounded_days(days: list[Any], parsed: ParsedCalendar) -> Iterable[tuple[int, Any]]:
    if len(days) > MAX_ROWS:
        parsed.refuse(MAX_ROWS + 1, "", "too_many_rows", f"at most {MAX_ROWS} days a file")
    return enumerate(days[:MAX_ROWS], start=1)
