"""Clocks with what changed rules make of them; batch by batch, so that memory stays flat."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from xiaoneng.core.worktime.repository import clocks
from xiaoneng.core.worktime.repository.clocks import Row
from xiaoneng.core.worktime.rules.alike import Alike
from xiaoneng.core.worktime.rules.changes import Affected
from xiaoneng.core.worktime.rules.clocks import Figures
from xiaoneng.core.worktime.rules.outcomes import Outcome, RuleSet, revised
from xiaoneng.core.worktime.rules.pauses import Pause
from xiaoneng.core.worktime.rules.views import pauses_of
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session

BATCH = 5_000


async def recompute(session: Session, rules: RuleSet, rows: Sequence[Row]) -> list[tuple[Row, Figures]]:
    """Each row with its figures under `rules`, its limit being what it is."""
    entries = await _entries(session, rows)
    alike = Alike(rules, clock.now())
    return [(row, alike.figures(row, pauses_of(entries.get(row["id"], ())))) for row in rows]


async def outcomes(session: Session, rules: RuleSet, affected: Affected, rows: Sequence[Row]) -> list[Outcome]:
    """What the rules make of each row; under a changed policy its limit changes too."""
    if affected.policy is None:
        return [Outcome(row, made) for row, made in await recompute(session, rules, rows)]
    entries = await _entries(session, rows)
    now = clock.now()
    return [revised(rules, row, pauses_of(entries.get(row["id"], ()), now), now) for row in rows]


async def pauses(session: Session, row: Row) -> list[Pause]:
    """The pauses in the ledger of one clock."""
    return pauses_of((await _entries(session, [row])).get(row["id"], ()))


async def _entries(session: Session, rows: Sequence[Row]) -> dict[UUID, list[Row]]:
    pausing = [row["id"] for row in rows if row["pause_count"]]
    entries: dict[UUID, list[Row]] = {}
    for entry in await clocks.ledger(session, pausing) if pausing else ():
        entries.setdefault(entry["clock_id"], []).append(entry)
    return entries


async def batches(session: Session, rules: RuleSet, affected: Affected) -> AsyncIterator[list[Outcome]]:
    """All affected clocks with their outcomes, without locks."""
    after: UUID | None = None
    while rows := await clocks.affected_page(session, after, affected, BATCH, lock=False):
        yield await outcomes(session, rules, affected, rows)
        after = rows[-1]["id"]


async def next_batch(
    session: Session, rules: RuleSet, affected: Affected, after: UUID | None
) -> tuple[list[Outcome], UUID | None]:
    """The next clocks, locked, with their outcomes, and the key to go on from; None when these are the last."""
    rows = await clocks.affected_page(session, after, affected, BATCH, lock=True)
    computed = await outcomes(session, rules, affected, rows)
    return computed, rows[-1]["id"] if len(rows) == BATCH else None
