"""Tables of requests: what a unit asks for about a case, and two others decide (SM-23, SM-25)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from xiaoneng.core.worktime.models.words import LimitUnit
from xiaoneng.kit.db import Entity, enum_type, type_moment

REQUEST = "case_request"


class RequestKind(StrEnum):
    """What is asked for."""

    EXTENSION = "extension"
    """延期"""
    PAUSE = "pause"
    """中止计时"""
    EXCLUSION = "exclusion"
    """剔除考核"""
    APPEAL = "appeal"
    """申诉"""


ON_LIMITS = (RequestKind.EXTENSION, RequestKind.PAUSE)
"""What touches the limit of a case under way."""


class RequestStatus(StrEnum):
    """Where a request stands; only its machine moves it."""

    APPLIED = "applied"
    ENDORSED = "endorsed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AppealAbout(StrEnum):
    """What an appeal is against."""

    REDO = "redo"
    RATING = "rating"
    RETURN_REFUSED = "return_refused"
    EXCLUSION_REFUSED = "exclusion_refused"


class CaseRequest(Entity, table=True):
    """申请. Whoever applies, endorses and decides are three people (I4), and none of them is whom an appeal is against.

    `amount` is an extension in the unit of the limit. `due_before` and `due_after` tell what it did to the date.
    """

    __tablename__: ClassVar[str] = REQUEST
    __table_args__ = (
        sa.Index(None, "case_id"),
        sa.Index("ix_case_request_status", "status", "applied_at", "id"),
        sa.Index("ix_case_request_unit", "unit_id", "status", "applied_at", "id"),
        sa.Index(
            "uq_case_request_open",
            "case_id",
            "kind",
            unique=True,
            postgresql_where=sa.text("status IN ('applied', 'endorsed')"),
        ),
        sa.CheckConstraint("(kind = 'extension') = (amount IS NOT NULL) AND amount BETWEEN 1 AND 60", name="amount"),
        sa.CheckConstraint("(kind = 'appeal') = (about IS NOT NULL)", name="about"),
        sa.CheckConstraint("kind <> 'exclusion' OR cardinality(file_ids) > 0", name="evidence"),
        sa.CheckConstraint("endorsed_by <> applied_by AND decided_by <> applied_by", name="two_people"),
        sa.CheckConstraint("status <> 'granted' OR decided_by <> endorsed_by", name="three_people"),
        sa.CheckConstraint("(status IN ('granted', 'refused')) = (decided_at IS NOT NULL)", name="decided"),
        sa.CheckConstraint("status <> 'granted' OR endorsed_at IS NOT NULL", name="endorsed"),
    )

    case_id: UUID = Field(foreign_key="case.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    kind: RequestKind = Field(sa_type=enum_type(RequestKind))
    status: RequestStatus = Field(default=RequestStatus.APPLIED, sa_type=enum_type(RequestStatus))
    amount: int | None = None
    amount_unit: LimitUnit | None = Field(default=None, sa_type=enum_type(LimitUnit))
    about: AppealAbout | None = Field(default=None, sa_type=enum_type(AppealAbout))
    against_id: UUID | None = None
    reason: str
    file_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    applied_by: UUID
    applied_by_name: str
    applied_at: datetime = Field(sa_type=type_moment)
    endorsed_by: UUID | None = None
    endorsed_by_name: str | None = None
    endorsed_at: datetime | None = Field(default=None, sa_type=type_moment)
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=type_moment)
    decision: str | None = None
    told_at: datetime | None = Field(default=None, sa_type=type_moment)
    told_by: str | None = None
    due_before: datetime | None = Field(default=None, sa_type=type_moment)
    due_after: datetime | None = Field(default=None, sa_type=type_moment)
