"""The responsibility matrix of a campaign (S1-04, S3, S4-04) and what came of each task (R-12)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.kit.db import Entity, enum_type, type_moment

TASK = "campaign_task"
ANSWER = "reply"
"""The clock of a task: until its result is told."""


class TaskStatus(StrEnum):
    """Where a task stands. Unanswered past its day (不扯回销) is computed, never a state."""

    OPEN = "open"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    ACCEPTED = "accepted"


class CampaignTask(Entity, table=True):
    """A line of the matrix. `lead_names` and `co_names` are the document's words, the units those of this region.

    `parent_id` is the task of the level above that this one hands down (S0-28).
    """

    __tablename__: ClassVar[str] = TASK
    __table_args__ = (
        sa.Index("ix_campaign_task_campaign", "campaign_id", "seq", "id"),
        sa.Index("ix_campaign_task_unit", "lead_unit_id", "status", "due_on"),
        sa.Index("ix_campaign_task_parent", "parent_id", postgresql_where=sa.text("parent_id IS NOT NULL")),
        sa.Index(
            "uq_campaign_task_cascade",
            "parent_id",
            "lead_unit_id",
            unique=True,
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        ),
        sa.CheckConstraint("status = 'open' OR (lead_unit_id IS NOT NULL AND due_on IS NOT NULL)", name="assigned"),
        sa.CheckConstraint(
            "status NOT IN ('answered', 'accepted') OR (result IS NOT NULL AND answered_at IS NOT NULL)",
            name="answered",
        ),
        sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id")
    parent_id: UUID | None = Field(default=None, foreign_key="campaign_task.id")
    seq: int
    no: str
    area: str
    title: str
    clause: str
    lead_names: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.String))
    co_names: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.String))
    section: str | None = None
    named_owner: bool = False
    lead_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    owner_id: UUID | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    status: TaskStatus = Field(default=TaskStatus.OPEN, sa_type=enum_type(TaskStatus))
    result: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=type_moment)
    answered_by_name: str | None = None
    is_late: bool = False
    return_reason: str | None = None
    judged_by_name: str | None = None


class CampaignTaskUnit(SQLModel, table=True):
    """A co-unit of a task."""

    __tablename__: ClassVar[str] = "campaign_task_unit"
    __table_args__ = (sa.Index(None, "unit_id"),)

    task_id: UUID = Field(foreign_key="campaign_task.id", primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
