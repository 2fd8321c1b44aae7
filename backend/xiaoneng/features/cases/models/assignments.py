"""Tables of assignments: which unit has which part in a case (SM-5, the unit's side)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from xiaoneng.kit.db import Entity, enum_type, type_moment

ASSIGNMENT = "case_assignment"


class AssignmentPart(StrEnum):
    """主办, 协办."""

    LEAD = "lead"
    CO = "co"


class AssignmentWay(StrEnum):
    """How a unit came to its part."""

    DISPATCHED = "dispatched"
    DESIGNATED = "designated"
    """指定 by decision, with its basis (R-10)"""
    HANDED_OVER = "handed_over"
    """首接单位转交, against a receipt (R-22)"""
    HANDED_DOWN = "handed_down"
    """逐级交办 to a unit below"""
    WHISTLED = "whistled"
    """吹哨"""


class AssignmentStatus(StrEnum):
    """Where a unit stands with its part; only its machine, or that of the case for the lead, moves it."""

    TO_SIGN = "to_sign"
    SIGNED = "signed"
    HANDLING = "handling"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


_ENDED = "('accepted', 'returned', 'handed_over', 'cancelled')"


class CaseAssignment(Entity, table=True):
    """承办任务. The lead's reply and time limits are those of the case; a co-handling unit has its own.

    `acting_for_id` is whoever is away and for whom the handler stands in (R-25).
    `answers_to_id` is the unit that asked for the part and judges it; the desk did when it is null.
    """

    __tablename__: ClassVar[str] = ASSIGNMENT
    __table_args__ = (
        sa.Index(None, "case_id"),
        sa.Index("ix_case_assignment_unit_status_due", "unit_id", "status", "due_at", "id"),
        sa.Index(
            "ix_case_assignment_handler",
            "handler_id",
            "status",
            postgresql_where=sa.text("handler_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_case_assignment_acting_for",
            "acting_for_id",
            postgresql_where=sa.text("acting_for_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_case_assignment_open_lead",
            "case_id",
            unique=True,
            postgresql_where=sa.text("part = 'lead' AND ended_at IS NULL"),
        ),
        sa.Index(
            "uq_case_assignment_open_unit",
            "case_id",
            "unit_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint(f"(status IN {_ENDED}) = (ended_at IS NOT NULL)", name="ended"),
        sa.CheckConstraint(
            "part = 'lead' OR status NOT IN ('replied', 'accepted') OR reply_text IS NOT NULL", name="reply"
        ),
        sa.CheckConstraint("way <> 'designated' OR basis IS NOT NULL", name="basis"),
        sa.CheckConstraint("status NOT IN ('returned', 'cancelled') OR end_reason IS NOT NULL", name="reason"),
    )

    case_id: UUID = Field(foreign_key="case.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    part: AssignmentPart = Field(sa_type=enum_type(AssignmentPart))
    way: AssignmentWay = Field(sa_type=enum_type(AssignmentWay))
    status: AssignmentStatus = Field(default=AssignmentStatus.TO_SIGN, sa_type=enum_type(AssignmentStatus))
    answers_to_id: UUID | None = Field(default=None, foreign_key="unit.id")
    due_at: datetime = Field(sa_type=type_moment)
    dispatched_at: datetime = Field(sa_type=type_moment)
    dispatched_by: str
    note: str | None = None
    basis: str | None = None
    handler_id: UUID | None = Field(default=None, foreign_key="person.id")
    acting_for_id: UUID | None = Field(default=None, foreign_key="person.id")
    signed_at: datetime | None = Field(default=None, sa_type=type_moment)
    signed_by: str | None = None
    contacted_at: datetime | None = Field(default=None, sa_type=type_moment)
    arrived_at: datetime | None = Field(default=None, sa_type=type_moment)
    reply_text: str | None = None
    reply_file_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(sa.Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    replied_at: datetime | None = Field(default=None, sa_type=type_moment)
    replied_by: str | None = None
    redo_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    ended_at: datetime | None = Field(default=None, sa_type=type_moment)
    end_reason: str | None = None
