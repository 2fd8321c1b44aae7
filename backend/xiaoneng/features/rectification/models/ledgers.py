"""Ledgers kept elsewhere, as they were brought in: every cell as it stood, so that they go out again unchanged."""

from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import ids
from xiaoneng.kit.db import Entity

LEDGER = "rectification_ledger"


class ImportedLedger(Entity, table=True):
    """One sheet of one file: its headings in their order (levels joined), and where it came from."""

    __tablename__: ClassVar[str] = LEDGER
    __table_args__ = (
        sa.UniqueConstraint("import_id"),
        sa.Index(None, "created_at", "id"),
        sa.CheckConstraint("jsonb_typeof(headings) = 'array'", name="headings"),
    )

    import_id: UUID = Field(foreign_key="import_job.id")
    source: str = Field(max_length=60)
    file_name: str
    sheet: str | None = None
    headings: list[str] = Field(sa_type=JSONB)
    is_undone: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    created_by: UUID


class LedgerRow(SQLModel, table=True):
    """One row of a ledger: the item it became, its key within the source, and its cells by heading.

    A cell is null, a text, true or false, `{"n": "12.5"}` for a number, `{"d": "2026-11-25"}` for a day, or
    `{"t": "…"}` for a moment. `is_current` is false once the import was undone, so that the row may come in anew.
    """

    __tablename__: ClassVar[str] = "rectification_ledger_row"
    __table_args__ = (
        sa.Index(
            "uq_rectification_ledger_row_key",
            "source",
            "key",
            unique=True,
            postgresql_where=sa.text("is_current"),
        ),
        sa.Index(None, "ledger_id", "position", "id"),
        sa.UniqueConstraint("item_id"),
        sa.CheckConstraint("jsonb_typeof(cells) = 'object'", name="cells"),
        sa.CheckConstraint("position >= 1", name="position"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    ledger_id: UUID = Field(foreign_key="rectification_ledger.id")
    item_id: UUID = Field(foreign_key="rectification_item.id")
    source: str = Field(max_length=60)
    key: str
    position: int
    cells: dict[str, Any] = Field(sa_type=JSONB)
    says_done: bool | None = None
    is_current: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})
