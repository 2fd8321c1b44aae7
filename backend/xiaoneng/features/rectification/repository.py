"""SQL of the rectification ledger."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.rectification.models import Evidence, ItemStatus, Measure, RectificationItem
from xiaoneng.features.rectification.schemas import ItemFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_ITEM = sa.inspect(RectificationItem).local_table.c
_LIST_COLUMNS = (
    _ITEM.id,
    _ITEM.no,
    _ITEM.title,
    _ITEM.status,
    _ITEM.item_class,
    _ITEM.lead_unit_id,
    _ITEM.source_type,
    _ITEM.source_id,
    _ITEM.source_label,
    _ITEM.due_on,
    _ITEM.due_at,
    _ITEM.progress_percent,
    _ITEM.returned_count,
    _ITEM.created_at,
)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The items this actor may know of."""
    reach = actor.reach("item:read")
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = []
    if reach.units:
        ways.append(_ITEM.lead_unit_id.in_(reach.units))
    if reach.assigned_to:
        ways.append(_ITEM.responsible_person_id == reach.assigned_to)
        ways.append(_ITEM.responsible_leader_id == reach.assigned_to)
    if reach.made_by:
        ways.append(_ITEM.created_by == reach.made_by)
    return sa.or_(*ways) if ways else sa.false()


async def find_visible(
    session: Session, actor: Actor, item_id: UUID, *, for_update: bool = False
) -> RectificationItem | None:
    """One item within the actor's sight, locked when it is to change."""
    query = sa.select(RectificationItem).where(col(RectificationItem.id) == item_id, visible_to(actor))
    if for_update:
        query = query.with_for_update()
    return await session.scalar(query)


async def get(session: Session, item_id: UUID) -> RectificationItem | None:
    """One item for work of the system itself."""
    return await session.get(RectificationItem, item_id)


async def find_by_source(session: Session, source_type: str, source_id: UUID) -> UUID | None:
    """The item that a source led to."""
    query = sa.select(_ITEM.id).where(_ITEM.source_type == source_type, _ITEM.source_id == source_id)
    found: UUID | None = await session.scalar(query)
    return found


async def page(session: Session, actor: Actor, chosen: ItemFilter) -> Slice:
    """A page of the ledger."""
    conditions = [visible_to(actor)]
    if chosen.status:
        conditions.append(_ITEM.status.in_(chosen.status))
    equal = {"lead_unit_id": chosen.unit_id, "source_type": chosen.source_type, "source_id": chosen.source_id}
    conditions += [_ITEM[name] == value for name, value in equal.items() if value is not None]
    if chosen.q:
        conditions.append(_ITEM.title.contains(chosen.q, autoescape=True) | (_ITEM.no == chosen.q))
    order = Order(_ITEM[chosen.sort.lstrip("-")], _ITEM.id, descending=chosen.sort.startswith("-"))
    return await fetch_page(session, sa.select(*_LIST_COLUMNS).where(*conditions), order, chosen)


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[RectificationItem]:
    """The actor's open items due before a moment, the most urgent first."""
    query = (
        sa.select(RectificationItem)
        .where(visible_to(actor), _ITEM.status != ItemStatus.CLOSED, _ITEM.due_at < before)
        .order_by(_ITEM.due_at, _ITEM.id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def measures(session: Session, item_id: UUID) -> Sequence[Measure]:
    """The plan's steps in their order."""
    query = sa.select(Measure).where(col(Measure.item_id) == item_id).order_by(col(Measure.seq))
    return (await session.scalars(query)).all()


async def drop_measures(session: Session, item_id: UUID) -> None:
    """Make room for a new plan after the old one was returned; the history keeps what it said."""
    await session.execute(sa.delete(Measure).where(col(Measure.item_id) == item_id))


async def evidence(session: Session, item_id: UUID) -> Sequence[Evidence]:
    """The evidence in the order of its upload."""
    query = sa.select(Evidence).where(col(Evidence.item_id) == item_id).order_by(col(Evidence.uploaded_at))
    return (await session.scalars(query)).all()


async def move_due(session: Session, dues: Sequence[tuple[UUID, datetime]]) -> None:
    """Let the due dates that lists sort by follow those of the clocks."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": _ITEM.due_at.type}, dues)
    change = sa.update(RectificationItem).where(_ITEM.id == moved.c.key).values(due_at=moved.c.due)
    await (await session.connection()).execute(change)
