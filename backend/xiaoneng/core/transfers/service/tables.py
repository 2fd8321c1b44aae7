"""Reading tables: xlsx and csv, bounded in every direction before anything is unpacked into memory."""

import codecs
import csv
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    XmlError,
    ZipError,
)

from xiaoneng.core.transfers.errors import TableTooLarge, UnreadableTable
from xiaoneng.core.transfers.models.words import RawCell
from xiaoneng.core.transfers.rules.cells import shown
from xiaoneng.core.transfers.service.headings import Span, Spans, depth_of, joined

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELLS = 6_000_000
"""Cells of the rectangle that a reader makes room for, 24 to 32 bytes each."""
MAX_SPANS = 20_000
"""Merged cells of a sheet that are minded; more are drawn by no official."""
MAX_PART = 200 * 1024 * 1024
"""Bytes that one part of a workbook may unpack to."""
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,7})([0-9]{1,9})""")
_TAIL = 32
_CHUNK = 1024 * 1024
_HEAD_ROWS = 20
_DELIMITERS = ",\t;|"
_BROKEN = (CalamineError, ZipError, XmlError, PasswordError, zipfile.BadZipFile, zlib.error, KeyError, OSError)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file turned out to be."""

    sheets: list[str]
    sheet: str | None
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file, and its number there."""

    number: int
    cells: list[RawCell]


def layout_of(path: Path, *, is_workbook: bool, sheet: str | None = None) -> Layout:
    """Look at a file. Raises UnreadableTable and TableTooLarge."""
    if not is_workbook:
        return Layout([], None, _encoding(path))
    with _workbook(path) as book:
        sheets = [meta.name for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    chosen = sheet or (sheets[0] if sheets else None)
    if chosen not in sheets:
        raise UnreadableTable
    return Layout(sheets, chosen, None)


@contextmanager
def lines(path: Path, layout: Layout) -> Iterator[Iterator[Line]]:
    """The rows from the heading on: the first one that has more than one cell. Raises what `layout_of` raises.

    A heading on several levels comes as one line; merged cells stand in every place that they cover.
    """
    if layout.encoding is None:
        with _workbook(path) as book:
            sheet = book.get_sheet_by_name(str(layout.sheet))
            yield _from_heading(_numbered_rows(sheet), _spans(sheet))
        return
    with path.open(encoding=layout.encoding, newline="") as file:
        head = [file.readline() for _ in range(_HEAD_ROWS)]
        delimiter = max(_DELIMITERS, key=lambda one: max(line.count(one) for line in head))
        file.seek(0)
        yield _from_heading(_numbered_records(csv.reader(file, delimiter=delimiter, strict=True)))


def _numbered_rows(sheet: CalamineSheet) -> Iterator[Line]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Line(number, list(cells))


def _spans(sheet: CalamineSheet) -> list[Span]:
    """The merged cells, counted as the rows are read: from the first row of all, but the first column in use."""
    left = sheet.start[1] if sheet.start else 0
    found = (Span(top, first - left, bottom, last - left) for (top, first), (bottom, last) in _merged(sheet))
    return [span for span in found if span.left >= 0]


def _merged(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return (sheet.merged_cell_ranges or [])[:MAX_SPANS]


def _numbered_records(reader: Iterator[list[str]]) -> Iterator[Line]:
    try:
        for number, record in enumerate(reader, start=1):
            if number > MAX_ROWS + _HEAD_ROWS or len(record) > MAX_COLUMNS:
                raise TableTooLarge
            yield Line(number, list(record))
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableTable(str(error)) from error


def _from_heading(found: Iterator[Line], spans: Sequence[Span] = ()) -> Iterator[Line]:
    for line in islice(found, _HEAD_ROWS):
        if sum(str(cell).strip() != "" for cell in line.cells if cell is not None) > 1:
            yield from _headed(line, found, spans) if spans else chain([line], found)
            return
    raise UnreadableTable


def _headed(first: Line, found: Iterator[Line], spans: Sequence[Span]) -> Iterator[Line]:
    merged = Spans(spans)
    below = islice(found, min(depth_of(spans, first.number - 1), _HEAD_ROWS) - 1)
    levels = [Line(line.number, merged.spread(line.number - 1, line.cells)) for line in (first, *below)]
    if len(levels) == 1:
        yield first
    else:
        yield Line(
            first.number, list(joined([[" ".join(shown(cell).split()) for cell in one.cells] for one in levels]))
        )
    for line in found:
        yield Line(line.number, merged.spread(line.number - 1, line.cells))


def _encoding(path: Path) -> str:
    """UTF-8 with or without its mark, or the Chinese code page; anything else is refused. Raises UnreadableTable."""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" else encoding
    raise UnreadableTable


@contextmanager
def _workbook(path: Path) -> Iterator[CalamineWorkbook]:
    try:
        _refuse_large(path)
        book = CalamineWorkbook.from_path(str(path))
    except _BROKEN as error:
        raise UnreadableTable(str(error)) from error
    try:
        yield book
    finally:
        book.close()


def _refuse_large(path: Path) -> None:
    """A reader makes room for every cell up to the farthest: a small file with one far cell would take all memory."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".bin")):
                _refuse_large_part(archive, entry)


def _refuse_large_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    read, cells, rows, columns, kept = 0, 0, 1, 1, b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            read += len(chunk)
            cells += chunk.count(b"<c")
            for letters, row in _CELL.findall(kept + chunk):
                rows, columns = max(rows, int(row)), max(columns, _column(letters.upper()))
            too_far = rows > MAX_ROWS + _HEAD_ROWS or columns > MAX_COLUMNS or max(cells, rows * columns) > MAX_CELLS
            if read > MAX_PART or too_far:
                raise TableTooLarge
            kept = chunk[-_TAIL:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
