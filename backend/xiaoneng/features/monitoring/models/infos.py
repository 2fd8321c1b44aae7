"""What monitors tell the office: 监测信息 (SM-17)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import Entity, enum_type, type_moment

INFO, SCREEN = "monitoring_info", "screen"


class InfoStatus(StrEnum):
    """Where a piece of information stands; only its machine moves it."""

    SUBMITTED = "submitted"
    SCREENED = "screened"
    CASE_CREATED = "case_created"
    LETTER_LINKED = "letter_linked"
    NOTED = "noted"
    FED_BACK = "fed_back"
    CLOSED = "closed"


class MonitoringInfo(Entity, table=True):
    """监测信息. Its words are sealed because they may tell who wrote them; so are the keys of whoever did.

    `unit_ids` are those the point watches, for recusal; `due_at` is the screening clock's.
    """

    __tablename__: ClassVar[str] = INFO
    __table_args__ = (
        sa.Index("ix_monitoring_info_status", "status", "due_at", "id"),
        sa.Index("ix_monitoring_info_person", "person_hash", "due_at", "id"),
        # the case is a buffered row, written after this one
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], deferrable=True, initially="DEFERRED"),
        sa.CheckConstraint("status <> 'case_created' OR case_id IS NOT NULL", name="case"),
        sa.CheckConstraint("status <> 'letter_linked' OR letter_id IS NOT NULL", name="letter"),
        sa.CheckConstraint("status NOT IN ('fed_back', 'closed') OR feedback IS NOT NULL", name="feedback"),
    )

    no: str = Field(unique=True)
    monitor_id: UUID = Field(foreign_key="monitor.id")
    point_id: UUID = Field(foreign_key="monitoring_point.id")
    person_key: str = Field(sa_type=SealedText)
    person_hash: bytes
    unit_ids: list[UUID] = Field(sa_type=ARRAY(sa.Uuid))
    about_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    title: str = Field(sa_type=SealedText)
    content: str = Field(sa_type=SealedText)
    status: InfoStatus = Field(default=InfoStatus.SUBMITTED, sa_type=enum_type(InfoStatus))
    due_at: datetime = Field(sa_type=type_moment)
    submitted_at: datetime = Field(sa_type=type_moment)
    case_id: UUID | None = None
    letter_id: UUID | None = Field(default=None, foreign_key="letter.id")
    note: str | None = None
    feedback: str | None = None
    fed_back_at: datetime | None = Field(default=None, sa_type=type_moment)
