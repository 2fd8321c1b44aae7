"""The tree of units, kept in memory by each process; a change by another process shows within a second."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import event

from xiaoneng.core.organization.repository import tree as tree_rows
from xiaoneng.core.organization.rules.tree import Forest
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.kit.db import Session
from xiaoneng.kit.remembered import Remembered

_CHANGING = "organization.tree_changing"


@dataclass(frozen=True, slots=True)
class _Grown:
    token: UUID | None
    forest: Forest
    refs: Mapping[UUID, UnitRef]


async def _load(session: Session, old: _Grown | None) -> _Grown:
    token = await tree_rows.token(session)
    return old if old is not None and old.token == token else await _grow(session, token)


async def _grow(session: Session, token: UUID | None) -> _Grown:
    grown = Forest(await tree_rows.states(session))
    named = {unit_id: UnitRef(id=unit_id, name=node.name) for unit_id, node in grown.latest.items()}
    return _Grown(token, grown, named)


KEPT = Remembered[_Grown](_load, timedelta(seconds=0.8))


async def forest(session: Session, *, fresh: bool = False) -> Forest:
    """All units over time. `fresh` asks the database whether it changed; otherwise that is done every 0.8 s."""
    return (await _known(session, fresh=fresh)).forest


async def refs(session: Session, *, fresh: bool = False) -> Mapping[UUID, UnitRef]:
    """All units by their latest names."""
    return (await _known(session, fresh=fresh)).refs


async def adopt(session: Session, token: UUID | None) -> Forest:
    """All units as of the `token` that a statement of this session has just seen."""
    known = KEPT.peek(session)
    current = known if known is not None and known.token == token else await _grow(session, token)
    return KEPT.keep(session, current).forest


async def _known(session: Session, *, fresh: bool) -> _Grown:
    return await (_grow(session, None) if session.marks.get(_CHANGING) else KEPT.get(session, fresh=fresh))


async def begin_change(session: Session) -> None:
    """Take the tree for a change: waits for other changes.

    Until the transaction ends, its own readings bypass what the process keeps, so that nobody else sees them.
    """
    await tree_rows.begin_change(session)
    if not session.marks.get(_CHANGING):
        session.marks[_CHANGING] = True
        database = session.database

        def forget(_: Any) -> None:
            KEPT.forget(database)

        event.listen(session.sync_session, "after_commit", forget, once=True)
