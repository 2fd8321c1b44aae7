"""Monitoring points and their monitors: 效能监测点, 效能监督员 (S3-10, SM-17)."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import Entity, enum_type

POINT, MONITOR = "monitoring_point", "monitor"


class PointType(StrEnum):
    """企业, 个体工商户, 村（社区）, 社会组织."""

    ENTERPRISE = "enterprise"
    TRADER = "trader"
    COMMUNITY = "community"
    ORGANISATION = "organisation"


class TermStatus(StrEnum):
    """Where the term of a point or of a monitor stands (SM-17); only its machine moves it."""

    NOMINATED = "nominated"
    APPOINTED = "appointed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


class EvaluationResult(StrEnum):
    """续任 or 解除: what the yearly evaluation comes to."""

    RENEW = "renew"
    REMOVE = "remove"


class MonitoringPoint(Entity, table=True):
    """监测点. Its name tells who it is and is sealed; the number is how everybody else may speak of it."""

    __tablename__: ClassVar[str] = POINT
    __table_args__ = (sa.Index("ix_monitoring_point_status", "status", "created_at", "id"),)

    no: str = Field(unique=True)
    name: str = Field(sa_type=SealedText)
    type: PointType = Field(sa_type=enum_type(PointType))
    region: str
    unit_ids: list[UUID] = Field(sa_type=ARRAY(sa.Uuid))
    status: TermStatus = Field(default=TermStatus.NOMINATED, sa_type=enum_type(TermStatus))
    evaluated_year: int | None = None
    evaluation: str | None = None
    appointed_on: date | None = None
    removed_on: date | None = None


class Monitor(Entity, table=True):
    """监督员 of a point. `name`, `phone` and `person_key`, the key of their person, are sealed.

    `person_hash` is the keyed hash by which a monitor finds what is their own; nobody without the key can go back
    from it. Without a person a monitor has no account and is telephoned by the office (电话随访).
    """

    __tablename__: ClassVar[str] = MONITOR
    __table_args__ = (
        sa.Index("ix_monitor_point", "point_id"),
        sa.Index("ix_monitor_status", "status", "created_at", "id"),
        sa.Index(
            "uq_monitor_person",
            "point_id",
            "person_hash",
            unique=True,
            postgresql_where=sa.text("person_hash IS NOT NULL AND status <> 'removed'"),
        ),
        sa.CheckConstraint("(person_key IS NULL) = (person_hash IS NULL)", name="person"),
    )

    point_id: UUID = Field(foreign_key="monitoring_point.id")
    name: str = Field(sa_type=SealedText)
    phone: str = Field(sa_type=SealedText)
    person_key: str | None = Field(default=None, sa_type=SealedText)
    person_hash: bytes | None = None
    unit_ids: list[UUID] = Field(sa_type=ARRAY(sa.Uuid))
    status: TermStatus = Field(default=TermStatus.NOMINATED, sa_type=enum_type(TermStatus))
    evaluated_year: int | None = None
    evaluation: str | None = None
    appointed_on: date | None = None
    removed_on: date | None = None
