"""What units hand in for the stages of a campaign (S0-01, SM-2b)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.kit import ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

DELIVERABLE = "campaign_deliverable"
SUBMIT = "submit"
"""The clock of a deliverable: until it is handed in."""


class DeliverableStatus(StrEnum):
    """Where a deliverable stands; overdue is computed, never a state. `void`: the unit no longer takes part."""

    PENDING = "pending"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    VOID = "void"


class Requirement(SQLModel, table=True):
    """One kind of thing to hand in, for a stage or for the whole campaign; a column of the board."""

    __tablename__: ClassVar[str] = "campaign_requirement"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "seq"), sa.Index(None, "stage_id"))

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id")
    stage_id: UUID | None = Field(default=None, foreign_key="campaign_stage.id")
    seq: int
    title: str
    clause: str
    due_on: date


class Deliverable(Entity, table=True):
    """What one unit owes. `is_late` is that of the submission that counts: the last one (SM-9)."""

    __tablename__: ClassVar[str] = DELIVERABLE
    __table_args__ = (
        sa.UniqueConstraint("requirement_id", "unit_id"),
        sa.Index("ix_campaign_deliverable_unit", "unit_id", "status", "due_on", "id"),
        sa.Index("ix_campaign_deliverable_board", "campaign_id", "stage_id", "status"),
        sa.CheckConstraint("status IN ('pending', 'void') OR submitted_at IS NOT NULL", name="submitted"),
        sa.CheckConstraint("status <> 'rejected' OR reject_reason IS NOT NULL", name="rejected"),
        sa.CheckConstraint("returned_count >= 0", name="returned"),
    )

    requirement_id: UUID = Field(foreign_key="campaign_requirement.id")
    campaign_id: UUID = Field(foreign_key="campaign.id")
    stage_id: UUID | None = Field(default=None, foreign_key="campaign_stage.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    due_on: date
    status: DeliverableStatus = Field(default=DeliverableStatus.PENDING, sa_type=enum_type(DeliverableStatus))
    note: str | None = None
    file_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    submitted_at: datetime | None = Field(default=None, sa_type=type_moment)
    submitted_by_name: str | None = None
    is_late: bool = False
    reviewed_at: datetime | None = Field(default=None, sa_type=type_moment)
    reviewed_by_name: str | None = None
    reject_reason: str | None = None
    returned_count: int = 0
