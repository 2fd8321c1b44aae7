"""What belongs to an item: its measures, what proves them, how far it is, and more time for it."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import enum_type, type_moment


class Measure(SQLModel, table=True):
    """整改措施: what is done, by whom, until when."""

    __tablename__: ClassVar[str] = "rectification_measure"
    __table_args__ = (sa.UniqueConstraint("item_id", "seq"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    seq: int
    text: str
    owner_id: UUID
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=type_moment)


class Evidence(SQLModel, table=True):
    """佐证材料. When and where it was taken is not when it was uploaded; `late` marks an upload after the item's date.

    `sha256` is that of the content, in hex.
    """

    __tablename__: ClassVar[str] = "rectification_evidence"
    __table_args__ = (sa.Index(None, "item_id"), sa.UniqueConstraint("item_id", "file_id"))

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    measure_id: UUID = Field(foreign_key="rectification_measure.id")
    file_id: UUID
    sha256: str = Field(max_length=64)
    description: str
    taken_at: datetime | None = Field(default=None, sa_type=type_moment)
    place: str | None = Field(default=None, max_length=200)
    uploaded_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    uploaded_by: str
    uploaded_by_id: UUID | None = None
    late: bool


class ProgressReport(SQLModel, table=True):
    """进展报告; append-only. `percent` is the state then."""

    __tablename__: ClassVar[str] = "rectification_progress"
    __table_args__ = (
        sa.Index(None, "item_id", "at"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    text: str
    difficulties: str | None = None
    percent: int
    at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    by_id: UUID
    by_name: str


class ExtensionStatus(StrEnum):
    """Where a request for more time stands."""

    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


class ItemExtension(SQLModel, table=True):
    """延期申请. The only way a due date of an item moves (SM-3); one open request at a time."""

    __tablename__: ClassVar[str] = "rectification_extension"
    __table_args__ = (
        sa.Index(None, "item_id", "applied_at"),
        sa.Index(
            "uq_rectification_extension_open",
            "item_id",
            unique=True,
            postgresql_where=sa.text("status = 'applied'"),
        ),
        sa.CheckConstraint("to_due_on > from_due_on", name="later"),
        sa.CheckConstraint("(status = 'applied') = (decided_at IS NULL)", name="decided"),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> applied_by", name="second_person"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    status: ExtensionStatus = Field(default=ExtensionStatus.APPLIED, sa_type=enum_type(ExtensionStatus))
    from_due_on: date
    to_due_on: date
    reason: str
    applied_by: UUID
    applied_by_name: str
    applied_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=type_moment)
    decision: str | None = None
