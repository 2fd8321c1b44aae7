"""Templates from which campaigns are made, one for each policy document."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import type_moment


class CampaignTemplate(SQLModel, table=True):
    """One edition of a template. In force is the highest version whose day has come.

    `content` has the shape of `schemas.templates.TemplateContent`; editions are never changed.
    """

    __tablename__: ClassVar[str] = "campaign_template"
    __table_args__ = (
        sa.UniqueConstraint("code", "version"),
        sa.CheckConstraint("version > 0", name="positive"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    code: str
    version: int
    title: str
    valid_from: date
    content: dict[str, Any] = Field(sa_type=JSONB)
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
