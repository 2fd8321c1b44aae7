"""From the lines of a file to rows by our fields, with what is wrong in each cell; pure, and run beside the loop."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from xiaoneng.core.transfers.models.imports import Severity
from xiaoneng.core.transfers.models.words import RawCell
from xiaoneng.core.transfers.rules.cells import Parsed, moment_of, shown, text_of
from xiaoneng.core.transfers.schemas.imports import Fault, FieldKind, Importer, ImportField, Row, Value
from xiaoneng.core.transfers.service.tables import Line

_SHOWN = 200
"""Characters of a faulty value that a report shows."""


@dataclass(frozen=True, slots=True)
class Found:
    """One fault where it is: row and heading as the file has them, and the value."""

    row: int
    column: str
    fault: Fault
    value: str


@dataclass(slots=True)
class Judged:
    """Some lines, looked at: rows without errors, and all faults of all of them."""

    lines: int = 0
    good: list[Row] = field(default_factory=list)
    faults: list[Found] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    """Keys of rows that are there already and say something else now."""
    refused: int = 0


class Reader:
    """Reads lines under one mapping. It remembers the keys it has seen: the second row of a key is a fault."""

    def __init__(
        self, importer: Importer, headers: Sequence[str], mapping: Mapping[str, str], constants: Mapping[str, str]
    ) -> None:
        places = {heading: place for place, heading in reversed([*enumerate(headers)])}
        self._importer = importer
        self._headers = headers
        self._mapping = mapping
        self._by_heading = {heading: place for heading, place in places.items() if heading}
        self._places = {name: places[heading] for name, heading in mapping.items()}
        self._constants = {one.name: _value(one, constants.get(one.name)) for one in importer.fields}
        taken = set(self._places.values())
        self._rest = [(heading, place) for place, heading in enumerate(headers) if heading and place not in taken]
        self._seen: set[str] = set()

    def read(self, lines: Iterator[Line], count: int, facts: Any) -> Judged:
        """The next `count` lines."""
        judged = Judged()
        for line in islice(lines, count):
            judged.lines += 1
            if all(cell is None or cell == "" for cell in line.cells):
                continue
            self._judge(line, facts, judged)
        return judged

    def _judge(self, line: Line, facts: Any, judged: Judged) -> None:
        if len(line.cells) != len(self._headers):
            faults = [Found(line.number, "", Fault("", "columns_differ"), str(len(line.cells)))]
        else:
            row, faults = self._row(line)
            wrong = {one.fault.field for one in faults if one.fault.severity is Severity.ERROR}
            told = [one for one in self._importer.judge(row, facts) if one.field not in wrong]
            faults += [self._found(line, one) for one in told]
            faults += self._repeated(line, row)
        is_good = not any(one.fault.severity is Severity.ERROR for one in faults)
        judged.faults += faults
        if is_good:
            judged.good.append(row)
        else:
            judged.refused += 1

    def _repeated(self, line: Line, row: Row) -> list[Found]:
        if row.key in self._seen:
            return [self._found(line, Fault(self._importer.key, "repeated"))]
        self._seen.add(row.key)
        return []

    def _row(self, line: Line) -> tuple[Row, list[Found]]:
        values: dict[str, Value] = {}
        faults: list[Found] = []
        for one in self._importer.fields:
            place = self._places.get(one.name)
            value, fault = self._constants[one.name] if place is None else _value(one, line.cells[place])
            if value is not None:
                values[one.name] = value
            faults += [self._found(line, fault)] if fault else []
        rest = {heading: text for heading, place in self._rest if (text := shown(line.cells[place]).strip())}
        raw = {heading: line.cells[place] for heading, place in self._by_heading.items()}
        return Row(line.number, self._key(line, values), values, rest, raw), faults

    def _key(self, line: Line, values: Mapping[str, Value]) -> str:
        """The row's own number, or the hash of all that stands in it."""
        own = values.get(self._importer.key)
        if isinstance(own, str):
            return own
        content = "\x1f".join(map(shown, line.cells))
        return "sha256:" + hashlib.sha256(content.encode()).hexdigest()[:32]

    def _found(self, line: Line, fault: Fault) -> Found:
        heading = self._mapping.get(fault.field, fault.field)
        place = self._places.get(fault.field, self._by_heading.get(fault.field))
        return Found(line.number, heading, fault, "" if place is None else shown(line.cells[place])[:_SHOWN])


def _value(one: ImportField, cell: RawCell) -> tuple[Value | None, Fault | None]:
    if one.kind is FieldKind.AS_IS:
        return (None if isinstance(cell, str) and not cell.strip() else cell), None
    parsed = _parsed(one, cell)
    value: Value | None = parsed.value
    if parsed.error:
        return None, Fault(one.name, parsed.error)
    if value is None:
        return None, Fault(one.name, "missing") if one.required else None
    if isinstance(value, str) and len(value) > one.max_length:
        return None, Fault(one.name, "too_long")
    return value, Fault(one.name, parsed.warning, Severity.WARNING) if parsed.warning else None


def _parsed(one: ImportField, cell: RawCell) -> Parsed[str] | Parsed[datetime]:
    if one.kind is FieldKind.TEXT:
        return text_of(cell)
    return moment_of(cell, at_end=one.kind is FieldKind.DEADLINE)


def headings_of(line: Line) -> list[str]:
    """The headings as people see them, each as one line."""
    return [" ".join(shown(cell).split()) for cell in line.cells]


def suggested(importer: Importer, headers: Sequence[str]) -> dict[str, str]:
    """Fields whose title, name or usual heading stands in the file."""
    by_word = {heading.lower().replace(" ", ""): heading for heading in headers if heading}
    found: dict[str, str] = {}
    for one in importer.fields:
        words = (one.title, one.name, *one.aliases)
        heading = next((by_word[word] for name in words if (word := name.lower().replace(" ", "")) in by_word), None)
        if heading and heading not in found.values():
            found[one.name] = heading
    return found
