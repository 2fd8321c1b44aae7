"""SQL of the units and their dated tree."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from xiaoneng.core.organization.models import Unit, UnitHistory, UnitLineage, UnitTreeVersion
from xiaoneng.core.organization.rules.tree import Node
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

_UNIT = sa.inspect(Unit).local_table.c
_PAST = sa.inspect(UnitHistory).local_table.c
_STATE = ("name", "short_name", "type", "level", "parent_id", "is_key_unit")
_ALL_STATES = sa.union_all(
    sa.select(
        _UNIT.id,
        _UNIT.code,
        *(_UNIT[name] for name in _STATE),
        _UNIT.valid_from,
        _UNIT.valid_to,
        _UNIT.state_from.label("since"),
        _UNIT.valid_to.label("until"),
    ),
    sa.select(
        _UNIT.id,
        _UNIT.code,
        *(_PAST[name] for name in _STATE),
        _UNIT.valid_from,
        _UNIT.valid_to,
        _PAST.valid_from.label("since"),
        _PAST.valid_to.label("until"),
    ).join_from(_UNIT.id.table, _PAST.id.table, _PAST.unit_id == _UNIT.id),
)
TREE_TOKEN = sa.select(col(UnitTreeVersion.token)).scalar_subquery()
"""The token of the tree that a statement sees; NULL before the first unit."""


async def states(session: Session) -> list[Node]:
    """Every state of every unit."""
    return [Node(**row) for row in (await session.execute(_ALL_STATES)).mappings()]


async def token(session: Session) -> UUID | None:
    """The token of the tree now."""
    found: UUID | None = await session.scalar(sa.select(TREE_TOKEN))
    return found


async def begin_change(session: Session) -> None:
    """Let one change of the tree through at a time, and tell every process that it changed once this is committed."""
    values = {"id": 1, "token": ids.unordered_id(), "changed_at": clock.now()}
    statement = upsert(UnitTreeVersion).values(values)
    fresh = {"token": statement.excluded.token, "changed_at": statement.excluded.changed_at}
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=fresh))


async def get(session: Session, unit_id: UUID, *, lock: bool = False) -> Unit | None:
    """One unit by key."""
    found: Unit | None = await session.get(Unit, unit_id, with_for_update=lock, populate_existing=lock)
    return found


async def add_many(session: Session, units: Sequence[dict[str, Any]]) -> None:
    """Insert units, parents first."""
    await session.execute(sa.insert(Unit), units)


async def predecessors(session: Session, unit_id: UUID) -> Sequence[UUID]:
    """The units that this one took over from."""
    query = (
        sa.select(col(UnitLineage.predecessor_id))
        .where(col(UnitLineage.successor_id) == unit_id)
        .order_by(col(UnitLineage.predecessor_id))
    )
    return (await session.scalars(query)).all()


def add_lineage(session: Session, predecessor: UUID, successors: Iterable[UUID], day: date) -> None:
    """Note who takes over."""
    session.add_all(
        UnitLineage(predecessor_id=predecessor, successor_id=successor, effective_on=day) for successor in successors
    )
