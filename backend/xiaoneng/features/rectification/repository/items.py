"""SQL of the rectification ledger."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.rectification.models.items import ItemStatus, RectificationItem
from xiaoneng.features.rectification.schemas.items import ItemFilter
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

ALIKE_FROM, ALIKE_SHOWN = 50, 5
"""Percent of alikeness from which a finding counts as a likely duplicate, and how many are shown (local setting)."""
OVER = (ItemStatus.CLOSED, ItemStatus.VOIDED)
DONE = (*OVER, ItemStatus.ACCEPTED, ItemStatus.FILED)
"""Nothing is due of these, or nothing yet."""
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
    _ITEM.reopened_count,
    _ITEM.is_mass,
    _ITEM.is_systemic,
    _ITEM.responsible_person_id,
    _ITEM.rev,
    _ITEM.created_at,
)

_PLAN_COLUMNS = (
    _ITEM.problem,
    _ITEM.problem_code,
    _ITEM.cause,
    _ITEM.target,
    _ITEM.co_unit_ids,
    _ITEM.responsible_leader_id,
    _ITEM.institution_id,
    _ITEM.institution_waiver,
)
_EQUAL = (
    "source_type",
    "source_id",
    "institution_id",
    "item_class",
    "owner_type",
    "problem_code",
    "responsible_person_id",
    "is_mass",
    "is_systemic",
)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The items this actor may know of."""
    reach = actor.reach("item:read")
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = []
    if reach.units:
        ways.append(_ITEM.lead_unit_id.in_(reach.units))
        ways.append(_ITEM.co_unit_ids.overlap(sa.cast(list(reach.units), ARRAY(sa.Uuid))))
    if reach.assigned_to:
        ways.append(_ITEM.responsible_person_id == reach.assigned_to)
        ways.append(_ITEM.responsible_leader_id == reach.assigned_to)
        ways.append((_ITEM.signer_ids != []) & _ITEM.signer_ids.contains([reach.assigned_to]))
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


async def any_open(session: Session, item_ids: Sequence[UUID]) -> bool:
    """Whether one of some items still has to be closed."""
    query = sa.select(_ITEM.id).where(_ITEM.id.in_(list(item_ids)), _ITEM.status.not_in(OVER)).limit(1)
    return (await session.scalar(query)) is not None


async def page(session: Session, actor: Actor, chosen: ItemFilter, *, with_plans: bool = False) -> Slice:
    """A page of the ledger, with what the three lists show besides when asked for."""
    conditions = [visible_to(actor)]
    if chosen.status:
        conditions.append(_ITEM.status.in_(chosen.status))
    if chosen.unit_id is not None:
        conditions.append(_ITEM.lead_unit_id == chosen.unit_id)
    equal = {name: getattr(chosen, name) for name in _EQUAL}
    conditions += [_ITEM[name] == value for name, value in equal.items() if value is not None]
    if chosen.overdue is not None:
        late = sa.and_(_ITEM.status.not_in(DONE), _ITEM.due_at < clock.now())
        conditions.append(late if chosen.overdue else sa.not_(late))
    conditions += _spans(chosen)
    if chosen.q:
        conditions.append(_ITEM.title.contains(chosen.q, autoescape=True) | (_ITEM.no == chosen.q))
    order = Order(_ITEM[chosen.sort.lstrip("-")], _ITEM.id, descending=chosen.sort.startswith("-"))
    return await fetch_page(
        session, sa.select(*_LIST_COLUMNS, *(_PLAN_COLUMNS if with_plans else ())).where(*conditions), order, chosen
    )


def _spans(chosen: ItemFilter) -> list[sa.ColumnElement[bool]]:
    """From when to when it is due in the region's days, how far it is, and whether it ever came back."""
    found: list[sa.ColumnElement[bool]] = []
    if chosen.due_from is not None:
        found.append(_ITEM.due_at >= _midnight(chosen.due_from))
    if chosen.due_to is not None:
        found.append(_ITEM.due_at < _midnight(chosen.due_to + timedelta(days=1)))
    if chosen.progress_from is not None:
        found.append(_ITEM.progress_percent >= chosen.progress_from)
    if chosen.progress_to is not None:
        found.append(_ITEM.progress_percent <= chosen.progress_to)
    if chosen.was_returned is not None:
        came_back = _ITEM.returned_count > 0
        found.append(came_back if chosen.was_returned else sa.not_(came_back))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.REGION_ZONE)


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[RectificationItem]:
    """The actor's open items due before a moment, the most urgent first."""
    query = (
        sa.select(RectificationItem)
        .where(visible_to(actor), _ITEM.status.not_in(DONE), _ITEM.due_at < before)
        .order_by(_ITEM.due_at, _ITEM.id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def move_due(session: Session, dues: Sequence[tuple[UUID, datetime]]) -> None:
    """Let the due dates that lists sort by follow those of the clocks."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": _ITEM.due_at.type}, dues)
    change = sa.update(RectificationItem).where(_ITEM.id == moved.c.key).values(due_at=moved.c.due)
    await (await session.connection()).execute(change)


async def alike(session: Session, actor: Actor, wanted: tuple[str, UUID, UUID | None]) -> Sequence[Any]:
    """Items not voided of one unit whose problem reads much like another (text, unit, except this item)."""
    text, unit_id, except_id = wanted
    likeness = sa.cast(sa.func.similarity(_ITEM.problem, text) * 100, sa.Integer).label("likeness")
    query = (
        sa.select(_ITEM.id, _ITEM.no, _ITEM.title, _ITEM.status, _ITEM.created_at, likeness)
        .where(visible_to(actor), _ITEM.lead_unit_id == unit_id, _ITEM.status != ItemStatus.VOIDED)
        .where(likeness >= ALIKE_FROM, _ITEM.id.is_distinct_from(except_id))
        .order_by(likeness.desc(), _ITEM.id)
        .limit(ALIKE_SHOWN)
    )
    return (await session.execute(query)).all()
