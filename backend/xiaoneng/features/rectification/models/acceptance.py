"""Joint acceptance by bodies that all sign, and the public notice before an item is closed (S4-10, R-07)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import enum_type, type_moment


class AcceptanceResult(StrEnum):
    """What became of a joint acceptance."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


class Acceptance(SQLModel, table=True):
    """联合验收: which bodies have to sign. It passes when all did, and fails with the first that refuses."""

    __tablename__: ClassVar[str] = "rectification_acceptance"
    __table_args__ = (
        sa.Index(None, "item_id", "convened_at"),
        sa.Index(
            "uq_rectification_acceptance_open", "item_id", unique=True, postgresql_where=sa.text("result = 'open'")
        ),
        sa.CheckConstraint("(result = 'open') = (ended_at IS NULL)", name="ended"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    result: AcceptanceResult = Field(default=AcceptanceResult.OPEN, sa_type=enum_type(AcceptanceResult))
    convened_by_name: str
    convened_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    ended_at: datetime | None = Field(default=None, sa_type=type_moment)


class AcceptanceSignature(SQLModel, table=True):
    """One body's word on a joint acceptance; nobody signs for two bodies."""

    __tablename__: ClassVar[str] = "rectification_signature"
    __table_args__ = (
        sa.UniqueConstraint("acceptance_id", "body_id"),
        sa.Index(
            "uq_rectification_signature_person",
            "acceptance_id",
            "signed_by",
            unique=True,
            postgresql_where=sa.text("signed_by IS NOT NULL"),
        ),
        sa.CheckConstraint("(passed IS NULL) = (signed_at IS NULL)", name="signed"),
        sa.CheckConstraint("(signed_by IS NULL) = (signed_at IS NULL)", name="signer"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    acceptance_id: UUID = Field(foreign_key="rectification_acceptance.id")
    body_id: UUID = Field(foreign_key="body.id")
    passed: bool | None = None
    opinion: str | None = None
    signed_by: UUID | None = None
    signed_by_name: str | None = None
    signed_at: datetime | None = Field(default=None, sa_type=type_moment)


class CloseoutNotice(SQLModel, table=True):
    """销号公示: what the public reads until the last of N working days. `ended_at` when it ran out or was cut short."""

    __tablename__: ClassVar[str] = "rectification_notice"
    __table_args__ = (
        sa.Index("uq_rectification_notice_open", "item_id", unique=True, postgresql_where=sa.text("ended_at IS NULL")),
        sa.Index(None, "until", "id"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    title: str
    target: str
    outcome: str
    contact: str
    published_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    published_by_name: str
    until: datetime = Field(sa_type=type_moment)
    ended_at: datetime | None = Field(default=None, sa_type=type_moment)


class Objection(SQLModel, table=True):
    """公示异议. Every one is answered before the item closes; one that holds sends the item back to work."""

    __tablename__: ClassVar[str] = "rectification_objection"
    __table_args__ = (
        sa.Index(None, "item_id", "recorded_at"),
        sa.CheckConstraint("(upheld IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="rectification_item.id")
    notice_id: UUID = Field(foreign_key="rectification_notice.id")
    text: str
    recorded_by_name: str
    recorded_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    upheld: bool | None = None
    answer: str | None = None
    answered_by_name: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=type_moment)
