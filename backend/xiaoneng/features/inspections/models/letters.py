"""Letters that ask a unit for rectification: 整改建议书 and its kin (S4-09, SM-4, R-05)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

LETTER = "letter"
SIGN, REPLY, RESULT = "sign", "reply", "result"
"""The clocks of a letter: until the head signs for it, until the plan, until the result."""


class LetterType(StrEnum):
    """整改建议书, 提醒书, 告诫书, 督办通知书."""

    SUGGESTION = "suggestion"
    REMINDER = "reminder"
    ADMONITION = "admonition"
    SUPERVISION = "supervision"


class LetterSource(StrEnum):
    """What a letter follows from (S4-09: 日常督查, 随机抽查, 专项检查, 自查督查), and what in the product may."""

    DAILY_CHECK = "daily_check"
    RANDOM_CHECK = "random_check"
    SPECIAL_CHECK = "special_check"
    SELF_CHECK = "self_check"
    FINDING = "finding"
    CASE = "case"
    SUPERVISION = "supervision"
    LETTER = "letter"


class LetterStatus(StrEnum):
    """Where a letter stands (SM-4); overdue is computed, never a state."""

    DRAFT = "draft"
    COUNTERSIGNED = "countersigned"
    ISSUED = "issued"
    DELIVERED = "delivered"
    RECEIVED = "received"
    PLAN_REPLIED = "plan_replied"
    RESULT_REPLIED = "result_replied"
    SUPPLEMENT = "supplement"
    REVIEWED = "reviewed"
    CLOSED = "closed"
    VOIDED = "voided"


class ReplyKind(StrEnum):
    """What a unit answers with: 整改方案, then 整改情况."""

    PLAN = "plan"
    RESULT = "result"


class LetterIssuer(Entity, table=True):
    """A body that issues letters: how it signs, its mark in red, and the word of its document numbers (机关代字)."""

    __tablename__: ClassVar[str] = "letter_issuer"
    __table_args__ = (sa.UniqueConstraint("body_id"), sa.UniqueConstraint("word"))

    body_id: UUID = Field(foreign_key="body.id")
    name: str = Field(max_length=60)
    mark: str = Field(max_length=40)
    word: str = Field(max_length=20)


class Letter(Entity, table=True):
    """One letter to one unit. `no` and what it says are fixed when it is issued; voided, it keeps both.

    `due_at` is what is due next: the plan, then the result. `reply_due_at` is that of the plan, which R-05 counts by.
    """

    __tablename__: ClassVar[str] = LETTER
    __table_args__ = (
        sa.UniqueConstraint("no"),
        sa.Index(None, "to_unit_id", "status", "due_at", "id"),
        sa.Index(None, "created_at", "id"),
        sa.Index(None, "issuer_id", "issued_on"),
        sa.Index(None, "source_type", "source_id"),
        sa.CheckConstraint("(no IS NULL) = (issued_at IS NULL)", name="numbered"),
        sa.CheckConstraint("status IN ('draft', 'countersigned', 'voided') OR no IS NOT NULL", name="issued"),
        sa.CheckConstraint("proposed_at IS NULL OR admonished_at IS NOT NULL", name="admonished_first"),
    )

    no: str | None = None
    type: LetterType = Field(sa_type=enum_type(LetterType))
    status: LetterStatus = Field(default=LetterStatus.DRAFT, sa_type=enum_type(LetterStatus))
    issuer_id: UUID = Field(foreign_key="letter_issuer.id")
    to_unit_id: UUID = Field(foreign_key="unit.id")
    title: str
    opening: str
    requirements: str
    legal_basis: str | None = None
    copies_to: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.String))
    file_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    source_type: LetterSource = Field(sa_type=enum_type(LetterSource))
    source_id: UUID | None = None
    source_label: str | None = None
    drafted_by: UUID
    drafted_by_name: str
    countersigned_by_name: str | None = None
    issued_by_name: str | None = None
    issued_at: datetime | None = Field(default=None, sa_type=type_moment)
    issued_on: date | None = None
    delivered_at: datetime | None = Field(default=None, sa_type=type_moment)
    delivery: str | None = None
    received_at: datetime | None = Field(default=None, sa_type=type_moment)
    received_by_name: str | None = None
    due_at: datetime | None = Field(default=None, sa_type=type_moment)
    reply_due_at: datetime | None = Field(default=None, sa_type=type_moment)
    plan_replied_at: datetime | None = Field(default=None, sa_type=type_moment)
    result_replied_at: datetime | None = Field(default=None, sa_type=type_moment)
    reviewed_by_name: str | None = None
    review_note: str | None = None
    supplement_count: int = 0
    admonished_at: datetime | None = Field(default=None, sa_type=type_moment)
    proposed_at: datetime | None = Field(default=None, sa_type=type_moment)
    word_file_id: UUID | None = Field(default=None, foreign_key="file.id")
    pdf_file_id: UUID | None = Field(default=None, foreign_key="file.id")
    pdf_problem: str | None = None


class LetterProblem(SQLModel, table=True):
    """A problem that a letter names; `item_id` is the rectification item that a plan made of it."""

    __tablename__: ClassVar[str] = "letter_problem"
    __table_args__ = (sa.UniqueConstraint("letter_id", "seq"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    letter_id: UUID = Field(foreign_key="letter.id")
    seq: int
    text: str
    item_id: UUID | None = Field(default=None, foreign_key="rectification_item.id")


class LetterReply(SQLModel, table=True):
    """What a unit answered; never changed. `is_late` against the day that held then."""

    __tablename__: ClassVar[str] = "letter_reply"
    __table_args__ = (
        sa.Index(None, "letter_id", "at"),
        sa.CheckConstraint("(kind = 'plan') = (result_due_on IS NOT NULL)", name="plan_is_dated"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    letter_id: UUID = Field(foreign_key="letter.id")
    kind: ReplyKind = Field(sa_type=enum_type(ReplyKind))
    text: str
    result_due_on: date | None = None
    file_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    is_late: bool
    by_name: str
    at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
