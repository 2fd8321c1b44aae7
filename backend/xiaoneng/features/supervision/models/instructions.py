"""Instructions of leaders on cases (批示), each a task for one addressee."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from xiaoneng.kit.db import Entity, enum_type, type_moment

INSTRUCTION = "case_instruction"
FINISH = "finish"


class InstructionStatus(StrEnum):
    """Where an instruction stands with its addressee; only its machine moves it."""

    ISSUED = "issued"
    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class InstructionGrade(StrEnum):
    """急件, 一般件, 疑难: which time policy `supervision.instruction.*` an instruction without a date falls under."""

    URGENT = "urgent"
    NORMAL = "normal"
    HARD = "hard"


class CaseInstruction(Entity, table=True):
    """批示 with what came of it. What one leader told several addressees at once has the same `batch_id`.

    `due_at` is the finish clock's, kept here so that lists sort by it.
    """

    __tablename__: ClassVar[str] = INSTRUCTION
    __table_args__ = (
        sa.Index(None, "case_id"),
        sa.Index("ix_case_instruction_unit_due", "unit_id", "status", "due_at", "id"),
        sa.Index("ix_case_instruction_due", "status", "due_at", "id"),
        sa.CheckConstraint("status IN ('issued', 'returned', 'withdrawn') OR report_text IS NOT NULL", name="report"),
        sa.CheckConstraint("(status IN ('accepted', 'withdrawn')) = (ended_at IS NOT NULL)", name="ended"),
        sa.CheckConstraint("returned_count >= 0", name="returned"),
    )

    case_id: UUID = Field(foreign_key="case.id")
    batch_id: UUID
    text: str
    grade: InstructionGrade = Field(sa_type=enum_type(InstructionGrade))
    unit_id: UUID = Field(foreign_key="unit.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    status: InstructionStatus = Field(default=InstructionStatus.ISSUED, sa_type=enum_type(InstructionStatus))
    due_at: datetime = Field(sa_type=type_moment)
    given_by: UUID
    given_by_name: str
    given_at: datetime = Field(sa_type=type_moment)
    report_text: str | None = None
    reported_by: UUID | None = None
    reported_by_name: str | None = None
    reported_at: datetime | None = Field(default=None, sa_type=type_moment)
    judgement: str | None = None
    judged_by_name: str | None = None
    returned_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    ended_at: datetime | None = Field(default=None, sa_type=type_moment)
