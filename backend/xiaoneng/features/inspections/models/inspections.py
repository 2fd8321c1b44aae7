"""Inspections with their units, team and draws (SM-19; S3-25, S4-12, S2-26, S3-18)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

INSPECTION = "inspection"


class InspectionType(StrEnum):
    """日常检查 / 专项督查 / 突击抽查 / 暗访 / 动态督查 / 年中督查 / 年度考核检查."""

    DAILY = "daily"
    SPECIAL = "special"
    SURPRISE = "surprise"
    UNDERCOVER = "undercover"
    DYNAMIC = "dynamic"
    MID_YEAR = "mid_year"
    ANNUAL = "annual"


class InspectionStatus(StrEnum):
    """Where an inspection stands (SM-19)."""

    PLANNED = "planned"
    APPROVED = "approved"
    NOTICED = "noticed"
    EXECUTING = "executing"
    CONFIRMING = "confirming"
    """the findings are with the units, who confirm or object"""
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Ground(StrEnum):
    """How a unit or an inspector came in: named by the office, or drawn by lot (双随机)."""

    NAMED = "named"
    DRAWN = "drawn"


class VisitStatus(StrEnum):
    """How far the visit to one unit is."""

    OPEN = "open"
    VISITED = "visited"
    SKIPPED = "skipped"


class DrawKind(StrEnum):
    """What was drawn."""

    UNITS = "units"
    INSPECTORS = "inspectors"


def _keys() -> Any:
    return Field(default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"})


class Inspection(Entity, table=True):
    """One inspection. Units know nothing of it before `shown_at`: the notice, or the release of a secret one.

    `blind_unit_ids` are the units inspected with all above (short of the region) and below them: their staff never see
    the raw material, and a secret inspection not at all, before `released_at`. The number is given when it is shown,
    so that a gap tells of nothing. `silence_confirms` says whether a finding that a unit leaves unanswered stands.
    """

    __tablename__: ClassVar[str] = INSPECTION
    __table_args__ = (
        sa.Index("ix_inspection_starts", "starts_on", "id"),
        sa.Index("ix_inspection_plan", "plan_id", postgresql_where=sa.text("plan_id IS NOT NULL")),
        sa.Index("ix_inspection_units", "unit_ids", postgresql_using="gin"),
        sa.Index("ix_inspection_team", "team_ids", postgresql_using="gin"),
        sa.CheckConstraint("ends_on >= starts_on", name="period"),
        sa.CheckConstraint("type NOT IN ('undercover', 'surprise') OR is_secret", name="secret"),
        sa.CheckConstraint("(shown_at IS NULL) = (no IS NULL)", name="numbered"),
        sa.CheckConstraint("released_at IS NULL OR shown_at IS NOT NULL", name="released"),
        sa.CheckConstraint("status <> 'noticed' OR NOT is_secret", name="noticed"),
    )

    no: str | None = Field(default=None, unique=True)
    title: str
    type: InspectionType = Field(sa_type=enum_type(InspectionType))
    status: InspectionStatus = Field(default=InspectionStatus.PLANNED, sa_type=enum_type(InspectionStatus))
    is_secret: bool
    plan_id: UUID | None = Field(default=None, foreign_key="inspection_plan.id")
    campaign_id: UUID | None = Field(default=None, foreign_key="campaign.id")
    checklist_id: UUID = Field(foreign_key="inspection_checklist.id")
    scope: str
    starts_on: date
    ends_on: date
    silence_confirms: bool = True
    unit_ids: list[UUID] = _keys()
    team_ids: list[UUID] = _keys()
    leader_id: UUID | None = None
    blind_unit_ids: list[UUID] = _keys()
    created_by: UUID
    created_by_name: str
    approved_by_name: str | None = None
    shown_at: datetime | None = Field(default=None, sa_type=type_moment)
    released_at: datetime | None = Field(default=None, sa_type=type_moment)
    report: str | None = None
    conclusion: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=type_moment)


class InspectedUnit(SQLModel, table=True):
    """A unit of an inspection, and whether it has been visited; `skip_reason` says why not."""

    __tablename__: ClassVar[str] = "inspection_unit"
    __table_args__ = (
        sa.UniqueConstraint("inspection_id", "unit_id"),
        sa.Index("ix_inspection_unit_unit", "unit_id"),
        sa.CheckConstraint("(status = 'skipped') = (skip_reason IS NOT NULL)", name="skipped"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    inspection_id: UUID = Field(foreign_key="inspection.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    ground: Ground = Field(sa_type=enum_type(Ground))
    status: VisitStatus = Field(default=VisitStatus.OPEN, sa_type=enum_type(VisitStatus))
    done_at: datetime | None = Field(default=None, sa_type=type_moment)
    done_by_name: str | None = None
    skip_reason: str | None = None


class InspectionMember(SQLModel, table=True):
    """Somebody of the team, from `added_at` until `removed_at`."""

    __tablename__: ClassVar[str] = "inspection_member"
    __table_args__ = (
        sa.Index(
            "uq_inspection_member_open",
            "inspection_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("removed_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    inspection_id: UUID = Field(foreign_key="inspection.id")
    person_id: UUID = Field(foreign_key="person.id")
    ground: Ground = Field(sa_type=enum_type(Ground))
    added_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    removed_at: datetime | None = Field(default=None, sa_type=type_moment)


class InspectionDraw(SQLModel, table=True):
    """One draw, never changed: anyone can repeat it from the seed and the population (`kit.lots`).

    `population` holds `[name, title]` of everybody in the hat, `excluded` who was kept out and why, `drawn` the names
    in the order of the draw. `population_hash` is the fingerprint of the names.
    """

    __tablename__: ClassVar[str] = "inspection_draw"
    __table_args__ = (sa.Index(None, "inspection_id", "at"), sa.CheckConstraint('"count" > 0', name="count"))

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    inspection_id: UUID = Field(foreign_key="inspection.id")
    kind: DrawKind = Field(sa_type=enum_type(DrawKind))
    seed: str
    count: int
    population: list[Any] = Field(sa_type=JSONB)
    population_hash: str
    excluded: list[Any] = Field(sa_type=JSONB)
    drawn: list[Any] = Field(sa_type=JSONB)
    reason: str | None = None
    at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    by_name: str
