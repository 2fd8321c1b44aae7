"""Table of saved views."""

from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from xiaoneng.kit.db import Entity

_SHARED = sa.text("shared_unit_id IS NOT NULL")


class SavedView(Entity, table=True):
    """How somebody looks at a list: conditions as its address has them, order, and columns.

    `list_name` is the console's name of the list. A shared one is seen by the people of its owner's unit, who change
    nothing about it. One view of a list at most opens by itself.
    """

    __tablename__: ClassVar[str] = "saved_view"
    __table_args__ = (
        sa.UniqueConstraint("account_id", "list_name", "title"),
        sa.Index(
            "ix_saved_view_default", "account_id", "list_name", unique=True, postgresql_where=sa.text("is_default")
        ),
        sa.Index(
            "ix_saved_view_shared",
            "shared_unit_id",
            "list_name",
            postgresql_where=sa.text("shared_unit_id IS NOT NULL"),
        ),
        sa.CheckConstraint("jsonb_typeof(filters) = 'object'", name="filters"),
        sa.CheckConstraint("columns IS NULL OR jsonb_typeof(columns) = 'object'", name="columns"),
    )

    account_id: UUID = Field(foreign_key="account.id")
    owner_name: str
    list_name: str = Field(max_length=40)
    title: str = Field(max_length=40)
    filters: dict[str, str] = Field(sa_type=JSONB)
    sort: str | None = Field(default=None, max_length=40)
    columns: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    is_default: bool = False
    shared_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
