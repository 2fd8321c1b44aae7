"""Plans of inspections for a year or a quarter, and what inspectors have declared about units."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

PLAN = "inspection_plan"


class PlanKind(StrEnum):
    """年度计划 / 季度计划."""

    ANNUAL = "annual"
    QUARTERLY = "quarterly"


class PlanStatus(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    CLOSED = "closed"


class InspectionPlan(Entity, table=True):
    """检查计划: the inspections of a year or a quarter. Units do not see plans: they would tell of secret ones."""

    __tablename__: ClassVar[str] = PLAN
    __table_args__ = (
        sa.Index("ix_inspection_plan_first", "first_on", "id"),
        sa.CheckConstraint("last_on >= first_on", name="period"),
    )

    title: str
    kind: PlanKind = Field(sa_type=enum_type(PlanKind))
    first_on: date
    last_on: date
    note: str | None = None
    status: PlanStatus = Field(default=PlanStatus.DRAFT, sa_type=enum_type(PlanStatus))
    created_by_name: str
    approved_by_name: str | None = None


class InspectorRelation(SQLModel, table=True):
    """利害关系: why a person does not inspect a unit, as declared; ended, never deleted (回避)."""

    __tablename__: ClassVar[str] = "inspector_relation"
    __table_args__ = (
        sa.Index(
            "uq_inspector_relation_open",
            "person_id",
            "unit_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    reason: str
    declared_by: UUID
    declared_by_name: str
    declared_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    ended_at: datetime | None = Field(default=None, sa_type=type_moment)
