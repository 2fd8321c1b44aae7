"""Tables are found in files, and files that would take all memory are not opened."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from xiaoneng.core.transfers.errors import TableTooLarge, UnreadableTable
from xiaoneng.core.transfers.service import tables


def _rows(path: Path, *, is_workbook: bool = False, sheet: str | None = None) -> list[tuple[int, list[object]]]:
    layout = tables.layout_of(path, is_workbook=is_workbook, sheet=sheet)
    with tables.lines(path, layout) as lines:
        return [(line.number, list(line.cells)) for line in lines]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", "\t")])
def test_a_csv_of_any_usual_kind(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = ["工单导出", "", f"编号{delimiter}标题", f'1{delimiter}"噪声{delimiter}\n扰民𠮷"', ""]
    path.write_text("\n".join(lines), encoding, newline="")
    assert _rows(path) == [(3, ["编号", "标题"]), (4, ["1", f"噪声{delimiter}\n扰民𠮷"])]


def test_a_workbook_with_a_title_above_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("说明").write_string(0, 0, "看第二张")
    sheet = book.add_worksheet("清单")
    sheet.write_string(1, 0, "2026 年清单")
    sheet.write_row(3, 0, ["编号", "标题"])
    sheet.write_row(5, 0, ["7", "噪声"])
    book.close()
    assert tables.layout_of(path, is_workbook=True).sheets == ["说明", "清单"]
    assert _rows(path, is_workbook=True, sheet="清单") == [(4, ["编号", "标题"]), (5, ["", ""]), (6, ["7", "噪声"])]
    with pytest.raises(UnreadableTable):
        _rows(path, is_workbook=True, sheet="没有")


@pytest.mark.parametrize("cell", ['r="XFD1048576"', "r = 'xfd9'", 'r="A1048576"', 'r="GR200000"'])
def test_one_far_cell_is_not_given_room(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "far.xlsx"
    xlsxwriter.Workbook(str(path)).close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    far = f'<sheetData><row r="1"><c {cell}><v>1</v></c></row></sheetData>'
    assert "<sheetData/>" in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<sheetData/>", far).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(TableTooLarge):
        tables.layout_of(path, is_workbook=True)


@pytest.mark.parametrize("content", [b"", b"one\ntwo\n", b'a,b\n"never closed', b"\xff\xff\xff,\x80\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableTable):
        _rows(path)


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join("a" * (tables.MAX_COLUMNS + 1)))
    with pytest.raises(TableTooLarge):
        _rows(path)
