"""Tables of imports."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock
from xiaoneng.kit.db import Entity, enum_type, type_moment

IMPORT = "import"
MAX_FAULTS = 10_000
"""Faults that are kept one by one; all are counted."""


class ImportState(StrEnum):
    """Where an import stands: look at the file, choose columns, try it out, write it."""

    INSPECTING = "inspecting"
    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDONE = "undone"
    """written, and taken back as far as nobody had worked on it"""


WORKING = (ImportState.INSPECTING, ImportState.CHECKING, ImportState.IMPORTING)
"""States in which a job has it."""
OVER = (ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED, ImportState.UNDONE)


class Severity(StrEnum):
    """An error keeps its row out; a warning tells of something taken as it stands."""

    ERROR = "error"
    WARNING = "warning"


class ImportJob(Entity, table=True):
    """One file that somebody brings in. `source` names where its rows come from: with their own number, or the hash
    of their values, it makes each row one that can come in only once.

    `mapping` says from which heading each of our fields comes, `constants` what a field without a heading is in every
    row. Rows are counted when they are tried out and again when they are written: `rows_known` were there already, of
    which `rows_changed` say something else now, `rows_refused` have errors, `rows_undone` were taken back. `rows_done`
    moves in the same transaction as the rows it counts.
    """

    __tablename__: ClassVar[str] = "import_job"
    __table_args__ = (
        sa.Index(None, "requested_by", "created_at", "id"),
        sa.Index("ix_import_job_expires", "expires_at", postgresql_where=sa.text("file_id IS NOT NULL")),
        sa.CheckConstraint("jsonb_typeof(mapping) = 'object' AND jsonb_typeof(constants) = 'object'", name="mapping"),
        sa.CheckConstraint("rows_done >= 0 AND rows_added >= 0 AND rows_known >= 0", name="counts"),
        sa.CheckConstraint("rows_refused >= 0 AND errors >= 0 AND warnings >= 0", name="faults"),
        sa.CheckConstraint("rows_changed >= 0 AND rows_undone >= 0", name="changes"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        sa.CheckConstraint(
            "(state IN ('done', 'cancelled', 'failed', 'undone')) = (finished_at IS NOT NULL)", name="finished"
        ),
    )

    kind: str = Field(max_length=40)
    state: ImportState = Field(default=ImportState.INSPECTING, sa_type=enum_type(ImportState))
    requested_by: UUID = Field(foreign_key="account.id")
    requested_name: str
    source: str = Field(max_length=60)
    file_id: UUID | None = Field(default=None, foreign_key="file.id")
    file_name: str
    sheets: list[str] = Field(default_factory=list, sa_type=JSONB)
    sheet: str | None = None
    encoding: str | None = None
    headers: list[str] = Field(default_factory=list, sa_type=JSONB)
    samples: list[list[str]] = Field(default_factory=list, sa_type=JSONB)
    mapping: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    constants: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    rows_total: int | None = None
    rows_done: int = 0
    rows_added: int = 0
    rows_known: int = 0
    rows_changed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    rows_undone: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    rows_refused: int = 0
    errors: int = 0
    warnings: int = 0
    report_id: UUID | None = Field(default=None, foreign_key="file.id")
    expires_at: datetime = Field(sa_type=type_moment)
    finished_at: datetime | None = Field(default=None, sa_type=type_moment)
    failure: str | None = None


class ImportFault(SQLModel, table=True):
    """What is wrong with one cell of an import; `row` counts as a spreadsheet does, the heading's row included."""

    __tablename__: ClassVar[str] = "import_fault"
    __table_args__ = (sa.CheckConstraint("number >= 1 AND row >= 1", name="counts"),)

    import_id: UUID = Field(primary_key=True, foreign_key="import_job.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    row: int
    column: str
    severity: Severity = Field(sa_type=enum_type(Severity))
    code: str
    value: str


class ImportMapping(SQLModel, table=True):
    """How somebody mapped a file with these headings last time; `fingerprint` is their SHA-256."""

    __tablename__: ClassVar[str] = "import_mapping"
    __table_args__ = (sa.CheckConstraint("jsonb_typeof(mapping) = 'object'", name="mapping"),)

    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    kind: str = Field(primary_key=True, max_length=40)
    fingerprint: str = Field(primary_key=True, max_length=64)
    mapping: dict[str, Any] = Field(sa_type=JSONB)
    constants: dict[str, Any] = Field(sa_type=JSONB)
    used_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
