"""Versioned code lists."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import enum_type, type_moment

MAX_NAME = 60
MAX_CODE = 20


class Scheme(StrEnum):
    """The code lists of the product."""

    CASE_CATEGORY = "case_category"
    """诉求事项分类"""
    PROBLEM = "problem"
    """突出问题分类：十大问题与四个方面十九个问题 (S0-03)"""
    VIOLATION = "violation"
    """违规情形：五严禁 (S0-09)、四个禁止 (S1-02)、五项整治 (S4-03)"""


class RowFault(StrEnum):
    """What can be wrong with a row of an imported list."""

    EMPTY_ROW = "empty_row"
    MISSING_PARENT = "missing_parent"
    TOO_LONG = "too_long"
    BAD_CHARACTERS = "bad_characters"
    DUPLICATE_ROW = "duplicate_row"
    TOO_MANY_CHILDREN = "too_many_children"


class TaxonomyVersion(SQLModel, table=True):
    """One edition of a list. The current one has the highest number of those whose day has come."""

    __tablename__: ClassVar[str] = "taxonomy_version"
    __table_args__ = (
        sa.UniqueConstraint("scheme", "version"),
        sa.CheckConstraint("version > 0", name="positive"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    scheme: Scheme = Field(sa_type=enum_type(Scheme))
    version: int
    valid_from: date
    created_by: UUID | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class TaxonomyTerm(SQLModel, table=True):
    """One entry of an edition. A retired one keeps its code and name for old records, but can no longer be chosen."""

    __tablename__: ClassVar[str] = "taxonomy_term"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["version_id", "parent_code"],
            ["taxonomy_term.version_id", "taxonomy_term.code"],
            name="fk_taxonomy_term_parent",
        ),
        sa.CheckConstraint("code <> ''", name="code"),
        sa.CheckConstraint("name <> ''", name="name"),
    )

    version_id: UUID = Field(primary_key=True, foreign_key="taxonomy_version.id")
    code: str = Field(primary_key=True, max_length=MAX_CODE)
    name: str = Field(max_length=MAX_NAME)
    parent_code: str | None = None
    sort: int
    retired: bool = False
