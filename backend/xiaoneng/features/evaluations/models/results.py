"""Results of rounds: versions that are never written over (R-56), with a row for each object."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.features.evaluations.models.schemes import ObjectKind
from xiaoneng.kit import ids
from xiaoneng.kit.db import enum_type, type_moment


class EvaluationResult(SQLModel, table=True):
    """One tally of a round. `box_hash` is the SHA-256 of the box in canonical JSON; `faults` say why it does not count.

    `parts` are the monthly part, the work check and the veto of each object in order, as they were given.
    """

    __tablename__: ClassVar[str] = "evaluation_result"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "version"),
        sa.CheckConstraint("version > 0", name="version"),
        sa.CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published"),
        sa.CheckConstraint("(published_at IS NULL) = (objections_until IS NULL)", name="window"),
        sa.CheckConstraint("published_by IS NULL OR published_by <> tallied_by", name="second_person"),
        sa.CheckConstraint("published_at IS NULL OR faults = '[]'::jsonb", name="valid"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    round_id: UUID = Field(foreign_key="evaluation_round.id")
    version: int
    box_hash: str = Field(max_length=64)
    faults: list[str] = Field(sa_type=JSONB)
    issued: int
    returned: int
    parts: list[Any] = Field(sa_type=JSONB)
    tallied_at: datetime = Field(sa_type=type_moment)
    tallied_by: UUID
    tallied_by_name: str
    published_at: datetime | None = Field(default=None, sa_type=type_moment)
    published_by: UUID | None = None
    published_by_name: str | None = None
    objections_until: datetime | None = Field(default=None, sa_type=type_moment)


class EvaluationScore(SQLModel, table=True):
    """What a version says about one object; scores that may not be shown are not kept here at all.

    `exact` is the unrounded total as `numerator/denominator`; `survey` and `total` are rounded half up. `cells` are the
    strata: `category`, `replies`, `mean` and `hidden`.
    """

    __tablename__: ClassVar[str] = "evaluation_score"
    __table_args__ = (
        sa.Index(None, "unit_id"),
        sa.CheckConstraint("(total IS NULL) = (exact IS NULL)", name="exact"),
        sa.CheckConstraint("NOT hidden OR (survey IS NULL AND total IS NULL AND rank IS NULL)", name="hidden"),
    )

    result_id: UUID = Field(foreign_key="evaluation_result.id", primary_key=True)
    place: int = Field(primary_key=True)
    group_name: str
    is_key: bool
    unit_id: UUID = Field(foreign_key="unit.id")
    kind: ObjectKind = Field(sa_type=enum_type(ObjectKind))
    name: str
    survey: Decimal | None = Field(default=None, sa_type=sa.Numeric(5, 2))
    total: Decimal | None = Field(default=None, sa_type=sa.Numeric(5, 2))
    exact: str | None = None
    replies: int
    unknown: int
    cells: list[Any] = Field(sa_type=JSONB)
    rank: int | None = None
    ranked: int
    is_bottom: bool
    hidden: bool
    small: bool
    reweighted: bool
    veto: str | None = None
