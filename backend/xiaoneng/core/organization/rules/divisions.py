"""Reading a list of units from CSV: every fault by row and column, and rows only when there is no fault."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xiaoneng.core.organization.errors import FileUnreadable
from xiaoneng.core.organization.models import UnitType

COLUMNS = ("code", "name", "level", "parent_code")
TYPE_COLUMN = "type"
MAX_ROWS = 50_000
_MAX_CODE, _MAX_NAME = 40, 100
_WORDS = {
    1: ("province", "省"),
    2: ("prefecture", "city", "市"),
    3: ("county", "district", "县", "区"),
    4: ("township", "town", "street", "乡", "镇", "街道"),
    5: ("village", "community", "村", "社区"),
}
_LEVELS = {word: level for level, words in _WORDS.items() for word in (*words, str(level))}
_TYPES = {1: UnitType.COUNTY, 2: UnitType.COUNTY, 3: UnitType.COUNTY, 4: UnitType.TOWNSHIP, 5: UnitType.VILLAGE}


class RowFault(NamedTuple):
    """What is wrong with one row; `row` counts the header as 1, as a spreadsheet shows it."""

    row: int
    column: str
    code: str
    message: str


class Known(NamedTuple):
    """A unit that exists: what a row about it must agree with."""

    name: str
    level: int
    parent_code: str | None


class Row(NamedTuple):
    """One unit of the file; the top of the file has no parent there."""

    row: int
    code: str
    name: str
    level: int
    type: UnitType
    parent_code: str | None


@dataclass
class Parsed:
    """The rows to create, parents first, how many exist already, and the faults. With faults nothing is created."""

    new: list[Row] = field(default_factory=list)
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list)


def decode(content: bytes) -> str:
    """The text of a CSV file as spreadsheets write it. Raises FileUnreadable."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileUnreadable


def parse(text: str, headers: Mapping[str, str], known: Mapping[str, Known], root_code: str | None) -> Parsed:
    """Read the file against the units that exist.

    `headers` maps our column names to those of the file; `root_code` is the code of the region's root, if there is one.
    Raises FileUnreadable.
    """
    parsed = Parsed()
    rows = _top_cleared(list(_rows(text, headers, parsed.faults)), known, root_code)
    by_code: dict[str, Row] = {}
    for row in rows:
        if row.code in by_code:
            parsed.faults.append(
                RowFault(row.row, "code", "duplicate_code", f"第 {by_code[row.code].row} 行已有此代码")
            )
        else:
            by_code[row.code] = row
    top = next((row for row in by_code.values() if row.parent_code is None), None)
    for row in by_code.values():
        parsed.faults.extend(_faults(row, top, by_code, known))
    parsed.faults.extend(_cycles(by_code))
    parsed.faults.sort()
    parsed.unchanged = sum(row.code in known for row in by_code.values())
    if not parsed.faults:
        parsed.new = _parents_first([row for row in by_code.values() if row.code not in known])
    return parsed


def _rows(text: str, headers: Mapping[str, str], faults: list[RowFault]) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        present = reader.fieldnames or []
        if missing := [headers.get(name, name) for name in COLUMNS if headers.get(name, name) not in present]:
            raise FileUnreadable("缺少列：" + "、".join(missing))
        for number, raw in enumerate(reader, start=2):
            if number > MAX_ROWS + 1:
                raise FileUnreadable(f"超过 {MAX_ROWS} 行")
            cells = {name: (raw.get(headers.get(name, name)) or "").strip() for name in (*COLUMNS, TYPE_COLUMN)}
            found = list(_cell_faults(number, cells))
            faults.extend(found)
            if not found:
                level = _level(cells["level"])
                kind = UnitType(cells[TYPE_COLUMN]) if cells[TYPE_COLUMN] else _TYPES[level]
                yield Row(number, cells["code"], cells["name"], level, kind, cells["parent_code"] or None)
    except csv.Error as error:
        raise FileUnreadable(str(error)) from error


def _level(word: str) -> int:
    return _LEVELS.get(word.lower(), 0)


def _cell_faults(number: int, cells: Mapping[str, str]) -> Iterator[RowFault]:
    if not 0 < len(cells["code"]) <= _MAX_CODE:
        yield RowFault(number, "code", "bad_code", f"代码应为 1 至 {_MAX_CODE} 个字符")
    if not 0 < len(cells["name"]) <= _MAX_NAME:
        yield RowFault(number, "name", "bad_name", f"名称应为 1 至 {_MAX_NAME} 个字符")
    if not _level(cells["level"]):
        yield RowFault(number, "level", "unknown_level", f"无法识别的层级“{cells['level'][:20]}”")
    if cells[TYPE_COLUMN] and cells[TYPE_COLUMN] not in set(UnitType):
        yield RowFault(number, TYPE_COLUMN, "unknown_type", f"无法识别的单位类型“{cells[TYPE_COLUMN][:20]}”")


def _top_cleared(rows: Sequence[Row], known: Mapping[str, Known], root_code: str | None) -> list[Row]:
    """Cut the parent off the one row that may be the region's root: it lies outside of the region."""
    codes = {row.code for row in rows} | known.keys()
    outside = [row for row in rows if row.parent_code is None or row.parent_code not in codes]
    highest = min((row.level for row in rows), default=0)
    tops = [row for row in outside if row.level == highest]
    may_be_root = len(tops) == 1 and root_code in (None, tops[0].code)
    return [row._replace(parent_code=None) if may_be_root and row is tops[0] else row for row in rows]


def _faults(row: Row, top: Row | None, by_code: Mapping[str, Row], known: Mapping[str, Known]) -> Iterator[RowFault]:
    existing = known.get(row.code)
    if existing is not None:
        if existing != (row.name, row.level, row.parent_code):
            yield RowFault(row.row, "code", "differs", f"已有同代码单位“{existing.name}”且内容不同，请用更名或调整操作")
        return
    if row.parent_code is None:
        if known or row is not top:
            yield RowFault(row.row, "parent_code", "orphan", "没有上级单位，而本地区只能有一个顶级单位")
    elif row.parent_code not in by_code and row.parent_code not in known:
        yield RowFault(row.row, "parent_code", "orphan", f"找不到上级单位“{row.parent_code[:40]}”")


def _cycles(by_code: Mapping[str, Row]) -> Iterator[RowFault]:
    safe: set[str] = set()
    for start in by_code:
        path: dict[str, None] = {}
        code: str | None = start
        while code is not None and code in by_code and code not in safe and code not in path:
            path[code] = None
            code = by_code[code].parent_code
        if code is not None and code in path:
            looped = list(path)[list(path).index(code) :]
            for one in looped:
                yield RowFault(
                    by_code[one].row, "parent_code", "cycle", "上下级关系形成了环：" + " → ".join(looped[:5])
                )
        safe.update(path)


def _parents_first(rows: Sequence[Row]) -> list[Row]:
    waiting: dict[str | None, list[Row]] = {}
    codes = {row.code for row in rows}
    for row in rows:
        waiting.setdefault(row.parent_code if row.parent_code in codes else None, []).append(row)
    ordered = list(waiting.get(None, ()))
    for row in ordered:  # grows while it is walked
        ordered.extend(waiting.get(row.code, ()))
    return ordered
