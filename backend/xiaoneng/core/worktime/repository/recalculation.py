"""Clocks with the figures that a calendar gives them; batch by batch, so that memory stays flat."""

from collections.abc import Sequence
from uuid import UUID

from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.repository import clocks
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.repository.clocks import Affected, Row
from xiaoneng.core.worktime.rules.clocks import Figures, figures
from xiaoneng.core.worktime.rules.views import pauses_of
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session

BATCH = 2_000


async def recompute(session: Session, rules: Rules, rows: Sequence[Row]) -> list[tuple[Row, Figures]]:
    """Each row with its figures under `rules`."""
    pausing = [row["id"] for row in rows if row["pause_count"]]
    entries: dict[UUID, list[Row]] = {}
    for entry in await clocks.ledger(session, pausing) if pausing else ():
        entries.setdefault(entry["clock_id"], []).append(entry)
    now = clock.now()
    computed = []
    for row in rows:
        terms = policies.terms_of(rules.policies, row, pauses_of(entries.get(row["id"], ())))
        computed.append((row, figures(rules.calendar, terms, level=row["level"], now=now)))
    return computed


async def count_moves(session: Session, rules: Rules, affected: Affected) -> tuple[int, int]:
    """How many running clocks would end later and earlier under `rules`."""
    later = earlier = 0
    after: UUID | None = None
    while rows := await clocks.running_page(session, after, affected, BATCH, lock=False):
        for row, computed in await recompute(session, rules, rows):
            if computed.due_at is not None and row["due_at"] is not None:
                later += computed.due_at > row["due_at"]
                earlier += computed.due_at < row["due_at"]
        after = rows[-1]["id"]
    return later, earlier


async def next_batch(
    session: Session, rules: Rules, affected: Affected, after: UUID | None
) -> tuple[list[tuple[Row, Figures]], UUID | None]:
    """The next clocks, locked, with their figures, and the key to go on from; None when these are the last."""
    rows = await clocks.running_page(session, after, affected, BATCH, lock=True)
    computed = await recompute(session, rules, rows)
    return computed, rows[-1]["id"] if len(rows) == BATCH else None
