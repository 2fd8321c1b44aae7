"""SQL of schemes."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.features.evaluations.models.schemes import EvaluationScheme, SchemeStatus
from xiaoneng.features.evaluations.schemas.schemes import SchemeFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_SCHEME = sa.inspect(EvaluationScheme).local_table.c


async def find(session: Session, scheme_id: UUID, *, for_update: bool = False) -> EvaluationScheme | None:
    """One version, locked when it is to change."""
    query = sa.select(EvaluationScheme).where(_SCHEME.id == scheme_id)
    return await session.scalar(query.with_for_update() if for_update else query)


async def page(session: Session, chosen: SchemeFilter) -> Slice:
    """A page of versions, the newest first."""
    query = sa.select(*_SCHEME)
    if chosen.status is not None:
        query = query.where(_SCHEME.status == chosen.status)
    return await fetch_page(session, query, Order(_SCHEME.created_at, _SCHEME.id, descending=True), chosen)


async def last_version(session: Session, no: str) -> EvaluationScheme:
    """The newest version of a scheme, locked."""
    query = sa.select(EvaluationScheme).where(_SCHEME.no == no).order_by(_SCHEME.version.desc()).limit(1)
    return (await session.scalars(query.with_for_update())).one()


async def retire(session: Session, no: str, now: datetime) -> UUID | None:
    """End the version of a scheme that is in force, if there is one."""
    ending = (
        sa.update(EvaluationScheme)
        .where(_SCHEME.no == no, _SCHEME.status == SchemeStatus.IN_FORCE)
        .values(status=SchemeStatus.RETIRED, rev=_SCHEME.rev + 1, updated_at=now)
        .returning(_SCHEME.id)
    )
    ended: UUID | None = await session.scalar(ending)
    return ended
