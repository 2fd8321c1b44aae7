"""The tree of units, kept in memory by each process; a change by another process shows within a second."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from xiaoneng.core.organization.repository import tree as tree_rows
from xiaoneng.core.organization.rules.tree import Forest
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.kit.db import Session

FRESH_SECONDS = 0.8
_CHANGING = "organization.tree_changing"


@dataclass
class _Kept:
    token: UUID | None
    forest: Forest
    refs: Mapping[UUID, UnitRef]
    checked_at: float


_kept: WeakKeyDictionary[AsyncEngine, _Kept] = WeakKeyDictionary()


async def forest(session: Session, *, fresh: bool = False) -> Forest:
    """All units over time. `fresh` asks the database whether it changed; otherwise that is done every 0.8 s."""
    return (await _keep(session, fresh=fresh)).forest


async def refs(session: Session, *, fresh: bool = False) -> Mapping[UUID, UnitRef]:
    """All units by their latest names."""
    return (await _keep(session, fresh=fresh)).refs


async def adopt(session: Session, token: UUID | None) -> Forest:
    """All units as of the `token` that a statement of this session has just seen."""
    return (await _adopt(session, token)).forest


async def _keep(session: Session, *, fresh: bool) -> _Kept:
    if session.info.get(_CHANGING):
        return await _grow(session, None)
    kept = _kept.get(session.engine)
    if kept is not None and not fresh and time.monotonic() - kept.checked_at < FRESH_SECONDS:
        return kept
    return await _adopt(session, await tree_rows.token(session))


async def _adopt(session: Session, token: UUID | None) -> _Kept:
    kept = _kept.get(session.engine)
    if kept is None or kept.token != token:
        kept = _kept[session.engine] = await _grow(session, token)
    kept.checked_at = time.monotonic()
    return kept


async def _grow(session: Session, token: UUID | None) -> _Kept:
    grown = Forest(await tree_rows.states(session))
    named = {unit_id: UnitRef(id=unit_id, name=node.name) for unit_id, node in grown.latest.items()}
    return _Kept(token, grown, named, time.monotonic())


async def begin_change(session: Session) -> None:
    """Take the tree for a change: waits for other changes.

    Until the transaction ends, its own readings bypass what the process keeps, so that nobody else sees them.
    """
    await tree_rows.begin_change(session)
    if not session.info.get(_CHANGING):
        session.info[_CHANGING] = True
        engine = session.engine

        def forget(_: Any) -> None:
            _kept.pop(engine, None)

        event.listen(session.sync_session, "after_commit", forget, once=True)
