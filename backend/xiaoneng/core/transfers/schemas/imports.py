"""Shapes of imports, and what a feature hands in to have its rows brought in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.transfers.models.imports import ImportState, Severity
from xiaoneng.core.transfers.models.words import RawCell
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import Input, LocalDateTime, Schema

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Value = RawCell


class FieldKind(StrEnum):
    """How a cell is read. A deadline that is only a day ends with it; `as_is` takes the cell as it stands."""

    TEXT = "text"
    MOMENT = "moment"
    DEADLINE = "deadline"
    AS_IS = "as_is"


@dataclass(frozen=True, slots=True)
class ImportField:
    """One of our fields; `aliases` are headings under which it usually comes. A key tells rows of a source apart."""

    name: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    max_length: int = 2_000
    aliases: tuple[str, ...] = ()


class Fault(NamedTuple):
    """What is wrong with one field of a row."""

    field: str
    code: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file by our fields, and what has no field by its heading; `key` is the row's own within its source."""

    number: int
    key: str
    values: Mapping[str, Value]
    rest: Mapping[str, str]
    raw: Mapping[str, RawCell] = field(default_factory=dict)
    """Every cell as it stands in the file, by its heading."""


@dataclass(slots=True)
class Origin:
    """Where rows come from, for those who write them."""

    import_id: UUID
    source: str
    requested_by: UUID
    facts: Any = field(default=None)
    file_name: str = ""
    sheet: str | None = None
    headers: Sequence[str] = ()


class Undone(NamedTuple):
    """How many rows an undoing took back, and how many stay because somebody has worked on them since."""

    taken_back: int
    kept: int


Prepare = Callable[[Session], Awaitable[Any]]
Judge = Callable[[Row, Any], Sequence[Fault]]
Known = Callable[[Session, str, Sequence[str]], Awaitable[set[str]]]
Write = Callable[[Session, Actor, Origin, Sequence[Row]], Awaitable[None]]
Compare = Callable[[Session, str, Sequence[Row]], Awaitable[Mapping[str, Sequence[str]]]]
Undo = Callable[[Session, Actor, UUID], Awaitable[Undone]]


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of row is brought in.

    `prepare` gathers what `judge`, which is pure, looks rows up in; `known` says which keys of a source are there
    already, and locks the source for the transaction; `write` writes rows that are new and without error.
    With `compare`, rows that are there already are held against what is kept (key to the headings that differ), and
    `update` takes over the changed ones. `undo` takes back what an import wrote.
    """

    kind: str
    title: str
    permission: str
    key: str
    fields: Sequence[ImportField]
    prepare: Prepare
    judge: Judge
    known: Known
    write: Write
    compare: Compare | None = None
    update: Write | None = None
    undo: Undo | None = None


class ImportCreate(Input):
    """Bring in a file that was uploaded before. `source` names where the rows come from, as `city_2015`."""

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
    file_id: UUID
    source: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]


class ImportSheet(Input):
    """Look at another sheet."""

    sheet: Name


class ImportCheck(Input):
    """From which heading each of our fields comes, and what a field without a heading is in every row."""

    mapping: dict[str, Name] = Field(min_length=1, max_length=100)
    constants: dict[str, Name] = Field(default={}, max_length=100)


class ImportFieldRead(Schema):
    """One of our fields that a heading can be chosen for."""

    name: str
    title: str
    kind: FieldKind
    required: bool


class ImportRead(Schema):
    """One import of the caller's. `samples` are the first rows under `headers`."""

    id: UUID
    rev: int
    kind: str
    title: str
    state: ImportState
    source: str
    file_name: str
    sheets: list[str]
    sheet: str | None
    encoding: str | None
    headers: list[str]
    samples: list[list[str]]
    fields: list[ImportFieldRead]
    mapping: dict[str, str]
    constants: dict[str, str]
    rows_total: int | None
    rows_done: int
    rows_added: int
    rows_known: int
    rows_changed: int
    rows_refused: int
    errors: int
    warnings: int
    undoable: bool
    rows_undone: int
    report: FileRef | None
    failure: str | None
    failure_title: str | None
    created_at: LocalDateTime
    finished_at: LocalDateTime | None


class ImportFaultRead(Schema):
    """What is wrong with one cell; `row` counts as a spreadsheet does."""

    number: int
    row: int
    column: str
    severity: Severity
    code: str
    text: str
    value: str
