"""What inspectors answer on the spot and what they find."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import Entity, enum_type, type_moment

FINDING = "inspection_finding"
CONFIRM = "confirm"
"""The clock of a finding: until the unit has confirmed it or objected."""


class AnswerResult(StrEnum):
    """合格 / 有问题 / 不适用."""

    OK = "ok"
    PROBLEM = "problem"
    NOT_APPLICABLE = "not_applicable"


class FindingSeverity(StrEnum):
    """亮点 / 轻微 / 一般 / 严重."""

    GOOD = "good"
    MINOR = "minor"
    ORDINARY = "ordinary"
    SERIOUS = "serious"


class FindingStatus(StrEnum):
    """Where a finding stands."""

    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    OBJECTED = "objected"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    """the objection of the unit holds"""
    DISPOSED = "disposed"


class Disposition(StrEnum):
    """What a finding leads to: 整改 / 发函 / 立案办理 / 表扬 / 不予处理."""

    ITEM = "item"
    LETTER = "letter"
    CASE = "case"
    PRAISE = "praise"
    NO_ACTION = "no_action"


class ChecklistAnswer(SQLModel, table=True):
    """One answer as it was sent; a later one has the next `rev` and hides it, so that nothing is lost.

    `id` is made by whoever sends it, so that sending again does nothing. `seen_at` is when it was seen, `uploaded_at`
    when it arrived here.
    """

    __tablename__: ClassVar[str] = "inspection_answer"
    __table_args__ = (
        sa.UniqueConstraint("row_id", "item_key", "rev"),
        sa.CheckConstraint("rev > 0", name="rev"),
    )

    id: UUID = Field(primary_key=True)
    row_id: UUID = Field(foreign_key="inspection_unit.id")
    item_key: str
    rev: int
    result: AnswerResult = Field(sa_type=enum_type(AnswerResult))
    note: str | None = None
    seen_at: datetime = Field(sa_type=type_moment)
    uploaded_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    by: UUID
    by_name: str


class Finding(Entity, table=True):
    """A finding in a unit. `id` is made by whoever found it; `created_at` is when it was uploaded.

    `people` names those involved; it is sealed and leaves the inspection for nobody. `is_deemed` says that the unit
    was silent for too long and the finding stands therefore.
    """

    __tablename__: ClassVar[str] = FINDING
    __table_args__ = (
        sa.Index("ix_inspection_finding_inspection", "inspection_id", "seen_at", "id"),
        sa.Index("ix_inspection_finding_unit", "unit_id", "problem_code", "seen_at"),
        sa.Index("ix_inspection_finding_seen", "seen_at", "id"),
        sa.Index("ix_inspection_finding_due", "due_at", postgresql_where=sa.text("status = 'released'")),
        sa.CheckConstraint("(severity = 'good') = (problem_code IS NULL)", name="coded"),
        sa.CheckConstraint("(status = 'disposed') = (disposition IS NOT NULL)", name="disposed"),
        sa.CheckConstraint("status <> 'objected' OR objection IS NOT NULL", name="objected"),
        sa.CheckConstraint("NOT is_deemed OR confirmed_at IS NOT NULL", name="deemed"),
    )

    inspection_id: UUID = Field(foreign_key="inspection.id")
    row_id: UUID = Field(foreign_key="inspection_unit.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    status: FindingStatus = Field(default=FindingStatus.RECORDED, sa_type=enum_type(FindingStatus))
    item_key: str | None = None
    problem_code: str | None = None
    clause: str | None = None
    severity: FindingSeverity = Field(sa_type=enum_type(FindingSeverity))
    place: str
    facts: str
    people: str | None = Field(default=None, sa_type=SealedText)
    seen_at: datetime = Field(sa_type=type_moment)
    file_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    recorded_by: UUID
    recorded_by_name: str
    due_at: datetime | None = Field(default=None, sa_type=type_moment)
    confirmed_at: datetime | None = Field(default=None, sa_type=type_moment)
    confirmed_by_name: str | None = None
    is_deemed: bool = False
    objection: str | None = None
    objection_file_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    objected_by_name: str | None = None
    judgement: str | None = None
    judged_by_name: str | None = None
    disposition: Disposition | None = Field(default=None, sa_type=enum_type(Disposition))
    disposition_note: str | None = None
    disposed_by_name: str | None = None
    disposed_at: datetime | None = Field(default=None, sa_type=type_moment)
    item_id: UUID | None = Field(default=None, foreign_key="rectification_item.id")
    case_id: UUID | None = None
    letter_id: UUID | None = None
