"""SQL of what belongs to items: measures, evidence, reports of progress, requests for more time."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.features.rectification.models.plans import (
    Evidence,
    ExtensionStatus,
    ItemExtension,
    Measure,
    ProgressReport,
)
from xiaoneng.kit.db import Session

_MEASURE = sa.inspect(Measure).local_table.c
_EVIDENCE = sa.inspect(Evidence).local_table.c
_PROGRESS = sa.inspect(ProgressReport).local_table.c
_EXTENSION = sa.inspect(ItemExtension).local_table.c


async def measures(session: Session, item_id: UUID) -> Sequence[Measure]:
    """The plan's steps in their order."""
    query = sa.select(Measure).where(col(Measure.item_id) == item_id).order_by(col(Measure.seq))
    return (await session.scalars(query)).all()


async def measures_of(session: Session, item_ids: Sequence[UUID]) -> Sequence[Measure]:
    """The steps of several plans, those of an item in their order."""
    if not item_ids:
        return []
    query = sa.select(Measure).where(_MEASURE.item_id.in_(item_ids)).order_by(_MEASURE.item_id, _MEASURE.seq)
    return (await session.scalars(query)).all()


async def drop_measures(session: Session, item_id: UUID) -> None:
    """Make room for a new plan after the old one was returned; the history keeps what it said."""
    await session.execute(sa.delete(Measure).where(col(Measure.item_id) == item_id))


async def evidence(session: Session, item_id: UUID) -> Sequence[Evidence]:
    """The evidence in the order of its upload."""
    query = sa.select(Evidence).where(col(Evidence.item_id) == item_id).order_by(col(Evidence.uploaded_at))
    return (await session.scalars(query)).all()


async def progress(session: Session, item_id: UUID) -> Sequence[ProgressReport]:
    """The reports of an item, newest first."""
    query = sa.select(ProgressReport).where(_PROGRESS.item_id == item_id).order_by(_PROGRESS.at.desc())
    return (await session.scalars(query)).all()


async def extensions(session: Session, item_id: UUID) -> Sequence[ItemExtension]:
    """The requests for more time, newest first."""
    query = sa.select(ItemExtension).where(_EXTENSION.item_id == item_id).order_by(_EXTENSION.applied_at.desc())
    return (await session.scalars(query)).all()


async def open_extension(session: Session, item_id: UUID) -> ItemExtension | None:
    """The request that waits for a decision."""
    is_open = _EXTENSION.status == ExtensionStatus.APPLIED
    return await session.scalar(sa.select(ItemExtension).where(_EXTENSION.item_id == item_id, is_open))


async def who_rectified(session: Session, item_id: UUID) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """People who own a measure, and accounts that reported progress or brought evidence (R-07)."""
    owners = sa.select(_MEASURE.owner_id.label("key"), sa.literal(1).label("kind")).where(_MEASURE.item_id == item_id)
    reporters = sa.select(_PROGRESS.by_id, sa.literal(2)).where(_PROGRESS.item_id == item_id)
    provers = sa.select(_EVIDENCE.uploaded_by_id, sa.literal(2)).where(
        _EVIDENCE.item_id == item_id, _EVIDENCE.uploaded_by_id.is_not(None)
    )
    rows = (await session.execute(owners.union(reporters, provers))).all()
    return frozenset(row.key for row in rows if row.kind == 1), frozenset(row.key for row in rows if row.kind != 1)
