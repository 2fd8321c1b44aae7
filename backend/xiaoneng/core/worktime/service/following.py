"""Open clocks follow a signed change of the rules, batch by batch."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime.events import ClocksFollowed, RulesChanged
from xiaoneng.core.worktime.models.words import LedgerAction
from xiaoneng.core.worktime.repository import calendars, changes, clocks, recalculation
from xiaoneng.core.worktime.rules.changes import Affected
from xiaoneng.core.worktime.rules.clocks import Figures
from xiaoneng.core.worktime.rules.outcomes import Outcome, settled
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service.clocks import followers
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

_Made = Sequence[tuple[Outcome, Figures]]


async def follow(session: Session, event: RulesChanged, after: UUID | None) -> UUID | None:
    """One batch of the clocks that a change touches, and the key to go on from; the last batch ends the change.

    A batch that runs twice changes nothing the second time.
    """
    rules = await calendars.current(session)
    affected = Affected(event.first, event.last, event.policy)
    batch, reached = await recalculation.next_batch(session, rules, affected, after)
    may_shorten = event.approved_by is not None
    made = [(one, stored) for one in batch if (stored := settled(one, may_shorten=may_shorten)) is not None]
    version = rules.calendar.version
    await clocks.set_figures(session, [(one.row["id"], *stored, version) for one, stored in made])
    taken = [one for one, _ in made if one.basis is not None and one.is_taken(may_shorten=may_shorten)]
    await clocks.set_terms(session, [terms for one in taken if (terms := _terms(one)) is not None])
    moved = await _tell(session, version, made, event)
    kept = 0 if may_shorten else sum(one.shift < timedelta() for one in batch)
    await changes.count_done(session, event.subject_id, moved, kept)
    if reached is None:
        await _finish(session, event)
    return reached


def _terms(one: Outcome) -> tuple[Any, ...] | None:
    limit = one.limit
    if limit is None:
        return None
    words = (limit.unit.value, limit.roll, limit.ends_at.value, limit.start.value)
    return (one.row["id"], limit.amount, *words, one.basis)


async def _tell(session: Session, version: int, made: _Made, event: RulesChanged) -> int:
    """Write the moves into the ledger, and let the features that keep due dates follow; how many moved."""
    moves = [(one.row, stored.due_at) for one, stored in made if stored.due_at != one.row["due_at"]]
    moves += [(one.row, None) for one, _ in made if one.paused_ends is not None and one.shift]
    common = {
        "action": LedgerAction.RECALCULATE,
        "at": clock.now(),
        "reason": event.reason,
        "approved_by": event.approved_by,
        "change_id": event.subject_id,
        "calendar_version": version,
    }
    await clocks.note_many(session, common, [(ids.new_id(), row["id"], row["due_at"], due_at) for row, due_at in moves])
    moved: dict[str, list[Moved]] = {}
    for row, due_at in moves:
        if due_at is not None:
            moved.setdefault(row["subject_type"], []).append(Moved(row["subject_id"], row["kind"], due_at))
    for subject_type, ends in moved.items():
        if subject_type in followers:
            await followers[subject_type](session, ends)
    return len(moves)


async def _finish(session: Session, event: RulesChanged) -> None:
    if not await changes.finish(session, event.subject_id, clock.now()):
        return
    units = list(await changes.units_moved(session, event.subject_id))
    if units:
        await outbox.publish(session, ClocksFollowed(subject_id=event.subject_id, title=event.reason, units=units))
