"""Shapes of ledgers kept elsewhere."""

from uuid import UUID

from xiaoneng.kit.schemas import LocalDateTime, Schema


class LedgerRead(Schema):
    """One ledger that was brought in; `rows` are those that stand."""

    id: UUID
    import_id: UUID
    source: str
    file_name: str
    sheet: str | None
    headings: list[str]
    rows: int
    is_undone: bool
    created_at: LocalDateTime


class LedgerCell(Schema):
    """One cell of a row as it stood in the file."""

    heading: str
    value: str


class LedgerOrigin(Schema):
    """The row that an item came from, word for word."""

    ledger_id: UUID
    file_name: str
    sheet: str | None
    row: int
    cells: list[LedgerCell]
