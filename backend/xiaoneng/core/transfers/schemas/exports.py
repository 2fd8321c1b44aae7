"""Shapes of exports, and what a feature hands in to have its list exported."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.documents.schemas import Document, Format
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.transfers.models.exports import ExportState
from xiaoneng.core.transfers.schemas.sheets import Cell, Note, SheetColumn
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.schemas import LocalDateTime, Schema

Filters = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What somebody wants to take out: of which exporter, narrowed how, and with whose data in clear, why."""

    kind: str
    filters: Filters
    with_personal: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of the list and where to go on; None after the last ones."""

    rows: Sequence[Sequence[Cell]]
    after: str | None


Describe = Callable[[Session, Filters], Awaitable[Sequence[Note]]]
Count = Callable[[Session, Actor, ExportOrder], Awaitable[int]]
Read = Callable[[Session, Actor, ExportOrder, str | None], Awaitable[Batch]]
Columns = Callable[[Session, Actor, ExportOrder], Awaitable[Sequence[SheetColumn]]]


@dataclass(frozen=True, slots=True)
class Exporter:
    """How one kind of list is exported.

    `read` gives the rows that `actor` may see at that moment, from a position on; it writes into the history what it
    shows of people in clear. `count` is asked when the list is asked for and before the first row; `describe` says in
    words what the list is narrowed to.
    """

    kind: str
    title: str
    permission: str
    columns: Sequence[SheetColumn]
    count: Count
    read: Read
    describe: Describe
    columns_of: Columns | None = None
    """The columns of one order, where they are not the same for all."""


DocumentOf = Callable[[Session, Actor, ExportOrder], Awaitable[tuple[Document, Format]]]


@dataclass(frozen=True, slots=True)
class DocumentExporter:
    """How one kind of document is taken out as Word or PDF: like a list, but set as `document_of` says.

    `document_of` puts in what `actor` may see at that moment. Raises NotFound when that is nothing.
    """

    kind: str
    title: str
    permission: str
    count: Count
    document_of: DocumentOf
    describe: Describe


class ExportRead(Schema):
    """One export of the caller's. The file can be taken until `expires_at`."""

    id: UUID
    rev: int
    kind: str
    title: str
    state: ExportState
    with_personal: bool
    reason: str | None
    rows_done: int
    rows_total: int | None
    failure: str | None
    failure_title: str | None
    decided_by_name: str | None
    decided_at: LocalDateTime | None
    decision: str | None
    file: FileRef | None
    expires_at: LocalDateTime | None
    created_at: LocalDateTime
    finished_at: LocalDateTime | None


class NarrowedRead(Schema):
    """One condition of a list, in words."""

    title: str
    text: str


class ExportApprovalRead(Schema):
    """An export that waits for a second person: who wants what, how much, and why."""

    id: UUID
    rev: int
    kind: str
    title: str
    requested_name: str
    created_at: LocalDateTime
    with_personal: bool
    reason: str | None
    rows_total: int | None
    narrowed: list[NarrowedRead]
    available_actions: list[ActionRef]
