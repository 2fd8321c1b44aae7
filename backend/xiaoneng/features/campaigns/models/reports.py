"""Reports that units owe a campaign period by period (S0-25, S1-13, S3-27, S4-07; SM-9)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from xiaoneng.kit import ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

REPORT = "campaign_report"
DUE = "report"
"""The clock of a report: until it is handed in."""


class ReportRule(StrEnum):
    """When a report is due: after each quarter, month or week, or on one day."""

    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    FIXED_DATE = "fixed_date"


class ReportStatus(StrEnum):
    """Where a report stands; on time, late and missing are computed, never states."""

    OWED = "owed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class ReportDuty(SQLModel, table=True):
    """What is to be reported, and by which rule; of a stage, if its gate waits for it."""

    __tablename__: ClassVar[str] = "campaign_report_duty"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "seq"),
        sa.CheckConstraint("(rule = 'fixed_date') = (due_on IS NOT NULL)", name="dated"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    campaign_id: UUID = Field(foreign_key="campaign.id")
    stage_id: UUID | None = Field(default=None, foreign_key="campaign_stage.id")
    seq: int
    rule: ReportRule = Field(sa_type=enum_type(ReportRule))
    title: str
    clause: str
    due_on: date | None = None
    attachments: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.String))


class CampaignReport(Entity, table=True):
    """What one unit owes for one period. `due_on` and `due_at` are those of the clock.

    `is_late` is that of the submission that counts: the last one (SM-9).
    """

    __tablename__: ClassVar[str] = REPORT
    __table_args__ = (
        sa.UniqueConstraint("duty_id", "unit_id", "period"),
        sa.Index("ix_campaign_report_unit", "unit_id", "status", "due_at", "id"),
        sa.Index("ix_campaign_report_period", "campaign_id", "due_at", "id"),
        sa.CheckConstraint("period_last >= period_first", name="period"),
        sa.CheckConstraint("status = 'owed' OR submitted_at IS NOT NULL", name="submitted"),
        sa.CheckConstraint("status <> 'returned' OR return_reason IS NOT NULL", name="returned"),
    )

    duty_id: UUID = Field(foreign_key="campaign_report_duty.id")
    campaign_id: UUID = Field(foreign_key="campaign.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    period: str
    period_first: date
    period_last: date
    due_on: date
    due_at: datetime = Field(sa_type=type_moment)
    status: ReportStatus = Field(default=ReportStatus.OWED, sa_type=enum_type(ReportStatus))
    text: str | None = None
    file_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    submitted_at: datetime | None = Field(default=None, sa_type=type_moment)
    submitted_by_name: str | None = None
    is_late: bool = False
    reviewed_by_name: str | None = None
    return_reason: str | None = None
