"""Writing workbooks row by row, in constant memory."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from xiaoneng.core.transfers.rules.sheets import fitting, is_active
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
            CellKind.MOMENT: self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._quoted = self._book.add_format({"num_format": "@", "quote_prefix": True})
        self._head = head
        self._sheet = self._book.add_worksheet(title)
        self._sheet.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            self._sheet.set_column(number, number, column.width)
            self._sheet.write_string(0, number, column.title, head)
        self.rows = 0

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows; a None leaves its cell empty."""
        for row in rows:
            self.rows += 1
            for number, (column, value) in enumerate(zip(self._columns, row, strict=True)):
                if value is not None:
                    self._cell(number, column.kind, value)

    def _cell(self, number: int, kind: CellKind, value: Cell) -> None:
        if isinstance(value, datetime):
            moment = clock.local(value).replace(tzinfo=None)
            self._sheet.write_datetime(self.rows, number, moment, self._formats[CellKind.MOMENT])
        elif isinstance(value, date):
            self._sheet.write_datetime(self.rows, number, datetime.combine(value, time()), self._formats[CellKind.DAY])
        elif isinstance(value, int):
            self._sheet.write_number(self.rows, number, value)
        else:
            text = str(value)
            shown = self._quoted if is_active(text) else self._formats[kind]
            self._sheet.write_string(self.rows, number, fitting(text), shown)

    def close(self, notes: Sequence[Note]) -> None:
        """Add the sheet of notes and write everything to the disk."""
        self._sheet.autofilter(0, 0, self.rows, len(self._columns) - 1)
        sheet = self._book.add_worksheet(_NOTES)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 80)
        for row, note in enumerate(notes):
            sheet.write_string(row, 0, note.title, self._head)
            sheet.write_string(row, 1, fitting(note.text), self._quoted if is_active(note.text) else None)
        self._book.close()
