"""Writing workbooks row by row, in constant memory."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from xiaoneng.core.transfers.rules.sheets import JOINT, fitting, is_active
from xiaoneng.core.transfers.schemas.sheets import Cell, CellKind, Note, SheetColumn
from xiaoneng.kit import clock

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NOTES = "说明"


class Workbook:
    """One sheet of rows under a heading, and one that says what it is. Nothing in it is ever a formula or a link.

    A text that a program might take for a formula is a text cell with the quote prefix, so that it stays one when
    somebody edits it.
    """

    def __init__(self, path: Path, title: str, columns: Sequence[SheetColumn]) -> None:
        self._book: Any = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)})
        self._book.set_properties({"title": title, "created": clock.local(clock.now()).replace(tzinfo=None)})
        self._columns = columns
        head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._formats = {
            CellKind.TEXT: self._book.add_format({"num_format": "@"}),
            CellKind.NUMBER: None,
            CellKind.DAY: self._book.add_format({"num_format": "yyyy-mm-dd"}),
            CellKind.AS_IS: self._book.add_format({"text_wrap": True, "valign": "top"}),
            CellKind.MOMENT: self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._quoted = self._book.add_format({"num_format": "@", "quote_prefix": True})
        self._head = head
        self._sheet = self._book.add_worksheet(title)
        for number, column in enumerate(columns):
            self._sheet.set_column(number, number, column.width)
        self._head_rows = self._write_heading([column.title.split(JOINT) for column in columns])
        self._sheet.freeze_panes(self._head_rows, 1)
        self.rows = 0

    def _write_heading(self, titles: Sequence[Sequence[str]]) -> int:
        """Write the levels of the headings, those that belong together merged; returns how many levels there are."""
        depth = max(map(len, titles))
        for level in range(depth):
            for place, title in enumerate(titles):
                self._write_title(titles, level, place, depth)
                if level >= len(title):
                    self._sheet.write_blank(level, place, None, self._head)
        return depth

    def _write_title(self, titles: Sequence[Sequence[str]], level: int, place: int, depth: int) -> None:
        """One cell of the heading. Only its first place is written: rows that are past cannot be written again here."""
        title = titles[place]
        if level >= len(title):
            return
        is_last = level + 1 == len(title)
        mine = title[: level + 1]
        if not is_last and place and titles[place - 1][: level + 1] == mine:
            self._sheet.write_blank(level, place, None, self._head)
            return
        right, bottom = place, depth - 1 if is_last else level
        while not is_last and right + 1 < len(titles) and titles[right + 1][: level + 1] == mine:
            right += 1
        self._sheet.write_string(level, place, mine[-1], self._head)
        if (bottom, right) != (level, place):
            self._sheet.merge.append([level, place, bottom, right])

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows; a None leaves its cell empty."""
        for row in rows:
            self.rows += 1
            for number, (column, value) in enumerate(zip(self._columns, row, strict=True)):
                if value is not None:
                    self._cell(number, column.kind, value)

    @property
    def _row(self) -> int:
        """Where the last row stands, below the heading."""
        return self._head_rows - 1 + self.rows

    def _cell(self, number: int, kind: CellKind, value: Cell) -> None:
        if isinstance(value, datetime):
            moment = clock.local(value).replace(tzinfo=None)
            self._sheet.write_datetime(self._row, number, moment, self._formats[CellKind.MOMENT])
        elif isinstance(value, date):
            self._sheet.write_datetime(self._row, number, datetime.combine(value, time()), self._formats[CellKind.DAY])
        elif isinstance(value, bool):
            self._sheet.write_boolean(self._row, number, value)
        elif isinstance(value, int | Decimal):
            self._sheet.write_number(self._row, number, float(value))
        else:
            text = str(value)
            shown = self._quoted if is_active(text) else self._formats[kind]
            self._sheet.write_string(self._row, number, fitting(text), shown)

    def close(self, notes: Sequence[Note]) -> None:
        """Add the sheet of notes and write everything to the disk."""
        self._sheet.autofilter(self._head_rows - 1, 0, self._row, len(self._columns) - 1)
        sheet = self._book.add_worksheet(_NOTES)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 80)
        for row, note in enumerate(notes):
            sheet.write_string(row, 0, note.title, self._head)
            sheet.write_string(row, 1, fitting(note.text), self._quoted if is_active(note.text) else None)
        self._book.close()
