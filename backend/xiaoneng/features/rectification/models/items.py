"""Tables of the rectification ledger (SM-3). 销号 closes a row; nothing here is ever deleted."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from xiaoneng.kit.db import Entity, enum_type, type_moment

SUBJECT_TYPE = "rectification_item"
PLAN, RECTIFY, PUBLICITY = "plan", "rectify", "publicity"
"""The clocks of an item: until its plan is there, until it is put right, and while the public may object."""


class ItemStatus(StrEnum):
    """Where the item stands; overdue is computed, never a state."""

    REGISTERED = "registered"
    PLANNED = "planned"
    PLAN_RETURNED = "plan_returned"
    RECTIFYING = "rectifying"
    CLOSEOUT_APPLIED = "closeout_applied"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    """验收通过; closed at once or after the public notice"""
    CLOSED = "closed"
    FILED = "filed"
    """台账在册: brought in from a ledger kept elsewhere; nothing runs on it until the office takes it up"""
    VOIDED = "voided"
    """登记有误作废: the row stays, nothing runs on it"""


class OwnerType(StrEnum):
    """Whose list the problem stands on: 领导班子 / 班子成员 / 干部 / 单位 (S0-05)."""

    LEADING_TEAM = "leading_team"
    TEAM_MEMBER = "team_member"
    CADRE = "cadre"
    UNIT = "unit"


class ItemClass(StrEnum):
    """整改类型: 立行立改 / 限期 / 长期坚持."""

    IMMEDIATE = "immediate"
    DEADLINE = "deadline"
    LONG_TERM = "long_term"


class VerifyMethod(StrEnum):
    """现场核查 / 材料核查."""

    ON_SITE = "on_site"
    MATERIAL = "material"


class RectificationItem(Entity, table=True):
    """整改项. One row is the 整改, the 责任 and, when `is_systemic`, the 制度 list's view of a problem (S0-04).

    A systemic item closes only with its institution published, or waived with a reason (R-01). `is_mass` is what the
    people complained of in numbers; it is always looked back at (R-08). `is_joint` asks for acceptance by several
    bodies, `is_public` for a public notice before it closes.
    """

    __tablename__: ClassVar[str] = "rectification_item"
    __table_args__ = (
        sa.Index(
            "uq_rectification_item_source",
            "source_type",
            "source_id",
            unique=True,
            postgresql_where=sa.text("source_id IS NOT NULL AND source_type <> 'import'"),
        ),
        sa.Index("ix_rectification_item_import", "source_id", postgresql_where=sa.text("source_type = 'import'")),
        sa.Index("ix_rectification_item_unit_status", "lead_unit_id", "status", "due_at", "id"),
        sa.Index("ix_rectification_item_due", "due_at", "id"),
        sa.Index("ix_rectification_item_status_due", "status", "due_at", "id"),
        sa.Index(
            "ix_rectification_item_person",
            "responsible_person_id",
            "due_at",
            "id",
            postgresql_where=sa.text("responsible_person_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_rectification_item_signers",
            "signer_ids",
            postgresql_using="gin",
            postgresql_where=sa.text("signer_ids <> '{}'"),
        ),
        sa.Index("ix_rectification_item_co_units", "co_unit_ids", postgresql_using="gin"),
        sa.Index(
            "ix_rectification_item_institution",
            "institution_id",
            postgresql_where=sa.text("institution_id IS NOT NULL"),
        ),
        sa.Index("ix_rectification_item_systemic", "due_at", "id", postgresql_where=sa.text("is_systemic")),
        sa.Index("ix_rectification_item_created", "created_at", "id"),
        sa.CheckConstraint("progress_percent BETWEEN 0 AND 100", name="progress"),
        sa.CheckConstraint("(source_type IS NULL) = (source_id IS NULL)", name="source"),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        sa.CheckConstraint(
            "status IN ('registered', 'plan_returned', 'filed', 'voided') OR (target IS NOT NULL "
            "AND due_on IS NOT NULL AND lead_unit_id IS NOT NULL "
            "AND responsible_leader_id IS NOT NULL AND responsible_person_id IS NOT NULL)",
            name="plan",
        ),
        sa.CheckConstraint(
            "status NOT IN ('verified', 'accepted', 'closed') OR verified_at IS NOT NULL", name="verified"
        ),
        sa.CheckConstraint("extended_count >= 0 AND reopened_count >= 0", name="extended"),
        sa.CheckConstraint("(reopened_count > 0) = (reopened_at IS NOT NULL)", name="reopened"),
        sa.Index("ix_rectification_item_closed", "closed_at", "id", postgresql_where=sa.text("status = 'closed'")),
        sa.CheckConstraint("(owner_person_id IS NULL) = (owner_type IN ('leading_team', 'unit'))", name="owner"),
        sa.CheckConstraint("(institution_waiver IS NULL) = (institution_waived_by IS NULL)", name="waiver"),
    )

    no: str = Field(unique=True)
    title: str
    status: ItemStatus = Field(default=ItemStatus.REGISTERED, sa_type=enum_type(ItemStatus))
    item_class: ItemClass = Field(default=ItemClass.DEADLINE, sa_type=enum_type(ItemClass))
    owner_type: OwnerType = Field(
        default=OwnerType.UNIT, sa_type=enum_type(OwnerType), sa_column_kwargs={"server_default": "unit"}
    )
    owner_person_id: UUID | None = Field(default=None, foreign_key="person.id")
    problem: str
    manifestation: str | None = None
    problem_code: str | None = None
    cause: str | None = None
    target: str | None = None
    source_type: str | None = None
    source_id: UUID | None = None
    source_label: str | None = None
    lead_unit_id: UUID | None = None
    co_unit_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    responsible_leader_id: UUID | None = None
    responsible_person_id: UUID | None = None
    former_owner_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    """Who answered for it or for a measure before somebody else took over: they had a part in it (R-07)."""
    started_on: date | None = None
    due_on: date | None = None
    due_at: datetime = Field(sa_type=type_moment)
    progress_percent: int = 0
    plan_returned_count: int = 0
    returned_count: int = 0
    extended_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    is_mass: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    is_systemic: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    institution_id: UUID | None = Field(default=None, foreign_key="institution.id")
    institution_waiver: str | None = None
    institution_waived_by: str | None = None
    closeout_statement: str | None = None
    closeout_by: UUID | None = None
    closeout_at: datetime | None = Field(default=None, sa_type=type_moment)
    verify_method: VerifyMethod | None = Field(default=None, sa_type=enum_type(VerifyMethod))
    verify_conclusion: str | None = None
    verified_by: str | None = None
    verified_by_id: UUID | None = None
    verified_at: datetime | None = Field(default=None, sa_type=type_moment)
    is_joint: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    signer_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    """People of the bodies that are called to accept it, while they are: it is theirs to see by name."""
    is_public: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    conclusion: str | None = None
    accepted_at: datetime | None = Field(default=None, sa_type=type_moment)
    closed_at: datetime | None = Field(default=None, sa_type=type_moment)
    reopened_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    reopened_at: datetime | None = Field(default=None, sa_type=type_moment)
    reopened_from: UUID | None = None
    """The look-back check that found the rebound, if one did."""
    created_by: UUID | None = None
