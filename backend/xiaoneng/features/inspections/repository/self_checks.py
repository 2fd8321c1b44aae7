"""SQL of self-checks."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.inspections.models.self_checks import (
    CheckedStatus,
    CheckedUnit,
    SelfCheck,
    SelfCheckChange,
    WeakPoint,
)
from xiaoneng.features.inspections.rules.coverage import Row
from xiaoneng.features.inspections.schemas.self_checks import SelfCheckFilter
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_CHECK = sa.inspect(SelfCheck).local_table.c
_ROW = sa.inspect(CheckedUnit).local_table.c
_CHANGE = sa.inspect(SelfCheckChange).local_table.c
_POINT = sa.inspect(WeakPoint).local_table.c


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The self-checks this actor may know of: those in which a unit in reach takes part."""
    reach = actor.reach("self_check:read")
    if reach.jurisdiction:
        return sa.true()
    return sa.exists().where(_ROW.check_id == _CHECK.id, _ROW.unit_id.in_(reach.units))


def _rows_visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    reach = actor.reach("self_check:read")
    return sa.true() if reach.jurisdiction else _ROW.unit_id.in_(reach.units)


async def find(session: Session, actor: Actor, check_id: UUID, *, for_update: bool = False) -> SelfCheck | None:
    """One self-check within the actor's sight, locked when it is to change."""
    query = sa.select(SelfCheck).where(_CHECK.id == check_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def of_campaign(session: Session, campaign_id: UUID) -> SelfCheck | None:
    """The self-check of a campaign, whoever asks."""
    return await session.scalar(sa.select(SelfCheck).where(_CHECK.campaign_id == campaign_id))


async def page(session: Session, actor: Actor, chosen: SelfCheckFilter) -> Slice:
    """A page of self-checks, the latest first."""
    query: Any = sa.select(SelfCheck, _CHECK.id, _CHECK.frozen_on).where(visible_to(actor))
    if chosen.campaign_id is not None:
        query = query.where(_CHECK.campaign_id == chosen.campaign_id)
    return await fetch_page(session, query, Order(_CHECK.frozen_on, _CHECK.id, descending=True), chosen)


async def freeze(session: Session, check_id: UUID, units: Iterable[tuple[UUID, UUID | None]]) -> None:
    """Write the list: each unit with the one it stands under."""
    now = clock.now()
    common = {"check_id": check_id, "rev": 1, "created_at": now, "updated_at": now, "status": CheckedStatus.OPEN}
    rows = [{"id": ids.new_id(), "unit_id": unit, "parent_id": parent, **common} for unit, parent in units]
    if rows:
        await session.execute(sa.insert(CheckedUnit), rows)


async def listed(session: Session, check_ids: Iterable[UUID]) -> dict[UUID, list[Row[UUID]]]:
    """The frozen lists with who has checked themselves, whoever asks."""
    query = sa.select(_ROW.check_id, _ROW.unit_id, _ROW.parent_id, _ROW.status).where(
        _ROW.check_id.in_(list(check_ids)), _ROW.removed_on.is_(None)
    )
    found: dict[UUID, list[Row[UUID]]] = {}
    for check_id, unit, parent, status in await session.execute(query):
        found.setdefault(check_id, []).append(Row(unit, parent, status is not CheckedStatus.OPEN))
    return found


async def rows_of(session: Session, actor: Actor, check_id: UUID, unit_ids: Iterable[UUID]) -> Sequence[CheckedUnit]:
    """Some units of a list within the actor's sight."""
    query = sa.select(CheckedUnit).where(
        _ROW.check_id == check_id,
        _ROW.unit_id.in_(list(unit_ids)),
        _ROW.removed_on.is_(None),
        _rows_visible_to(actor),
    )
    return (await session.scalars(query)).all()


async def find_row(session: Session, actor: Actor, row_id: UUID) -> CheckedUnit | None:
    """One unit's part within the actor's sight, locked."""
    query = sa.select(CheckedUnit).where(_ROW.id == row_id, _ROW.removed_on.is_(None), _rows_visible_to(actor))
    return await session.scalar(query.with_for_update())


async def known_units(session: Session, check_id: UUID) -> dict[UUID, bool]:
    """The units that are or were on the list, and whether they still are."""
    query = sa.select(_ROW.unit_id, _ROW.removed_on).where(_ROW.check_id == check_id)
    return {unit: removed is None for unit, removed in await session.execute(query)}


async def set_removed(session: Session, check_id: UUID, unit_ids: Iterable[UUID], day: date | None) -> None:
    """Take units off the list after a day, or put them back (None)."""
    change = sa.update(CheckedUnit).where(_ROW.check_id == check_id, _ROW.unit_id.in_(list(unit_ids)))
    values = {"removed_on": day, "rev": _ROW.rev + 1}
    await session.execute(change.values(values).execution_options(synchronize_session=False))


async def changes(session: Session, check_id: UUID) -> Sequence[SelfCheckChange]:
    """The log of the list, the newest first."""
    query = (
        sa.select(SelfCheckChange).where(_CHANGE.check_id == check_id).order_by(_CHANGE.at.desc(), _CHANGE.id.desc())
    )
    return (await session.scalars(query)).all()


async def count_changes(session: Session, check_id: UUID) -> int:
    """How many entries the log of a list has."""
    query = sa.select(sa.func.count()).where(_CHANGE.check_id == check_id)
    return int((await session.execute(query)).scalar_one())


async def weak_points(session: Session, row_ids: Iterable[UUID]) -> Sequence[WeakPoint]:
    """The weak points of some units, oldest first."""
    query = sa.select(WeakPoint).where(_POINT.row_id.in_(list(row_ids))).order_by(_POINT.found_at, _POINT.id)
    return (await session.scalars(query)).all()
