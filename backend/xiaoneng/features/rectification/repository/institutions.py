"""SQL of the register of institutions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.rectification.models.institutions import Institution, InstitutionStatus
from xiaoneng.features.rectification.models.items import RectificationItem
from xiaoneng.features.rectification.repository.items import OVER
from xiaoneng.features.rectification.schemas.institutions import InstitutionFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_INSTITUTION = sa.inspect(Institution).local_table.c
_ITEM = sa.inspect(RectificationItem).local_table.c
_WAITING = (
    sa.select(sa.func.count())
    .where(_ITEM.institution_id == _INSTITUTION.id, _ITEM.status.not_in(OVER), _ITEM.institution_waiver.is_(None))
    .scalar_subquery()
)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The institutions this actor may know of."""
    reach = actor.reach("institution:read")
    if reach.jurisdiction:
        return sa.true()
    return _INSTITUTION.unit_id.in_(reach.units) if reach.units else sa.false()


async def get(session: Session, institution_id: UUID) -> Institution | None:
    """One institution for work of the system itself."""
    return await session.get(Institution, institution_id)


async def find_visible(
    session: Session, actor: Actor, institution_id: UUID, *, for_update: bool = False
) -> Institution | None:
    """One institution within the actor's sight, locked when it is to change."""
    query = sa.select(Institution).where(_INSTITUTION.id == institution_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def status_of(session: Session, institution_id: UUID) -> InstitutionStatus | None:
    """Where an institution stands."""
    return await session.scalar(sa.select(_INSTITUTION.status).where(_INSTITUTION.id == institution_id))


async def by_ids(session: Session, institution_ids: Sequence[UUID]) -> Sequence[Institution]:
    """Some institutions, in no order."""
    if not institution_ids:
        return []
    return (await session.scalars(sa.select(Institution).where(_INSTITUTION.id.in_(institution_ids)))).all()


async def waiting(session: Session, institution_id: UUID) -> int:
    """How many open items wait for it."""
    found = await session.scalar(sa.select(_WAITING).select_from(Institution).where(_INSTITUTION.id == institution_id))
    return found or 0


async def page(session: Session, actor: Actor, chosen: InstitutionFilter) -> Slice:
    """A page of the register, what is due first on top, with how many open items wait for each."""
    query: sa.Select[Any] = sa.select(
        Institution, _INSTITUTION.id, _INSTITUTION.due_on, _WAITING.label("waiting_items")
    ).where(visible_to(actor))
    if chosen.unit_id is not None:
        query = query.where(_INSTITUTION.unit_id == chosen.unit_id)
    if chosen.status is not None:
        query = query.where(_INSTITUTION.status == chosen.status)
    return await fetch_page(session, query, Order(_INSTITUTION.due_on, _INSTITUTION.id), chosen)
