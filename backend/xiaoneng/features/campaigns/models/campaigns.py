"""Campaigns, their stages, and the units that take part (S0-01, S0-28)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit.db import Entity, enum_type, type_moment

CAMPAIGN = "campaign"
STAGE = "campaign_stage"


class CampaignStatus(StrEnum):
    """Where a campaign stands (SM-1); only its machine moves it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RUNNING = "running"
    SUSPENDED = "suspended"
    SUMMARISING = "summarising"
    CLOSED = "closed"
    ARCHIVED = "archived"


class StageStatus(StrEnum):
    """Where a stage stands (SM-2). That it is open past its window is computed, never a state."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Campaign(Entity, table=True):
    """专项活动. `host_unit_id` is whose campaign it is; `parent_id` the one of the level above that it follows (S0-28).

    `basis` names the document behind it, `basis_no` its number (文号), which publishing asks for.
    """

    __tablename__: ClassVar[str] = CAMPAIGN
    __table_args__ = (
        sa.Index("ix_campaign_starts", "starts_on", "id"),
        sa.Index("ix_campaign_host", "host_unit_id"),
        sa.Index("ix_campaign_parent", "parent_id", postgresql_where=sa.text("parent_id IS NOT NULL")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="window"),
        sa.CheckConstraint("status = 'draft' OR basis_no IS NOT NULL", name="published"),
        sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
        sa.CheckConstraint("(status IN ('closed', 'archived')) = (closed_at IS NOT NULL)", name="closed"),
    )

    no: str = Field(unique=True)
    title: str
    theme: str | None = None
    basis: str
    basis_no: str | None = None
    plan_file_id: UUID | None = None
    status: CampaignStatus = Field(default=CampaignStatus.DRAFT, sa_type=enum_type(CampaignStatus))
    template_id: UUID = Field(foreign_key="campaign_template.id")
    host_unit_id: UUID = Field(foreign_key="unit.id")
    parent_id: UUID | None = Field(default=None, foreign_key="campaign.id")
    starts_on: date
    ends_on: date | None = None
    summary: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=type_moment)
    created_by: UUID
    created_by_name: str


class CampaignStage(Entity, table=True):
    """One stage with its window. It closes complete, or with the reason for the exception (SM-2)."""

    __tablename__: ClassVar[str] = STAGE
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "seq"),
        sa.Index("ix_campaign_stage_planned", "starts_on", postgresql_where=sa.text("status = 'planned'")),
        sa.CheckConstraint("seq > 0", name="seq"),
        sa.CheckConstraint("ends_on >= starts_on", name="window"),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        sa.CheckConstraint("exception_reason IS NULL OR status = 'closed'", name="exception"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id")
    seq: int
    title: str
    clause: str
    starts_on: date
    ends_on: date
    self_check: bool = False
    status: StageStatus = Field(default=StageStatus.PLANNED, sa_type=enum_type(StageStatus))
    closed_at: datetime | None = Field(default=None, sa_type=type_moment)
    closed_by_name: str | None = None
    exception_reason: str | None = None


class CampaignUnit(SQLModel, table=True):
    """A unit that takes part, from a day to a day (both included)."""

    __tablename__: ClassVar[str] = "campaign_unit"
    __table_args__ = (
        sa.Index("ix_campaign_unit_unit", "unit_id"),
        sa.CheckConstraint("removed_on IS NULL OR removed_on >= added_on", name="days"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    added_on: date
    removed_on: date | None = None
