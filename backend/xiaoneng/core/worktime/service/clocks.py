"""Time limits for the rest of the product: start, stop, pause and extend clocks, and say what is left of them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Unpack
from uuid import UUID

from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.errors import ClockMissing, DueInPast, PolicyMissing
from xiaoneng.core.worktime.models.clocks import Clock, ClockLedgerEntry
from xiaoneng.core.worktime.models.words import (
    ClockState,
    EndsAt,
    LedgerAction,
    LimitUnit,
)
from xiaoneng.core.worktime.policies import clock_read, deadline_of
from xiaoneng.core.worktime.policies import lamp_of_deadline as lamp
from xiaoneng.core.worktime.repository import calendars, clocks, recalculation
from xiaoneng.core.worktime.repository.calendars import seed
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.limits import Limit, due
from xiaoneng.core.worktime.rules.policy import UNLIMITED, Budget, Policy
from xiaoneng.core.worktime.rules.terms import FIXED_DATE, Row, policy_of, terms_of
from xiaoneng.core.worktime.rules.views import fields_of, pauses_of
from xiaoneng.core.worktime.schemas.clocks import (
    NO_GROUNDS,
    ClockOrder,
    ClockView,
    DatedOrder,
    DeadlineRead,
    Grounds,
    Moved,
    StartedClock,
)
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

__all__ = ["clock_read", "deadline_of", "lamp", "seed"]
Follower = Callable[[Session, Sequence[Moved]], Awaitable[None]]
followers: dict[str, Follower] = {}


async def calendar(session: Session) -> Calendar:
    """The region's calendar; held in the process and checked once a second. Raises CalendarMissing."""
    return (await calendars.current(session)).calendar


async def allowances(session: Session, policy_code: str, kind: str, on: date, scopes: Sequence[str] = ()) -> Budget:
    """What the policy in force on a day allows: returns, redone answers, pauses, extensions; no limit without one."""
    policy = (await calendars.current(session)).policies.find(policy_code, kind, on, scopes)
    return policy.budget if policy else UNLIMITED


async def limit_for(session: Session, policy_code: str, kind: str, on: date, scopes: Sequence[str] = ()) -> Policy:
    """The time policy in force on a day; of `scopes`, the first that has a policy of its own. Raises PolicyMissing."""
    policy = (await calendars.current(session)).policies.find(policy_code, kind, on, scopes)
    if policy is None:
        raise PolicyMissing(f"{policy_code} / {kind}")
    return policy


async def is_over(session: Session, policy_code: str, kind: str, since: datetime, scopes: Sequence[str] = ()) -> bool:
    """Whether the time for something that nobody owes, as an appeal, has passed since `since`, by its time policy.

    Raises PolicyMissing.
    """
    policy = await limit_for(session, policy_code, kind, clock.local(since).date(), scopes)
    ends = due(await calendar(session), since, policy.limit).due_at
    return ends is not None and clock.now() > ends


async def start_clock(session: Session, **order: Unpack[ClockOrder]) -> StartedClock:
    """Start a clock under its policy, in the transaction of the change. Raises PolicyMissing.

    A second open clock of the same kind on one object is a conflict when the transaction is written.
    """
    begun_on = clock.local(order["started_at"]).date()
    policy = await limit_for(session, order["policy_code"], order["kind"], begun_on, order.get("scopes", ()))
    return _start(session, await calendar(session), policy, policy.limit, order)


async def start_clock_until(session: Session, **order: Unpack[DatedOrder]) -> StartedClock:
    """Start a clock that ends with the day `due_on`, at 24:00 (R-06). Raises DueInPast."""
    now = clock.now()
    today = clock.local(now).date()
    distance = (order["due_on"] - today).days
    if distance < 0:
        raise DueInPast
    unit = LimitUnit.NATURAL_DAY if distance else LimitUnit.SAME_DAY
    limit = Limit(distance, unit, ends_at=EndsAt.MIDNIGHT)
    started: ClockOrder = {
        "subject_type": order["subject_type"],
        "subject_id": order["subject_id"],
        "kind": order["kind"],
        "policy_code": FIXED_DATE,
        "started_at": now,
        "unit_id": order["unit_id"],
    }
    policy = await limit_for(session, FIXED_DATE, order["kind"], today)
    return _start(session, await calendar(session), policy, limit, started)


def _start(session: Session, days: Calendar, policy: Policy, limit: Limit, order: ClockOrder) -> StartedClock:
    row = {"id": ids.new_id(), **policies.new_row(days, policy, limit, order)}
    session.append(Clock, row)
    running = {**row, "state": ClockState.RUNNING, "extension_total": 0, "stopped_at": None}
    return StartedClock(**fields_of(days, running, clock.now()))


async def stop_clock(
    session: Session, subject_type: str, subject_id: UUID, kind: str, *, at: datetime | None = None
) -> None:
    """The thing was done, now or `at`: stop the open clock of this kind, if there is one."""
    await _close(session, (subject_type, subject_id), kind, ClockState.STOPPED, at or clock.now())


async def cancel_clock(session: Session, subject_type: str, subject_id: UUID, kind: str | None) -> None:
    """The duty is gone, undone: cancel the open clock of this kind, if there is one, or those of all kinds (None)."""
    await _close(session, (subject_type, subject_id), kind, ClockState.CANCELLED, clock.now())


async def return_clock(session: Session, subject_type: str, subject_id: UUID, kind: str, grounds: Grounds) -> None:
    """The unit gave the duty back: end the open clock of this kind, if there is one, with the reason on record."""
    entry = _entry(LedgerAction.RETURN, grounds)
    await _close(session, (subject_type, subject_id), kind, ClockState.CANCELLED, clock.now(), entry)


async def _close(
    session: Session,
    subject: tuple[str, UUID],
    kind: str | None,
    state: ClockState,
    at: datetime,
    entry: Mapping[str, Any] | None = None,
) -> None:
    await session.write_buffered()
    action = LedgerAction.STOP if state is ClockState.STOPPED else LedgerAction.CANCEL
    version = (await calendar(session)).version
    for row in await clocks.close(session, subject, kind, state, at):
        note(session, version, row, {**(entry or {"action": action}), "to_due_at": row["due_at"]})


async def hand_over(session: Session, subject_type: str, subject_id: UUID, unit_id: UUID | None) -> None:
    """Make a unit (or nobody yet) answer for the open clocks of an object."""
    await session.write_buffered()
    await clocks.hand_over(session, (subject_type, subject_id), unit_id)


async def pause_clock(session: Session, subject_type: str, subject_id: UUID, kind: str, grounds: Grounds) -> ClockView:
    """Suspend a clock (hearing, expert review, waiting for the applicant: 行政许可法 45).

    Raises ClockMissing, ClockPaused, ClockExpired and PausesUsedUp.
    """
    row = await _open(session, subject_type, subject_id, kind)
    earlier = pauses_of(await clocks.ledger(session, [row["id"]])) if row["pause_count"] else ()
    values = policies.paused(row, await _budget(session, row), earlier, clock.now())
    return await _change(session, row, values, _entry(LedgerAction.PAUSE, grounds))


async def resume_clock(session: Session, subject_type: str, subject_id: UUID, kind: str) -> ClockView:
    """Let a paused clock go on; what the pause took out is in its new due date.

    Raises ClockMissing and ClockRunning.
    """
    row = await _open(session, subject_type, subject_id, kind)
    rules, now = await calendars.current(session), clock.now()
    pauses = pauses_of(await clocks.ledger(session, [row["id"]]), now)
    values = policies.resumed(rules.calendar, row, terms_of(rules.policies, row, pauses), now)
    return await _change(session, row, values, _entry(LedgerAction.RESUME, NO_GROUNDS))


async def extend_clock(
    session: Session, subject: tuple[str, UUID], kind: str, amount: int, grounds: Grounds
) -> ClockView:
    """Lengthen a limit by `amount` of its own unit, before it is over (R-19). `subject` is (type, id).

    How often and how far is for the time policy, whose approval it takes for the caller's. Raises ClockMissing,
    ClockExpired, LimitRefused and ExtensionsUsedUp.
    """
    row = await _open(session, *subject, kind)
    granted = await clocks.count_entries(session, row["id"], LedgerAction.EXTEND) if row["extension_total"] else 0
    values = policies.extended(row, await _budget(session, row), granted, amount, clock.now())
    if row["state"] is ClockState.RUNNING:
        [(_, computed)] = await recalculation.recompute(session, await calendars.current(session), [{**row, **values}])
        values |= computed._asdict()
    return await _change(session, row, values, {**_entry(LedgerAction.EXTEND, grounds), "amount": amount})


async def _budget(session: Session, row: Row) -> Budget:
    policy = policy_of((await calendars.current(session)).policies, row)
    return policy.budget if policy else UNLIMITED


def _entry(action: LedgerAction, grounds: Grounds) -> dict[str, Any]:
    files = list(grounds.file_ids)
    return {"action": action, "reason": grounds.reason, "approved_by": grounds.approved_by, "file_ids": files}


async def _open(session: Session, subject_type: str, subject_id: UUID, kind: str) -> Row:
    await session.write_buffered()
    row = await clocks.find_open(session, (subject_type, subject_id), kind)
    if row is None:
        raise ClockMissing
    return row


async def _change(session: Session, row: Row, values: Mapping[str, Any], entry: Mapping[str, Any]) -> ClockView:
    days = await calendar(session)
    changed = await clocks.change(session, row["id"], {**values, "calendar_version": days.version})
    note(session, days.version, row, {**entry, "to_due_at": changed["due_at"]})
    return ClockView(**fields_of(days, changed, clock.now()))


def note(session: Session, version: int, row: Row, entry: Mapping[str, Any]) -> None:
    """Write what was done to the clock `row` into the ledger, in the transaction of the change."""
    blank = {"amount": None, "reason": None, "approved_by": None, "file_ids": [], "from_due_at": row["due_at"]}
    about = {"id": ids.new_id(), "clock_id": row["id"], "at": clock.now(), "calendar_version": version}
    session.append(ClockLedgerEntry, {**about, **blank, **entry})


async def clocks_of(session: Session, subject_type: str, subject_ids: Iterable[UUID]) -> dict[UUID, list[ClockView]]:
    """The clocks of some objects, oldest first, in one statement; objects without clocks are left out."""
    return _views(await calendar(session), await clocks.of_subjects(session, subject_type, subject_ids))


async def clocks_of_parts(session: Session, subject_ids: Iterable[UUID]) -> dict[UUID, list[ClockView]]:
    """The same for an object and the objects it consists of, of whatever kind they are."""
    return _views(await calendar(session), await clocks.of_keys(session, subject_ids))


def _views(days: Calendar, rows: Iterable[Row]) -> dict[UUID, list[ClockView]]:
    now = clock.now()
    found: dict[UUID, list[ClockView]] = {}
    for row in rows:
        found.setdefault(row["subject_id"], []).append(ClockView(**fields_of(days, row, now)))
    return found


def deadline(days: Calendar, kind: str, due_at: datetime | None) -> DeadlineRead:
    """The deadline of an object that keeps only its due date, for lists; without a due date it is paused."""
    return policies.deadline_at(days, kind, due_at, clock.now())


async def working_days_between(session: Session, start: datetime, end: datetime) -> int:
    """Working days from one moment to another: the day after `start` is day 1, the same day is 0."""
    days = await calendar(session)
    return days.working_days_between(clock.local(start).date(), clock.local(end).date())


async def add_working_days(session: Session, start: datetime, count: int) -> datetime:
    """The last moment of the `count`-th (≥ 1) working day after `start`."""
    days = await calendar(session)
    day = days.add_working_days(clock.local(start).date(), count)
    return datetime.combine(day, time.max, clock.REGION_ZONE)


async def still_holds(session: Session, clock_id: UUID, level: int) -> bool:
    """Whether a warning is still worth waking somebody for: the clock runs, and no higher rung was reached since."""
    row = await clocks.get(session, clock_id)
    return row is not None and row["state"] is ClockState.RUNNING and row["level"] == level


def register_follower(subject_type: str, follower: Follower) -> None:
    """Let a feature that keeps due dates of its objects follow when the calendar moves them, at import time."""
    followers[subject_type] = follower
