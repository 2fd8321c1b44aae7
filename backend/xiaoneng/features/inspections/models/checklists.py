"""Checklists of inspections, in editions that are never changed."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import type_moment


class InspectionChecklist(SQLModel, table=True):
    """One edition of a checklist; `content` has the shape of `schemas.checklists.ChecklistContent`."""

    __tablename__: ClassVar[str] = "inspection_checklist"
    __table_args__ = (sa.UniqueConstraint("code", "version"), sa.CheckConstraint("version > 0", name="positive"))

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    code: str
    version: int
    title: str
    valid_from: date
    content: dict[str, Any] = Field(sa_type=JSONB)
    created_by_name: str | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
