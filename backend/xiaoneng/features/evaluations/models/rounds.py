"""Rounds of the evaluation (SM-10) and their draws (S2-27, R-50, R-51)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.kit import ids
from xiaoneng.kit.db import Entity, enum_type, type_moment

ROUND = "evaluation_round"


class RoundStatus(StrEnum):
    """Where a round stands (SM-10); only its machine moves it."""

    DRAFT = "draft"
    SCHEME_FROZEN = "scheme_frozen"
    POOL_FROZEN = "pool_frozen"
    DRAWN = "drawn"
    OPEN = "open"
    CLOSED = "closed"
    COMPUTED = "computed"
    PUBLISHED = "published"
    FINAL = "final"
    VOID = "void"


class DrawStatus(StrEnum):
    """A draw is committed before its entropy exists, drawn with it, and superseded when it is drawn anew."""

    COMMITTED = "committed"
    DRAWN = "drawn"
    SUPERSEDED = "superseded"


class LotState(StrEnum):
    """What became of one lot of the pool."""

    POOL = "pool"
    DRAWN = "drawn"
    RESERVE = "reserve"
    REFUSED = "refused"


class EvaluationRound(Entity, table=True):
    """One yearly round. `content` is the scheme as it was when it was frozen; from then on it does not change."""

    __tablename__: ClassVar[str] = ROUND
    __table_args__ = (
        sa.Index(None, "created_at", "id"),
        sa.CheckConstraint("(status = 'draft') = (content IS NULL)", name="frozen"),
        sa.CheckConstraint("(content IS NULL) = (content_hash IS NULL)", name="hashed"),
        sa.CheckConstraint("year BETWEEN 2000 AND 2199", name="year"),
    )

    no: str = Field(unique=True)
    title: str
    year: int
    status: RoundStatus = Field(default=RoundStatus.DRAFT, sa_type=enum_type(RoundStatus))
    scheme_id: UUID = Field(foreign_key="evaluation_scheme.id")
    content: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    content_hash: str | None = Field(default=None, max_length=64)
    void_reason: str | None = None
    created_by: UUID
    created_by_name: str


class EvaluationDraw(SQLModel, table=True):
    """One draw of a round: pool and rules published first, public entropy named in advance and entered later.

    `pool_hash` is the SHA-256 of the lots, one `category label` a line in their order. A draw that was superseded
    stays with the reason.
    """

    __tablename__: ClassVar[str] = "evaluation_draw"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "seq"),
        sa.Index(
            "uq_evaluation_draw_standing", "round_id", unique=True, postgresql_where=sa.text("status <> 'superseded'")
        ),
        sa.CheckConstraint("seq > 0 AND size > 0 AND pool_count >= size", name="counts"),
        sa.CheckConstraint("(entropy IS NULL) = (drawn_at IS NULL)", name="revealed"),
        sa.CheckConstraint("status <> 'drawn' OR entropy IS NOT NULL", name="drawn"),
        sa.CheckConstraint("(status = 'superseded') = (superseded_reason IS NOT NULL)", name="superseded"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    round_id: UUID = Field(foreign_key="evaluation_round.id")
    seq: int
    status: DrawStatus = Field(default=DrawStatus.COMMITTED, sa_type=enum_type(DrawStatus))
    size: int
    quotas: dict[str, int] = Field(sa_type=JSONB)
    pool_count: int
    excluded_count: int
    pool_hash: str = Field(max_length=64)
    entropy_source: str
    entropy_on: date
    committed_at: datetime = Field(sa_type=type_moment)
    committed_by_name: str
    entropy: str | None = None
    drawn_at: datetime | None = Field(default=None, sa_type=type_moment)
    drawn_by_name: str | None = None
    superseded_reason: str | None = None


class EvaluationLot(SQLModel, table=True):
    """One representative in a draw, under a label that tells nobody else who it is.

    `place` counts within the stratum from 1, once drawn: the first of a stratum are drawn, the rest are its reserve in
    this order.
    """

    __tablename__: ClassVar[str] = "evaluation_lot"
    __table_args__ = (
        sa.UniqueConstraint("draw_id", "representative_id"),
        sa.Index("ix_evaluation_lot_place", "draw_id", "category", "place"),
        sa.CheckConstraint("(state = 'pool') = (place IS NULL)", name="placed"),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused"),
    )

    draw_id: UUID = Field(foreign_key="evaluation_draw.id", primary_key=True)
    label: str = Field(max_length=16, primary_key=True)
    category: RaterCategory = Field(sa_type=enum_type(RaterCategory))
    representative_id: UUID = Field(foreign_key="evaluation_representative.id")
    place: int | None = None
    state: LotState = Field(default=LotState.POOL, sa_type=enum_type(LotState))
    refusal: str | None = None
