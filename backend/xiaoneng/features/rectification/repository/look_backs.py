"""SQL of look-backs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.features.rectification.models.items import ItemStatus, RectificationItem
from xiaoneng.features.rectification.models.look_backs import CheckResult, LookBack, LookBackCheck
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_LOOK = sa.inspect(LookBack).local_table.c
_CHECK = sa.inspect(LookBackCheck).local_table.c
_ITEM = sa.inspect(RectificationItem).local_table.c
_PENDING = (
    sa.select(sa.func.count())
    .where(_CHECK.look_back_id == _LOOK.id, _CHECK.result == CheckResult.PENDING)
    .scalar_subquery()
)
_REBOUNDED = (
    sa.select(sa.func.count())
    .where(_CHECK.look_back_id == _LOOK.id, _CHECK.result == CheckResult.REBOUNDED)
    .scalar_subquery()
)


async def closed_between(session: Session, begin: datetime, end: datetime) -> Sequence[Any]:
    """Key, number, mass mark and moment of closing of the items closed from one moment to before another."""
    query = sa.select(_ITEM.id, _ITEM.no, _ITEM.is_mass, _ITEM.closed_at)
    query = query.where(_ITEM.status == ItemStatus.CLOSED, _ITEM.closed_at >= begin, _ITEM.closed_at < end)
    return (await session.execute(query.order_by(_ITEM.no))).all()


async def page(session: Session, params: PageParams) -> Slice:
    """A page of look-backs, newest first, with what still waits and what had come back."""
    query = sa.select(*_LOOK, _PENDING.label("pending"), _REBOUNDED.label("rebounded"))
    return await fetch_page(session, query, Order(_LOOK.created_at, _LOOK.id, descending=True), params)


async def get(session: Session, look_back_id: UUID) -> Any:
    """One look-back, with the same counts."""
    query = sa.select(*_LOOK, _PENDING.label("pending"), _REBOUNDED.label("rebounded"))
    return (await session.execute(query.where(_LOOK.id == look_back_id))).first()


async def checks(session: Session, look_back_id: UUID, params: PageParams) -> Slice:
    """A page of the items of a look-back, in the order of the draw's list."""
    query = (
        sa.select(*_CHECK, _ITEM.no, _ITEM.title, _ITEM.lead_unit_id, _ITEM.status)
        .join(RectificationItem, _ITEM.id == _CHECK.item_id)
        .where(_CHECK.look_back_id == look_back_id)
    )
    return await fetch_page(session, query, Order(_CHECK.closed_at, _CHECK.id), params)


async def pending(session: Session, item_id: UUID, check_id: UUID) -> LookBackCheck | None:
    """One check of an item that has no answer yet; the item is locked by the caller."""
    wanted = (_CHECK.id == check_id, _CHECK.item_id == item_id, _CHECK.result == CheckResult.PENDING)
    return await session.scalar(sa.select(LookBackCheck).where(*wanted))


async def of_item(session: Session, item_id: UUID) -> Sequence[Any]:
    """Every look-back at an item, the latest first."""
    query = (
        sa.select(*_CHECK, _LOOK.no)
        .join(LookBack, _LOOK.id == _CHECK.look_back_id)
        .where(_CHECK.item_id == item_id)
        .order_by(_LOOK.created_at.desc())
    )
    return (await session.execute(query)).all()
