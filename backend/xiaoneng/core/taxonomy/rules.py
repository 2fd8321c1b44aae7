"""Reading a three-level table and laying it over the edition in force."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from xiaoneng.core.taxonomy.errors import UnreadableFile
from xiaoneng.core.taxonomy.models import MAX_NAME, RowFault, Scheme

LEVELS = ("一级分类", "二级分类", "三级分类")
MAX_ROWS = 20_000
MAX_CHILDREN = 99
Path = tuple[str, ...]

_MESSAGES = {
    RowFault.MISSING_PARENT: "上级分类为空 / the level above is empty",
    RowFault.EMPTY_ROW: "整行为空 / the row is empty",
    RowFault.TOO_LONG: f"名称超过 {MAX_NAME} 个字 / the name is too long",
    RowFault.BAD_CHARACTERS: "名称含有控制字符 / the name holds control characters",
    RowFault.DUPLICATE_ROW: "与前面的行重复 / the row stands twice",
    RowFault.TOO_MANY_CHILDREN: f"同一上级下超过 {MAX_CHILDREN} 项 / too many entries under one parent",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a list."""

    code: str
    name: str
    parent_code: str | None
    sort: int
    retired: bool = False


@dataclass(frozen=True)
class CodeList:
    """One edition of a list as the process holds it; `terms` keeps the order of the list."""

    scheme: Scheme
    version_id: UUID
    version: int
    terms: Mapping[str, Term]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each code, retired ones too."""
        return {code: term.name for code, term in self.terms.items()}

    def path_of(self, code: str) -> tuple[str, ...]:
        """The names from the top of the tree down to `code`."""
        names: list[str] = []
        term = self.terms.get(code)
        while term:
            names.append(term.name)
            term = self.terms.get(term.parent_code) if term.parent_code else None
        return tuple(reversed(names))


@dataclass(frozen=True, slots=True)
class WrongRow:
    """What is wrong with one row; `row` counts from 1, the header being row 1."""

    row: int
    column: str
    code: RowFault
    message: str


@dataclass
class Merge:
    """The next edition, with what distinguishes it from the one in force."""

    terms: list[Term] = field(default_factory=list)
    errors: list[WrongRow] = field(default_factory=list)
    created: int = 0
    unchanged: int = 0
    retired: int = 0


def _decoded(content: bytes) -> str:
    """Text as spreadsheets save it: UTF-8 with or without a mark, else the Chinese Windows code page."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile


def read_rows(content: bytes) -> list[list[str]]:
    """The rows below the header, cells stripped. Raises UnreadableFile."""
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(_decoded(content)), strict=True)]
    except csv.Error as error:
        raise UnreadableFile(str(error)) from error
    if not rows or tuple(rows[0][: len(LEVELS)]) != LEVELS:
        raise UnreadableFile
    if len(rows) > MAX_ROWS + 1:
        raise UnreadableFile(f"{len(rows) - 1} > {MAX_ROWS}")
    return [[*row[: len(LEVELS)], *[""] * (len(LEVELS) - len(row))] for row in rows[1:]]


def _wrong(row: int, level: int, code: RowFault) -> WrongRow:
    return WrongRow(row, LEVELS[level], code, _MESSAGES[code])


def _fault(cells: Sequence[str]) -> tuple[int, RowFault] | None:
    """The first thing wrong with a row, as the level and a code."""
    filled = [level for level, cell in enumerate(cells) if cell]
    if not filled:
        return 0, RowFault.EMPTY_ROW
    if filled[-1] + 1 != len(filled):
        return cells.index(""), RowFault.MISSING_PARENT
    for level in filled:
        if len(cells[level]) > MAX_NAME:
            return level, RowFault.TOO_LONG
        if not cells[level].isprintable():
            return level, RowFault.BAD_CHARACTERS
    return None


def check_rows(rows: Iterable[Sequence[str]]) -> tuple[list[tuple[int, Path]], list[WrongRow]]:
    """The paths of the good rows with their row numbers, and what is wrong with the others."""
    good: list[tuple[int, Path]] = []
    errors: list[WrongRow] = []
    seen: set[Path] = set()
    for number, cells in enumerate(rows, start=2):
        path = tuple(cell for cell in cells if cell)
        fault = _fault(cells)
        if fault is None and path in seen:
            fault = len(path) - 1, RowFault.DUPLICATE_ROW
        if fault:
            errors.append(_wrong(number, *fault))
        else:
            seen.add(path)
            good.append((number, path))
    return good, errors


def _paths(terms: Mapping[str, Term]) -> Iterator[tuple[Path, Term]]:
    for term in terms.values():
        names, above = [term.name], term.parent_code
        while above:
            names.append(terms[above].name)
            above = terms[above].parent_code
        yield tuple(reversed(names)), term


def _free_code(parent: str, used: set[str]) -> str | None:
    numbers = (f"{parent}{number:02d}" for number in range(1, MAX_CHILDREN + 1))
    return next((code for code in numbers if code not in used), None)


def merge(current: Mapping[str, Term], rows: Iterable[Sequence[str]]) -> Merge:
    """Lay the rows over `current`: the same path keeps its code for ever, new paths get the next free one, and
    paths that are gone are retired. `terms` is only complete when there are no errors.
    """
    good, errors = check_rows(rows)
    result = Merge(errors=errors)
    known = dict(_paths(current))
    used = set(current)
    made: dict[Path, Term] = {}
    for number, path in good:
        for depth in range(1, len(path) + 1):
            node = path[:depth]
            if node in made:
                continue
            parent = made[node[:-1]].code if depth > 1 else None
            code = known[node].code if node in known else _free_code(parent or "", used)
            if code is None:
                result.errors.append(_wrong(number, depth - 1, RowFault.TOO_MANY_CHILDREN))
                break
            used.add(code)
            made[node] = Term(code, node[-1], parent, len(made) + 1)
    gone = [term for path, term in known.items() if path not in made]
    result.terms = [*made.values(), *_retired(gone, len(made))]
    result.created = sum(path not in known or known[path].retired for path in made)
    result.unchanged = len(made) - result.created
    result.retired = sum(not term.retired for term in gone)
    return result


def _retired(terms: Iterable[Term], after: int) -> Iterator[Term]:
    for place, term in enumerate(terms, start=after + 1):
        yield Term(term.code, term.name, term.parent_code, place, retired=True)


def flatten(tree: Iterable[Mapping[str, Any]]) -> list[Term]:
    """The entries of a nested list (`code`, `name`, `terms`), parents before children."""
    made: list[Term] = []

    def walk(nodes: Iterable[Mapping[str, Any]], parent: str | None) -> None:
        for node in nodes:
            made.append(Term(node["code"], node["name"], parent, len(made) + 1))
            walk(node.get("terms", ()), node["code"])

    walk(tree, None)
    return made
