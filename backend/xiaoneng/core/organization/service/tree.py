"""Reading the tree of units. The tree is kept in memory; a change by another process shows within a second."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.engine import Engine

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import Unit
from xiaoneng.core.organization.repository import people as people_rows
from xiaoneng.core.organization.repository import tree as tree_rows
from xiaoneng.core.organization.rules.tree import Forest
from xiaoneng.core.organization.schemas import PersonRef, UnitNode, UnitRead, UnitRef, UnitTreeRead
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

FRESH_SECONDS = 0.8
_CHANGING = "organization.tree_changing"
TREE_TOKEN = tree_rows.TREE_TOKEN


@dataclass
class _Kept:
    token: UUID | None
    forest: Forest
    checked_at: float


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


async def forest(session: Session, *, fresh: bool = False) -> Forest:
    """All units over time. `fresh` asks the database whether it changed; otherwise that is done every 0.8 s."""
    if session.info.get(_CHANGING):
        return Forest(await tree_rows.states(session))
    kept = _kept.get(session.get_bind().engine)
    if kept is not None and not fresh and time.monotonic() - kept.checked_at < FRESH_SECONDS:
        return kept.forest
    return await adopt(session, await tree_rows.token(session))


async def adopt(session: Session, token: UUID | None) -> Forest:
    """All units as of the `token` that a statement of this session has just seen."""
    engine = session.get_bind().engine
    kept = _kept.get(engine)
    checked_at = time.monotonic()
    if kept is None or kept.token != token:
        kept = _kept[engine] = _Kept(token, Forest(await tree_rows.states(session)), checked_at)
    kept.checked_at = checked_at
    return kept.forest


async def begin_change(session: Session) -> None:
    """Take the tree for a change: waits for other changes.

    Until the transaction ends, its own readings bypass what the process keeps, so that nobody else sees them.
    """
    await tree_rows.begin_change(session)
    if not session.info.get(_CHANGING):
        session.info[_CHANGING] = True
        engine = session.get_bind().engine

        def forget(_: Any) -> None:
            _kept.pop(engine, None)

        event.listen(session.sync_session, "after_commit", forget, once=True)


async def tree(session: Session, as_of: date | None = None) -> UnitTreeRead:
    """The tree of a day (today), parents first."""
    day = as_of or clock.today()
    found = (await forest(session)).on(day)
    return UnitTreeRead(as_of=day, items=[UnitNode.model_validate(node) for node in found.parents_first])


async def subtree(session: Session, unit_ids: Iterable[UUID], as_of: date | None = None) -> frozenset[UUID]:
    """The units and everything below them on a day (today)."""
    found = (await forest(session)).on(as_of or clock.today())
    return frozenset().union(*(found.subtree(unit_id) for unit_id in unit_ids))


async def unit_refs(session: Session, unit_ids: Iterable[UUID]) -> dict[UUID, UnitRef]:
    """Units by their latest name, abolished ones too. Unknown keys are left out; usually no statement is needed."""
    wanted = set(unit_ids)
    known = (await forest(session)).latest
    if not wanted <= known.keys():
        known = (await forest(session, fresh=True)).latest
    return {unit_id: UnitRef(id=unit_id, name=known[unit_id].name) for unit_id in wanted & known.keys()}


async def require_unit(session: Session, unit_id: UUID) -> Unit:
    """One unit. Raises NotFound."""
    unit = await tree_rows.get(session, unit_id)
    if unit is None:
        raise NotFound
    return unit


async def get_unit(session: Session, unit_id: UUID) -> UnitRead:
    """One unit with the people who answer for it today. Raises NotFound."""
    unit = await require_unit(session, unit_id)
    today = clock.today()
    staff = await people_rows.staff(session, unit_id, today)

    def first(**wanted: Any) -> PersonRef | None:
        for row in staff:
            if all(getattr(row, name) == value for name, value in wanted.items()):
                return PersonRef(id=row.id, name=row.name)
        return None

    return UnitRead(
        **{name: getattr(unit, name) for name in UnitNode.model_fields},
        group_code=unit.group_code,
        head=first(role=Role.UHD),
        deputy_in_charge=first(is_deputy_in_charge=True),
        liaison=first(role=Role.ULN),
        successor_of=list(await tree_rows.predecessors(session, unit_id)),
        children_count=len((await forest(session)).on(today).children.get(unit_id, ())),
        rev=unit.rev,
    )
