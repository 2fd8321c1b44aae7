"""The sweeper that fires warnings, and the recalculation after a change of the calendar."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.events import CalendarChanged, ClockBreached, ClockEscalated, ClockEvent, ClockWarned
from xiaoneng.core.worktime.models.words import LedgerAction
from xiaoneng.core.worktime.repository import calendars, clocks, recalculation
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.repository.clocks import Row
from xiaoneng.core.worktime.rules.clocks import Figures, Marks, fired
from xiaoneng.core.worktime.rules.lamps import BREACH_LEVEL, Rung, Span, ladder
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import enqueue, job, periodic

SWEEP_BATCH = 1_000


async def fire_due(session: Session, now: datetime, limit: int = SWEEP_BATCH) -> int:
    """Fire every rung that running clocks have reached at `now`, for at most `limit` clocks; how many there were.

    The clocks stay locked until the events are committed with their new levels, and other sweepers skip them:
    each rung fires exactly once.
    """
    rules = await calendars.current(session)
    rows = await clocks.due(session, now, limit)
    levels: list[tuple[UUID, int, datetime | None]] = []
    events: list[ClockEvent] = []
    for row in rows:
        rungs, upcoming = fired(_rungs(rules, row), row["level"], now)
        levels.append((row["id"], row["level"] + len(rungs), upcoming))
        events += [_event(row, rung, superseded=rung is not rungs[-1]) for rung in rungs]
    await clocks.set_rungs(session, levels)
    await _publish(session, events)
    return len(rows)


def _rungs(rules: Rules, row: Row) -> Sequence[Rung]:
    """The ladder of a stored clock: its own marks, then the escalation steps of its policy."""
    terms = policies.terms_of(rules.policies, row, ())
    span = Span(row["started_at"], row["due_at"], row["due_on"], row["unit"])
    steps = ladder(rules.calendar, span, terms.thresholds)[BREACH_LEVEL:]
    return (*Marks(row["blue_at"], row["yellow_at"], row["due_at"]).rungs(), *steps)


def _event(row: Row, rung: Rung, *, superseded: bool) -> ClockEvent:
    kind: type[ClockEvent] = ClockWarned
    if rung.level >= BREACH_LEVEL:
        kind = ClockBreached if rung.level == BREACH_LEVEL else ClockEscalated
    return kind(
        subject_id=row["id"],
        object_type=row["subject_type"],
        object_id=row["subject_id"],
        kind=row["kind"],
        level=rung.level,
        unit_id=row["unit_id"],
        due_at=row["due_at"],
        provisional=row["provisional"],
        superseded=superseded,
    )


async def _publish(session: Session, events: Sequence[ClockEvent]) -> None:
    """Write all events, and put the jobs of those that count into the queue in one statement."""
    waking: list[dict[str, Any]] = []
    for event in events:
        event_id = await outbox.publish(session, event)
        if not event.superseded:
            waking.append({"event_id": str(event_id)})
    if waking:
        connection = await (await session.connection()).get_raw_connection()
        await outbox.deliver.configure(connection=connection.driver_connection).batch_defer_async(*waking)


@periodic("worktime.sweep", "* * * * * */5")
async def sweep(session: Session) -> None:
    """Look for reached rungs; a full batch is followed up at once."""
    await _sweep(session)


@job("worktime.sweep_more")
async def sweep_more(session: Session) -> None:
    """Go on where a full batch ended."""
    await _sweep(session)


async def _sweep(session: Session) -> None:
    if await fire_due(session, clock.now(), SWEEP_BATCH) == SWEEP_BATCH:
        await enqueue(session, sweep_more)


@outbox.subscribe(CalendarChanged)
async def recompute_clocks(session: Session, event: CalendarChanged) -> None:
    """Bring the open clocks in line with the changed calendar."""
    await recalculate(session, event, None)


@job("worktime.recalculate_more")
async def recalculate_more(session: Session, event: dict[str, Any], after: str) -> None:
    """Go on with the next batch; a batch that ran twice changes nothing the second time."""
    await recalculate(session, CalendarChanged.model_validate(event), UUID(after))


async def recalculate(session: Session, event: CalendarChanged, after: UUID | None) -> None:
    affected = (event.first, event.last)
    rules = await calendars.current(session)
    batch, reached = await recalculation.next_batch(session, rules, affected, after)
    may_shorten = event.approved_by is not None
    changes = [
        (row, stored)
        for row, computed in batch
        if (stored := policies.settled(row, computed, may_shorten=may_shorten)) is not None
    ]
    version = rules.calendar.version
    await clocks.set_figures(session, [(row["id"], *stored, version) for row, stored in changes])
    await _tell(session, version, changes, event)
    if reached is not None:
        await enqueue(session, recalculate_more, event=event.model_dump(mode="json"), after=str(reached))


async def _tell(session: Session, version: int, changes: Sequence[tuple[Row, Figures]], event: CalendarChanged) -> None:
    """Write the moves into the ledger, and let the features that keep due dates follow."""
    moves = [(row, stored.due_at) for row, stored in changes if stored.due_at and stored.due_at != row["due_at"]]
    common = {
        "action": LedgerAction.RECALCULATE,
        "at": clock.now(),
        "reason": event.reason,
        "approved_by": event.approved_by,
        "calendar_version": version,
    }
    await clocks.note_many(session, common, [(ids.new_id(), row["id"], row["due_at"], due_at) for row, due_at in moves])
    moved: dict[str, list[Moved]] = {}
    for row, due_at in moves:
        moved.setdefault(row["subject_type"], []).append(Moved(row["subject_id"], row["kind"], due_at))
    for subject_type, ends in moved.items():
        if subject_type in service.followers:
            await service.followers[subject_type](session, ends)
