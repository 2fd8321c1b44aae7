"""The register of institutions (制度): what is to be made, changed or abolished so that a problem does not return."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from xiaoneng.kit.db import Entity, enum_type

INSTITUTION = "institution"


class InstitutionTask(StrEnum):
    """立 / 改 / 废."""

    CREATE = "create"
    REVISE = "revise"
    ABOLISH = "abolish"


class InstitutionStatus(StrEnum):
    """Published means in force, and for one to be abolished that it no longer is."""

    PLANNED = "planned"
    PUBLISHED = "published"
    DROPPED = "dropped"


class Institution(Entity, table=True):
    """制度清单的一行. Several items may need the same one; a published one has its document number and day."""

    __tablename__: ClassVar[str] = INSTITUTION
    __table_args__ = (
        sa.Index("ix_institution_unit", "unit_id", "status", "due_on", "id"),
        sa.Index(None, "due_on", "id"),
        sa.CheckConstraint(
            "(status = 'published') = (doc_no IS NOT NULL AND published_on IS NOT NULL)", name="published"
        ),
    )

    no: str = Field(unique=True)
    title: str
    task: InstitutionTask = Field(sa_type=enum_type(InstitutionTask))
    status: InstitutionStatus = Field(default=InstitutionStatus.PLANNED, sa_type=enum_type(InstitutionStatus))
    unit_id: UUID = Field(foreign_key="unit.id")
    due_on: date
    doc_no: str | None = None
    published_on: date | None = None
    file_id: UUID | None = Field(default=None, foreign_key="file.id")
    created_by: UUID
