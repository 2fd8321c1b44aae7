"""Major complaints listed in public (挂牌, S2-08, S2-17)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

LISTING = "case_listing"
REPORT, FINISH = "report", "finish"
"""The clocks of a listing: until the next weekly report, and until the matter is settled."""


class ListingStatus(StrEnum):
    """Where a listing stands; only its machine moves it."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    LISTED = "listed"
    UNLISTING = "unlisting"
    UNLISTED = "unlisted"


class CaseListing(Entity, table=True):
    """挂牌督办. A named leader answers for it (包案); it ends with a written conclusion, which is published (R-09).

    `public_text` is what the public reads; whoever wrote it does not publish it. `late_count` counts weekly reports
    that came late. `due_at` and `report_due_at` are those of the clocks, kept here so that lists sort and show them.
    """

    __tablename__: ClassVar[str] = LISTING
    __table_args__ = (
        sa.Index(
            "uq_case_listing_open",
            "case_id",
            unique=True,
            postgresql_where=sa.text("status NOT IN ('declined', 'unlisted')"),
        ),
        sa.Index("ix_case_listing_due", "status", "due_at", "id"),
        sa.Index("ix_case_listing_unit", "unit_id", "status"),
        sa.Index(
            "ix_case_listing_public",
            "published_at",
            "id",
            postgresql_where=sa.text("published_at IS NOT NULL"),
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'declined') OR (no IS NOT NULL AND listed_at IS NOT NULL)", name="listed"
        ),
        sa.CheckConstraint("published_at IS NULL OR published_by <> drafted_by", name="second_person"),
        sa.CheckConstraint(
            "status <> 'unlisted' OR (conclusion IS NOT NULL AND unlisted_at IS NOT NULL)", name="unlisted"
        ),
        sa.CheckConstraint(
            "status NOT IN ('unlisting', 'unlisted') OR (decision IS NOT NULL AND met_on IS NOT NULL)", name="decided"
        ),
        sa.CheckConstraint("late_count >= 0", name="late"),
    )

    case_id: UUID = Field(foreign_key="case.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    leader_id: UUID = Field(foreign_key="person.id")
    no: str | None = Field(default=None, unique=True)
    status: ListingStatus = Field(default=ListingStatus.PROPOSED, sa_type=enum_type(ListingStatus))
    grounds: str
    due_on: date
    due_at: datetime | None = Field(default=None, sa_type=type_moment)
    report_due_at: datetime | None = Field(default=None, sa_type=type_moment)
    late_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    proposed_by: UUID
    proposed_by_name: str
    listed_at: datetime | None = Field(default=None, sa_type=type_moment)
    listed_by_name: str | None = None
    met_on: date | None = None
    chaired_by: str | None = None
    decision: str | None = None
    public_title: str | None = None
    public_text: str | None = None
    drafted_by: UUID | None = None
    published_by: UUID | None = None
    published_at: datetime | None = Field(default=None, sa_type=type_moment)
    conclusion: str | None = None
    applied_by: UUID | None = None
    unlisted_at: datetime | None = Field(default=None, sa_type=type_moment)
    unlisted_by_name: str | None = None


class ListingReport(SQLModel, table=True):
    """One weekly report; append-only."""

    __tablename__: ClassVar[str] = "case_listing_report"
    __table_args__ = (sa.Index(None, "listing_id", "at"),)

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    listing_id: UUID = Field(foreign_key="case_listing.id")
    text: str
    at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    by_name: str
    due_at: datetime = Field(sa_type=type_moment)
    is_late: bool
