"""SQL of clocks and their ledger. The hot statements are built once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from xiaoneng.core.worktime.models.clocks import Clock, ClockLedgerEntry
from xiaoneng.core.worktime.models.words import ClockState, LedgerAction
from xiaoneng.core.worktime.rules.changes import Affected
from xiaoneng.core.worktime.rules.policy import ANY_KIND
from xiaoneng.core.worktime.rules.terms import IMPORTED
from xiaoneng.core.worktime.rules.views import TOLD
from xiaoneng.kit.clock import REGION_ZONE
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.statements import Prepared

Row = Mapping[str, Any]
"""One row by column names."""
Subject = tuple[str, UUID]
"""Type and key of the object that a clock belongs to."""
_TABLE = cast("sa.Table", sa.inspect(Clock).local_table)
_CLOCK = _TABLE.c
_LEDGER_TABLE = cast("sa.Table", sa.inspect(ClockLedgerEntry).local_table)
_LEDGER = _LEDGER_TABLE.c
_OPEN = _CLOCK.state.in_([ClockState.RUNNING, ClockState.PAUSED])
_OF_SUBJECT = sa.and_(
    _CLOCK.subject_id == sa.bindparam("of_subject_id"), _CLOCK.subject_type == sa.bindparam("of_subject_type")
)
_OF_KEYS = (
    sa.select(*(_CLOCK[name] for name in (*TOLD, "blue_at", "yellow_at")))
    .where(_CLOCK.subject_id == sa.any_(sa.bindparam("subject_ids", type_=ARRAY(sa.Uuid))))
    .order_by(_CLOCK.started_at, _CLOCK.id)
)
_CLOCKS_OF_KEYS = Prepared(_OF_KEYS)
_CLOCKS_OF = Prepared(_OF_KEYS.where(_CLOCK.subject_type == sa.bindparam("subject_type")))
_CLOSE = (
    sa.update(_TABLE)
    .where(_OF_SUBJECT, _OPEN)
    .values(
        state=sa.bindparam("to_state", type_=_CLOCK.state.type),
        stopped_at=sa.bindparam("closed_at"),
        next_fire_at=None,
        rev=_CLOCK.rev + 1,
    )
    .returning(_CLOCK.id, _CLOCK.due_at)
)
_CLOSE_ONE = _CLOSE.where(_CLOCK.kind == sa.bindparam("of_kind"))
_HAND_OVER = sa.update(_TABLE).where(_OF_SUBJECT, _OPEN).values(unit_id=sa.bindparam("to_unit_id"), rev=_CLOCK.rev + 1)
_DUE = (
    sa.select(*_CLOCK)
    .where(_CLOCK.state == sa.literal_column("'running'"), _CLOCK.next_fire_at <= sa.bindparam("now"))
    .order_by(_CLOCK.next_fire_at)
    .limit(sa.bindparam("batch"))
    .with_for_update(skip_locked=True)
)
_Columns = Mapping[str, sa.types.TypeEngine[Any]]
_RUNG_COLUMNS: _Columns = {"id": sa.Uuid(), "level": sa.Integer(), "next_fire_at": _CLOCK.next_fire_at.type}
_ENTRY_COLUMNS: _Columns = {
    "id": sa.Uuid(),
    "clock_id": sa.Uuid(),
    "from_due_at": _CLOCK.due_at.type,
    "to_due_at": _CLOCK.due_at.type,
}
_FIGURE_COLUMNS: _Columns = {
    "id": sa.Uuid(),
    "due_at": _CLOCK.due_at.type,
    "due_on": sa.Date(),
    "provisional": sa.Boolean(),
    "blue_at": _CLOCK.blue_at.type,
    "yellow_at": _CLOCK.yellow_at.type,
    "level": sa.Integer(),
    "next_fire_at": _CLOCK.next_fire_at.type,
    "calendar_version": sa.Integer(),
}
_TERM_COLUMNS: _Columns = {
    "id": sa.Uuid(),
    "amount": sa.Integer(),
    "unit": sa.Text(),
    "roll": sa.Boolean(),
    "ends_at": sa.Text(),
    "start_rule": sa.Text(),
    "basis": sa.Text(),
}


def _rows(result: sa.Result[Any]) -> Sequence[Row]:
    return cast("Sequence[Row]", result.mappings().all())


async def of_subjects(session: Session, subject_type: str, subject_ids: Iterable[UUID]) -> Sequence[Row]:
    """All clocks of some objects, oldest first, in one statement."""
    found = await session.fetch(_CLOCKS_OF, subject_type=subject_type, subject_ids=list(subject_ids))
    return [row._asdict() for row in found]


async def of_keys(session: Session, subject_ids: Iterable[UUID]) -> Sequence[Row]:
    """All clocks of some objects of whatever kind, oldest first, in one statement."""
    return [row._asdict() for row in await session.fetch(_CLOCKS_OF_KEYS, subject_ids=list(subject_ids))]


async def latest(session: Session, subject: Subject, kind: str) -> Row | None:
    """The newest clock of a kind, open or not, or None."""
    of_kind = sa.select(*_CLOCK).where(_OF_SUBJECT, _CLOCK.kind == kind)
    query = of_kind.order_by(_CLOCK.started_at.desc(), _CLOCK.id.desc()).limit(1)
    found = _rows(await session.execute(query, _subject(subject)))
    return found[0] if found else None


async def count_entries(session: Session, clock_id: UUID, action: LedgerAction) -> int:
    """How often something was done to a clock."""
    of_clock = sa.and_(_LEDGER.clock_id == clock_id, _LEDGER.action == action)
    return await session.scalar(sa.select(sa.func.count()).where(of_clock)) or 0


async def get(session: Session, clock_id: UUID) -> Row | None:
    """One clock by key, or None."""
    found = _rows(await session.execute(sa.select(*_CLOCK).where(_CLOCK.id == clock_id)))
    return found[0] if found else None


async def find_open(session: Session, subject: Subject, kind: str) -> Row | None:
    """The open clock of a kind, locked, or None."""
    query = sa.select(*_CLOCK).where(_OF_SUBJECT, _OPEN, _CLOCK.kind == kind).with_for_update()
    found = _rows(await session.execute(query, _subject(subject)))
    return found[0] if found else None


async def close(
    session: Session, subject: Subject, kind: str | None, to_state: ClockState, at: datetime
) -> Sequence[Row]:
    """Stop or cancel the open clocks of an object, of one kind or all; keys and due dates of those that were open."""
    values = {**_subject(subject), "to_state": to_state, "closed_at": at}
    if kind is None:
        return _rows(await session.execute(_CLOSE, values))
    return _rows(await session.execute(_CLOSE_ONE, {**values, "of_kind": kind}))


async def hand_over(session: Session, subject: Subject, unit_id: UUID | None) -> None:
    """Make a unit responsible for the open clocks of an object."""
    await session.execute(_HAND_OVER, {**_subject(subject), "to_unit_id": unit_id})


def _subject(subject: Subject) -> dict[str, Any]:
    return {"of_subject_type": subject[0], "of_subject_id": subject[1]}


async def change(session: Session, clock_id: UUID, values: Mapping[str, Any]) -> Row:
    """Set columns of one clock, count its revision up, and return the row as it is now."""
    statement = sa.update(_TABLE).where(_CLOCK.id == clock_id).values(**values, rev=_CLOCK.rev + 1).returning(*_CLOCK)
    return _rows(await session.execute(statement))[0]


async def cancelled(session: Session, clock_ids: Iterable[UUID]) -> Sequence[Row]:
    """Those of some clocks that were cancelled, locked."""
    wanted = sa.and_(_CLOCK.id.in_(list(clock_ids)), _CLOCK.state == ClockState.CANCELLED)
    return _rows(await session.execute(sa.select(*_CLOCK).where(wanted).order_by(_CLOCK.id).with_for_update()))


async def ledger(session: Session, clock_ids: Iterable[UUID]) -> Sequence[Row]:
    """The entries of some clocks in the order in which they were made."""
    query = sa.select(*_LEDGER).where(_LEDGER.clock_id.in_(list(clock_ids))).order_by(_LEDGER.at, _LEDGER.id)
    return _rows(await session.execute(query))


async def due(session: Session, now: datetime, batch: int) -> Sequence[Row]:
    """Running clocks whose next rung is reached, locked; those another sweeper holds are left to it."""
    return _rows(await session.execute(_DUE, {"now": now, "batch": batch}))


async def affected_page(
    session: Session, after: UUID | None, affected: Affected, batch: int, *, lock: bool
) -> Sequence[Row]:
    """The open clocks that a change may move, in the order of their keys.

    A paused clock takes the calendar of the day on which it goes on, but a policy when it changes.
    """
    query = sa.select(*_CLOCK).where(_touched(affected)).order_by(_CLOCK.id).limit(batch)
    if after is not None:
        query = query.where(_CLOCK.id > after)
    if lock:
        query = query.with_for_update()
    return _rows(await session.execute(query))


def _touched(affected: Affected) -> sa.ColumnElement[bool]:
    first = datetime.combine(affected.first, time.min, REGION_ZONE)
    if affected.policy is not None:
        code, kind, scope = affected.policy
        under = sa.and_(_CLOCK.policy_code == code, _CLOCK.scope == scope, _CLOCK.started_at >= first)
        return sa.and_(_OPEN, under, sa.true() if kind == ANY_KIND else _CLOCK.kind == kind)
    last = datetime.combine(affected.last, time.max, REGION_ZONE)
    ours = _CLOCK.policy_code != IMPORTED
    touched = sa.and_(_CLOCK.due_on >= affected.first, _CLOCK.started_at <= last)
    return sa.and_(_CLOCK.state == ClockState.RUNNING, ours, touched | _CLOCK.provisional)


async def set_rungs(session: Session, rows: Sequence[Sequence[Any]]) -> None:
    """Store id, level and next moment of many clocks in one statement."""
    await _set_many(session, _RUNG_COLUMNS, rows)


async def set_figures(session: Session, rows: Sequence[Sequence[Any]]) -> None:
    """Store the recomputed figures of many clocks, in the order of `_FIGURE_COLUMNS`, in one statement."""
    await _set_many(session, _FIGURE_COLUMNS, rows)


async def set_terms(session: Session, rows: Sequence[Sequence[Any]]) -> None:
    """Store the limits that a policy gave to many clocks, in the order of `_TERM_COLUMNS`, in one statement."""
    await _set_many(session, _TERM_COLUMNS, rows)


async def note_many(session: Session, common: Row, rows: Sequence[Sequence[Any]]) -> None:
    """Write many ledger entries in one statement: id, clock and both due dates each, everything else in common."""
    if not rows:
        return
    each, same = _spread(_ENTRY_COLUMNS, rows, own=2)
    constants = {name: sa.literal(value, _LEDGER[name].type) for name, value in common.items()}
    fields = [(each if name in each.c else same).c[name] for name in _ENTRY_COLUMNS]
    selected = sa.select(*fields, *constants.values()).where(each.c.n == same.c.n)
    await session.execute(sa.insert(_LEDGER_TABLE).from_select([*_ENTRY_COLUMNS, *constants], selected))


async def _set_many(session: Session, columns: _Columns, rows: Sequence[Any]) -> None:
    if not rows:
        return
    each, same = _spread(columns, rows, own=1)
    values = {name: same.c[name] for name in columns if name != "id"}
    joined = sa.and_(_CLOCK.id == each.c.id, each.c.n == same.c.n)
    await session.execute(sa.update(_TABLE).where(joined).values(**values, rev=_CLOCK.rev + 1))


def _spread(
    columns: _Columns, rows: Sequence[Sequence[Any]], *, own: int
) -> tuple[sa.TableValuedAlias, sa.TableValuedAlias]:
    """The rows as two tables that join on `n`: the first `own` columns of each, and what many have in common.

    Thousands of clocks share a few dates, which are sent once.
    """
    common: dict[tuple[Any, ...], int] = {}
    numbers = [common.setdefault(tuple(row[own:]), len(common)) for row in rows]
    kinds = list(columns.items())
    number: dict[str, sa.types.TypeEngine[Any]] = {"n": sa.Integer()}
    each = [(*row[:own], n) for row, n in zip(rows, numbers, strict=True)]
    same = [(*row, n) for row, n in common.items()]
    return (
        rows_as_table("each", dict(kinds[:own]) | number, each),
        rows_as_table("same", dict(kinds[own:]) | number, same),
    )
