"""SQL of changes of the rules, and of the versions of time policies."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.worktime.models.changes import TimeChange, TimeChangeMove
from xiaoneng.core.worktime.models.clocks import Clock, ClockLedgerEntry
from xiaoneng.core.worktime.models.policies import TimePolicy
from xiaoneng.core.worktime.models.words import ChangeState, PolicyState
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_CHANGE = sa.inspect(TimeChange).local_table.c
_MOVE_TABLE = cast("sa.Table", sa.inspect(TimeChangeMove).local_table)
_MOVE = _MOVE_TABLE.c
_POLICY = sa.inspect(TimePolicy).local_table.c
_MOVE_COLUMNS = {name: _MOVE[name].type for name in ("id", "clock_id", "from_due_at", "to_due_at", "shift_minutes")}


async def get(session: Session, change_id: UUID, *, lock: bool = False) -> TimeChange | None:
    """One change by key."""
    found: TimeChange | None = await session.get(TimeChange, change_id, with_for_update=lock)
    return found


async def page(session: Session, params: PageParams) -> Slice:
    """The changes, newest first."""
    order = Order(_CHANGE.created_at, _CHANGE.id, descending=True)
    return await fetch_page(session, sa.select(*_CHANGE), order, params)


async def is_applying(session: Session) -> bool:
    """Whether some change is being applied."""
    query = sa.select(sa.exists().where(_CHANGE.state == ChangeState.APPLYING))
    return bool(await session.scalar(query))


async def moves_page(session: Session, change_id: UUID, params: PageParams) -> Slice:
    """The clocks that a change would move: those that would end earlier first."""
    clock = sa.inspect(Clock).local_table.c
    about = (clock.subject_type, clock.subject_id, clock.kind, clock.unit_id, clock.amount, clock.unit)
    query = sa.select(*_MOVE, *about).join(Clock, clock.id == _MOVE.clock_id).where(_MOVE.change_id == change_id)
    return await fetch_page(session, query, Order(_MOVE.shift_minutes, _MOVE.id), params)


async def forget_moves(session: Session, change_id: UUID) -> None:
    """Drop an earlier preview."""
    await session.execute(sa.delete(TimeChangeMove).where(col(TimeChangeMove.change_id) == change_id))


async def forget_moves_of_done(session: Session, before: datetime) -> None:
    """Drop the previews of changes that were done before a moment."""
    done = sa.select(_CHANGE.id).where(_CHANGE.state == ChangeState.DONE, _CHANGE.done_at < before)
    await session.execute(sa.delete(_MOVE_TABLE).where(_MOVE.change_id.in_(done)))


async def add_moves(session: Session, change_id: UUID, rows: Sequence[Sequence[Any]]) -> None:
    """Write moves in one statement: id, clock, both ends and the shift each."""
    if not rows:
        return
    each = rows_as_table("new", _MOVE_COLUMNS, rows)
    selected = sa.select(*each.c, sa.literal(change_id, sa.Uuid()))
    await session.execute(sa.insert(_MOVE_TABLE).from_select([*_MOVE_COLUMNS, "change_id"], selected))


async def count_done(session: Session, change_id: UUID, moved: int, kept: int) -> None:
    """Add to what a change moved and kept."""
    counted = {"moved": _CHANGE.moved + moved, "kept": _CHANGE.kept + kept}
    await session.execute(sa.update(TimeChange).where(_CHANGE.id == change_id).values(counted))


async def finish(session: Session, change_id: UUID, at: datetime) -> bool:
    """All clocks follow a change; False when that was known already."""
    done = {"state": ChangeState.DONE, "done_at": at, "updated_at": at, "rev": _CHANGE.rev + 1}
    applying = sa.and_(_CHANGE.id == change_id, _CHANGE.state == ChangeState.APPLYING)
    return await session.scalar(sa.update(TimeChange).where(applying).values(done).returning(_CHANGE.id)) is not None


async def units_moved(session: Session, change_id: UUID) -> Sequence[UUID]:
    """The units that answer for clocks which a change moved."""
    clock, entry = sa.inspect(Clock).local_table.c, sa.inspect(ClockLedgerEntry).local_table.c
    query = sa.select(clock.unit_id).join(ClockLedgerEntry, entry.clock_id == clock.id).distinct()
    return (await session.scalars(query.where(entry.change_id == change_id, clock.unit_id.is_not(None)))).all()


async def get_policy(session: Session, policy_id: UUID, *, lock: bool = False) -> TimePolicy | None:
    """One version by key."""
    found: TimePolicy | None = await session.get(TimePolicy, policy_id, with_for_update=lock)
    return found


async def next_version(session: Session, code: str, kind: str, scope: str) -> int:
    """The number of the next version of a policy."""
    of_key = sa.and_(_POLICY.code == code, _POLICY.kind == kind, _POLICY.scope == scope)
    return (await session.scalar(sa.select(sa.func.max(_POLICY.version)).where(of_key)) or 0) + 1


async def policies_page(
    session: Session, today: date, params: PageParams, chosen: tuple[str | None, str | None, bool]
) -> Slice:
    """Versions by code; unless all are wanted, those that hold today with the drafts."""
    code, kind, every = chosen
    key = (_POLICY.code, _POLICY.kind, _POLICY.scope)
    began = sa.and_(_POLICY.state == PolicyState.IN_FORCE, _POLICY.effective_from <= today)
    newest = sa.func.row_number().over(
        partition_by=(*key, began), order_by=(_POLICY.effective_from.desc(), _POLICY.version.desc())
    )
    ranked = sa.select(*_POLICY, sa.and_(began, newest == 1).label("holds")).subquery().c
    query = sa.select(*ranked)
    if code:
        query = query.where(ranked.code.startswith(code, autoescape=True))
    if kind:
        query = query.where(ranked.kind == kind)
    if not every:
        query = query.where(ranked.holds | (ranked.state == PolicyState.DRAFT))
    return await fetch_page(session, query, Order(ranked.code, ranked.id), params)
