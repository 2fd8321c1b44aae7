"""The table of merges: which case was merged into which, by whom and why, and how to split them again (R-16)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.features.cases.models.case import CaseStatus
from xiaoneng.kit import ids
from xiaoneng.kit.db import enum_type, type_moment


class Trait(StrEnum):
    """In what two cases are alike."""

    CALLER = "caller"
    PLACE = "place"
    CATEGORY = "category"
    TEXT = "text"


class CaseMerge(SQLModel, table=True):
    """并件. `status_before` and `clock_ids` are what a split brings back: the state, and the limits set aside.

    A case that carried others takes them along; `with_id` is then the merge they came with, and they go back with it.
    """

    __tablename__: ClassVar[str] = "case_merge"
    __table_args__ = (
        sa.Index(
            "uq_case_merge_open",
            "case_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index(None, "into_id", "merged_at"),
        sa.Index("ix_case_merge_with", "with_id", postgresql_where=sa.text("with_id IS NOT NULL")),
        sa.CheckConstraint("case_id <> into_id", name="two_cases"),
        sa.CheckConstraint("status_before IN ('registered', 'to_sign', 'handling')", name="status_before"),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    case_id: UUID = Field(foreign_key="case.id")
    into_id: UUID = Field(foreign_key="case.id")
    with_id: UUID | None = Field(default=None, foreign_key="case_merge.id")
    status_before: CaseStatus = Field(sa_type=enum_type(CaseStatus))
    clock_ids: list[UUID] = Field(sa_type=ARRAY(sa.Uuid))
    reason: str
    merged_at: datetime = Field(sa_type=type_moment)
    merged_by: UUID
    merged_by_name: str
    ended_at: datetime | None = Field(default=None, sa_type=type_moment)
    ended_by_name: str | None = None
    end_reason: str | None = None
