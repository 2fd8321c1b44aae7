"""Schemes of the democratic evaluation (民主评议, 公述民评): what is judged, by whom, and how it is counted."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from xiaoneng.kit.db import Entity, enum_type, type_moment

SCHEME = "evaluation_scheme"


class SchemeStatus(StrEnum):
    """Where a version of a scheme stands; only its machine moves it."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    RETIRED = "retired"


class RaterCategory(StrEnum):
    """Where a representative comes from (domain §2.7): the strata of the pool and of the draw."""

    SERVICE_USER = "service_user"
    """服务对象"""
    SUPERVISOR = "supervisor"
    """监督员"""
    DEPUTY = "deputy"
    """两代表一委员"""
    ENTERPRISE = "enterprise"
    """企业代表"""
    RESIDENT = "resident"
    """群众代表"""


class ObjectKind(StrEnum):
    """What is judged: a whole unit, one of its sections (S3-22), or one of its services."""

    UNIT = "unit"
    SECTION = "section"
    SERVICE_ITEM = "service_item"


class EvaluationScheme(Entity, table=True):
    """One version of a scheme. `content` has the shape of `schemas.schemes.SchemeContent`.

    A version in force is never changed: a change is a new version of the same number, enacted by somebody else than
    whoever drafted it (row 15 of the matrix).
    """

    __tablename__: ClassVar[str] = SCHEME
    __table_args__ = (
        sa.UniqueConstraint("no", "version"),
        sa.Index(None, "created_at", "id"),
        sa.Index("uq_evaluation_scheme_in_force", "no", unique=True, postgresql_where=sa.text("status = 'in_force'")),
        sa.CheckConstraint("version > 0", name="version"),
        sa.CheckConstraint("(status = 'draft') = (enacted_at IS NULL)", name="enacted"),
        sa.CheckConstraint("enacted_by IS NULL OR enacted_by <> drafted_by", name="second_person"),
    )

    no: str
    version: int
    title: str
    status: SchemeStatus = Field(default=SchemeStatus.DRAFT, sa_type=enum_type(SchemeStatus))
    content: dict[str, Any] = Field(sa_type=JSONB)
    drafted_by: UUID
    drafted_by_name: str
    enacted_by: UUID | None = None
    enacted_by_name: str | None = None
    enacted_at: datetime | None = Field(default=None, sa_type=type_moment)
