"""The sweeper that fires warnings, and the recalculation after a change of the calendar."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime.events import (
    ClockBreached,
    ClockEscalated,
    ClockEvent,
    ClockWarned,
    PreviewAsked,
    RulesChanged,
)
from xiaoneng.core.worktime.repository import calendars, clocks
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.repository.clocks import Row
from xiaoneng.core.worktime.rules.clocks import Marks, fired
from xiaoneng.core.worktime.rules.lamps import BREACH_LEVEL, Rung, Span, ladder
from xiaoneng.core.worktime.rules.terms import policy_of, terms_of
from xiaoneng.core.worktime.service import changes, following
from xiaoneng.kit import clock
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
    told: list[_Told] = []
    for row in rows:
        rungs, upcoming = fired(_rungs(rules, row), row["level"], now)
        levels.append((row["id"], row["level"] + len(rungs), upcoming))
        policy = policy_of(rules.policies, row)
        opens = policy.notice.next_open(now) if policy and policy.notice else None
        told += [(_event(row, rung, superseded=rung is not rungs[-1]), opens) for rung in rungs]
    await clocks.set_rungs(session, levels)
    await _publish(session, told)
    return len(rows)


def _rungs(rules: Rules, row: Row) -> Sequence[Rung]:
    """The ladder of a stored clock: its own marks, then the escalation steps of its policy."""
    terms = terms_of(rules.policies, row, ())
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


_Told = tuple[ClockEvent, datetime | None]
"""An event, and the moment before which nobody is to be told of it."""


async def _publish(session: Session, told: Sequence[_Told]) -> None:
    """Write all events now, and put the jobs of those that count into the queue, one statement a waking hour."""
    waking: dict[datetime | None, list[dict[str, Any]]] = {}
    for event, opens in told:
        event_id = await outbox.publish(session, event)
        if not event.superseded:
            waking.setdefault(opens, []).append({"event_id": str(event_id)})
    connection = await session.driver() if waking else None
    for opens, jobs in waking.items():
        task = outbox.deliver.configure(connection=connection, schedule_at=opens and clock.of_system(opens))
        await task.batch_defer_async(*jobs)


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


@periodic("worktime.forget_previews", "17 3 * * *")
async def forget_previews(session: Session) -> None:
    """Drop old previews of changes."""
    await changes.forget_old_previews(session)


@outbox.subscribe(PreviewAsked)
async def preview_change(session: Session, event: PreviewAsked) -> None:
    """Find what a drafted change would move."""
    await changes.preview(session, event.subject_id)


@outbox.subscribe(RulesChanged)
async def recompute_clocks(session: Session, event: RulesChanged) -> None:
    """Bring the open clocks in line with the changed rules."""
    await recalculate(session, event, None)


@job("worktime.recalculate_more")
async def recalculate_more(session: Session, event: dict[str, Any], after: str) -> None:
    """Go on with the next batch; a batch that ran twice changes nothing the second time."""
    await recalculate(session, RulesChanged.model_validate(event), UUID(after))


async def recalculate(session: Session, event: RulesChanged, after: UUID | None) -> None:
    reached = await following.follow(session, event, after)
    if reached is not None:
        await enqueue(session, recalculate_more, event=event.model_dump(mode="json"), after=str(reached))
