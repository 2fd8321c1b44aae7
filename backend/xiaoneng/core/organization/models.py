"""Units as a dated tree, people, their posts, and the bodies that carry a campaign (S0-02)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.core.access.models import Role
from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import Entity, enum_type, type_moment

MAX_LEVEL = 9


class UnitType(StrEnum):
    """What a unit is; the assessment ranks like with like."""

    PARTY_DEPARTMENT = "party_department"
    GOVERNMENT_DEPARTMENT = "government_department"
    JUDICIAL = "judicial"
    TOWNSHIP = "township"
    PUBLIC_INSTITUTION = "public_institution"
    STATE_ENTERPRISE = "state_enterprise"
    VERTICAL = "vertical"
    SECONDARY_INSTITUTION = "secondary_institution"
    COUNTY = "county"
    """县区 the government of a county or district, or of the prefecture above it"""
    VILLAGE = "village"


class BodyKind(StrEnum):
    """领导小组, 办公室, 工作组."""

    LEADING_GROUP = "leading_group"
    OFFICE = "office"
    WORKING_GROUP = "working_group"


POST_ROLES = (Role.UHD, Role.ULN, Role.HDL, Role.HOP, Role.MON, Role.AUD, Role.SYS, Role.SEC, Role.AUA)
"""Roles that a post gives."""
BODY_ROLES = (Role.LGO, Role.LGL, Role.INS, Role.ACC)
"""Roles that membership of a body gives."""
_RANGE = "valid_to IS NULL OR valid_to >= valid_from"


def _one_of(column: str, roles: tuple[Role, ...]) -> str:
    return f"{column} IN ({', '.join(repr(role.value) for role in roles)})"


class UnitState(SQLModel):
    """What may change about a unit while it stays the same unit. `level` counts from 1 (province) downwards."""

    name: str = Field(max_length=100)
    short_name: str = Field(max_length=100)
    type: UnitType = Field(sa_type=enum_type(UnitType))
    level: int
    parent_id: UUID | None = Field(default=None, foreign_key="unit.id")
    group_code: str | None = Field(default=None, max_length=40)
    is_key_unit: bool = False


class Unit(Entity, UnitState, table=True):
    """A unit with its present state, which holds since `state_from`; earlier states stand in `unit_history`.

    `valid_to` is the last day on which the unit exists.
    """

    __tablename__: ClassVar[str] = "unit"
    __table_args__ = (
        sa.CheckConstraint(_RANGE, name="valid_range"),
        sa.CheckConstraint("state_from >= valid_from", name="state_within"),
        sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
        sa.CheckConstraint(f"level BETWEEN 1 AND {MAX_LEVEL}", name="level"),
        sa.CheckConstraint("name <> '' AND short_name <> '' AND code <> ''", name="named"),
        sa.Index("uq_unit_live_code", "code", unique=True, postgresql_where=sa.text("valid_to IS NULL")),
        sa.Index(
            "uq_unit_live_root",
            sa.text("(parent_id IS NULL)"),
            unique=True,
            postgresql_where=sa.text("parent_id IS NULL AND valid_to IS NULL"),
        ),
        sa.Index(None, "parent_id"),
    )

    code: str = Field(max_length=40)
    valid_from: date
    valid_to: date | None = None
    state_from: date


class UnitHistory(UnitState, table=True):
    """A state that a unit had from `valid_from` to `valid_to`, both included."""

    __tablename__: ClassVar[str] = "unit_history"
    __table_args__ = (
        sa.CheckConstraint("valid_to >= valid_from", name="valid_range"),
        sa.UniqueConstraint("unit_id", "valid_from"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id")
    valid_from: date
    valid_to: date


class UnitLineage(SQLModel, table=True):
    """Who took over from whom, from the day `effective_on`."""

    __tablename__: ClassVar[str] = "unit_lineage"
    __table_args__ = (
        sa.CheckConstraint("predecessor_id <> successor_id", name="two_units"),
        sa.Index(None, "successor_id"),
    )

    predecessor_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    successor_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    effective_on: date


class UnitTreeVersion(SQLModel, table=True):
    """One row: its token changes with every change of the tree, and its lock lets one change through at a time."""

    __tablename__: ClassVar[str] = "unit_tree_version"
    __table_args__ = (sa.CheckConstraint("id = 1", name="single_row"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    token: UUID
    changed_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class Person(Entity, table=True):
    """Somebody who works for a unit. The telephone is sealed; `phone_hash` finds it again."""

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (
        sa.CheckConstraint("name <> ''", name="named"),
        sa.Index(None, "phone_hash"),
        sa.Index(None, "name", "id"),
    )

    name: str = Field(max_length=50)
    phone: str | None = Field(default=None, sa_type=SealedText)
    phone_hash: bytes | None = None
    is_mid_level: bool = False
    rank_level: str | None = Field(default=None, max_length=40)
    duties_public: str | None = Field(default=None, max_length=500)


class Appointment(Entity, table=True):
    """A post held by a person from `valid_from` to `valid_to`, both included. Its role ends with it.

    While the holder is away the role is the substitute's too (A/B 岗, R-25).
    """

    __tablename__: ClassVar[str] = "appointment"
    __table_args__ = (
        sa.CheckConstraint(_RANGE, name="valid_range"),
        sa.CheckConstraint(_one_of("role", POST_ROLES), name="role_of_a_post"),
        sa.Index("ix_appointment_person_id", "person_id"),
        sa.Index("ix_appointment_unit_id", "unit_id"),
        sa.Index(
            "uq_appointment_live_head",
            "unit_id",
            unique=True,
            postgresql_where=sa.text("role = 'UHD' AND valid_to IS NULL"),
        ),
        sa.Index(
            "uq_appointment_live_deputy",
            "unit_id",
            unique=True,
            postgresql_where=sa.text("is_deputy_in_charge AND valid_to IS NULL"),
        ),
        sa.CheckConstraint("substitute_id <> person_id", name="substitute"),
        sa.Index("ix_appointment_substitute", "substitute_id", postgresql_where=sa.text("substitute_id IS NOT NULL")),
    )

    person_id: UUID = Field(foreign_key="person.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    section: str | None = Field(default=None, max_length=100)
    title: str = Field(max_length=100)
    role: Role | None = Field(default=None, sa_type=enum_type(Role))
    is_deputy_in_charge: bool = False
    valid_from: date
    valid_to: date | None = None
    substitute_id: UUID | None = Field(default=None, foreign_key="person.id")


class Leave(Entity, table=True):
    """请假外出 from the first to the last day, both included.

    `told_at` is when the work went to whoever stands in, `back_at` when it came back.
    """

    __tablename__: ClassVar[str] = "leave"
    __table_args__ = (
        sa.CheckConstraint("last_day >= first_day", name="days"),
        sa.Index("ix_leave_person_day", "person_id", "last_day"),
        sa.Index("ix_leave_open", "first_day", postgresql_where=sa.text("back_at IS NULL")),
    )

    person_id: UUID = Field(foreign_key="person.id")
    first_day: date
    last_day: date
    reason: str
    recorded_by: str
    told_at: datetime | None = Field(default=None, sa_type=type_moment)
    back_at: datetime | None = Field(default=None, sa_type=type_moment)


class Body(Entity, table=True):
    """A leading group, its office or a working group, set up at a unit; members hold its role in that subtree."""

    __tablename__: ClassVar[str] = "body"
    __table_args__ = (
        sa.CheckConstraint(_RANGE, name="valid_range"),
        sa.CheckConstraint(_one_of("role", BODY_ROLES), name="role_of_a_body"),
        sa.Index(None, "unit_id"),
        sa.Index(None, "name", "id"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    kind: BodyKind = Field(sa_type=enum_type(BodyKind))
    name: str = Field(max_length=100)
    role: Role | None = Field(default=None, sa_type=enum_type(Role))
    valid_from: date
    valid_to: date | None = None


class Membership(Entity, table=True):
    """Somebody serves in a body. The role ends with the membership.

    `seconded` 抽调 means on loan from `home_unit_id`, and has a last day (S0-02: its rights end with it).
    `duty` is 组长, 副组长 and the like.
    """

    __tablename__: ClassVar[str] = "membership"
    __table_args__ = (
        sa.CheckConstraint(_RANGE, name="valid_range"),
        sa.CheckConstraint("NOT seconded OR valid_to IS NOT NULL", name="loan_ends"),
        sa.Index(None, "person_id"),
        sa.Index(None, "body_id", "valid_from", "id"),
        sa.Index(
            "uq_membership_live",
            "body_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("valid_to IS NULL"),
        ),
    )

    person_id: UUID = Field(foreign_key="person.id")
    body_id: UUID = Field(foreign_key="body.id")
    duty: str | None = Field(default=None, max_length=100)
    seconded: bool = False
    home_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    valid_from: date
    valid_to: date | None = None
