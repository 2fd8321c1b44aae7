"""Uploaded files; what they hold stands in the content store under its SHA-256."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import type_moment

MAX_NAME = 200


class StoredFile(SQLModel, table=True):
    """One upload. `size` is in bytes; the subject is the object it was attached to, none for a fresh upload."""

    __tablename__: ClassVar[str] = "file"
    __table_args__ = (
        sa.CheckConstraint("size > 0", name="size"),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        sa.CheckConstraint("(subject_type IS NULL) = (subject_id IS NULL)", name="subject"),
        sa.Index(None, "sha256"),
        sa.Index("ix_file_unattached", "created_at", postgresql_where=sa.text("subject_id IS NULL")),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    name: str = Field(max_length=MAX_NAME)
    size: int = Field(sa_type=sa.BigInteger)
    media_type: str
    sha256: str = Field(max_length=64)
    uploaded_by: UUID
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    subject_type: str | None = None
    subject_id: UUID | None = None
