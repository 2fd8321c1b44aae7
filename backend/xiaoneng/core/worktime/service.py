"""Time limits for the rest of the product: start, stop, pause and extend clocks, and say what is left of them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack
from uuid import UUID

from xiaoneng.core.worktime.errors import DueInPast, PolicyMissing
from xiaoneng.core.worktime.ledger.service import explain_clock, extend_clock, note, pause_clock, resume_clock
from xiaoneng.core.worktime.models import Clock, ClockState, EndsAt, Lamp, LedgerAction, LimitUnit
from xiaoneng.core.worktime.repository import calendars, clocks
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.clocks import Terms, figures
from xiaoneng.core.worktime.rules.lamps import USUAL, remaining
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.policy import Policies, Policy
from xiaoneng.core.worktime.rules.views import fields_of
from xiaoneng.core.worktime.schemas import ClockRead, ClockView, DeadlineRead, StartedClock
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

__all__ = ["explain_clock", "extend_clock", "pause_clock", "resume_clock"]

FIXED_DATE = "fixed_date"
"""Policy of clocks that end on a day somebody set."""


class ClockOrder(TypedDict):
    """What a new clock is for: whose, of which kind, under which policy, since when, and who answers for it."""

    subject_type: str
    subject_id: UUID
    kind: str
    policy_code: str
    started_at: datetime
    unit_id: UUID | None


class DatedOrder(TypedDict):
    """A clock that ends with a given day."""

    subject_type: str
    subject_id: UUID
    kind: str
    due_on: date
    unit_id: UUID | None


async def calendar(session: Session) -> Calendar:
    """The region's calendar; held in the process and checked once a second. Raises CalendarMissing."""
    return (await calendars.current(session)).calendar


async def limit_for(session: Session, policy_code: str, kind: str, on: date) -> Policy:
    """The time policy in force on a day. Raises PolicyMissing."""
    return _policy((await calendars.current(session)).policies, policy_code, kind, on)


def _policy(policies: Policies, code: str, kind: str, on: date) -> Policy:
    policy = policies.find(code, kind, on)
    if policy is None:
        raise PolicyMissing(f"{code} / {kind}")
    return policy


async def start_clock(session: Session, **order: Unpack[ClockOrder]) -> StartedClock:
    """Start a clock under its policy, in the transaction of the change. Raises PolicyMissing.

    A second open clock of the same kind on one object is a conflict when the transaction is written.
    """
    rules = await calendars.current(session)
    policy = _policy(rules.policies, order["policy_code"], order["kind"], clock.local(order["started_at"]).date())
    return _start(session, rules.calendar, policy, policy.limit, order)


async def start_clock_until(session: Session, **order: Unpack[DatedOrder]) -> StartedClock:
    """Start a clock that ends with the day `due_on`, at 24:00 (R-06). Raises DueInPast."""
    rules = await calendars.current(session)
    now = clock.now()
    today = clock.local(now).date()
    distance = (order["due_on"] - today).days
    if distance < 0:
        raise DueInPast
    unit = LimitUnit.NATURAL_DAY if distance else LimitUnit.SAME_DAY
    limit = Limit(distance, unit, ends_at=EndsAt.MIDNIGHT)
    policy = _policy(rules.policies, FIXED_DATE, order["kind"], today)
    return _start(
        session,
        rules.calendar,
        policy,
        limit,
        {
            "subject_type": order["subject_type"],
            "subject_id": order["subject_id"],
            "kind": order["kind"],
            "policy_code": FIXED_DATE,
            "started_at": now,
            "unit_id": order["unit_id"],
        },
    )


def _start(session: Session, days: Calendar, policy: Policy, limit: Limit, order: ClockOrder) -> StartedClock:
    computed = figures(days, Terms(order["started_at"], limit, policy.thresholds))
    row: dict[str, Any] = {
        "id": ids.new_id(),
        **order,
        "basis": policy.basis,
        "amount": limit.amount,
        "unit": limit.unit,
        "roll": limit.roll,
        "ends_at": limit.ends_at,
        "start_rule": limit.start,
        **computed._asdict(),
        "calendar_version": days.version,
    }
    session.append(Clock, row)
    started = {**row, "state": ClockState.RUNNING, "extension_total": 0, "stopped_at": None}
    return StartedClock(**fields_of(days, started, clock.now()))


async def stop_clock(session: Session, subject_type: str, subject_id: UUID, kind: str) -> None:
    """The thing was done: stop the open clock of this kind, if there is one."""
    await _close(session, (subject_type, subject_id), kind, ClockState.STOPPED)


async def cancel_clock(session: Session, subject_type: str, subject_id: UUID, kind: str) -> None:
    """The duty is gone, undone: cancel the open clock of this kind, if there is one."""
    await _close(session, (subject_type, subject_id), kind, ClockState.CANCELLED)


async def cancel_clocks(session: Session, subject_type: str, subject_id: UUID) -> None:
    """Cancel all open clocks of an object."""
    await _close(session, (subject_type, subject_id), None, ClockState.CANCELLED)


async def _close(session: Session, subject: tuple[str, UUID], kind: str | None, state: ClockState) -> None:
    await session.write_buffered()
    now = clock.now()
    action = LedgerAction.STOP if state is ClockState.STOPPED else LedgerAction.CANCEL
    version = (await calendar(session)).version
    for row in await clocks.close(session, _subject(subject), kind, state, now):
        entry = {"clock_id": row["id"], "action": action, "from_due_at": row["due_at"], "to_due_at": row["due_at"]}
        note(session, version, entry)


def _subject(subject: tuple[str, UUID]) -> dict[str, Any]:
    return {"subject_type": subject[0], "subject_id": subject[1]}


async def hand_over(session: Session, subject_type: str, subject_id: UUID, unit_id: UUID | None) -> None:
    """Make a unit (or nobody yet) answer for the open clocks of an object."""
    await session.write_buffered()
    await clocks.hand_over(session, _subject((subject_type, subject_id)), unit_id)


async def clocks_of(session: Session, subject_type: str, subject_ids: Iterable[UUID]) -> dict[UUID, list[ClockView]]:
    """The clocks of some objects, oldest first, in one statement; objects without clocks are left out."""
    days, now = await calendar(session), clock.now()
    found: dict[UUID, list[ClockView]] = {}
    for row in await clocks.of_subjects(session, subject_type, subject_ids):
        found.setdefault(row["subject_id"], []).append(ClockView(**fields_of(days, row, now)))
    return found


def clock_read(view: ClockView) -> ClockRead:
    """A clock as the API shows it."""
    return ClockRead(
        id=view.id,
        kind=view.kind,
        state=view.state,
        amount=view.amount,
        extension_total=view.extension_total,
        unit=view.unit,
        basis=view.basis,
        started_at=view.started_at,
        due_at=view.due_at,
        stopped_at=view.stopped_at,
        lamp=view.lamp,
        deadline=deadline_of([view]) or _deadline_read(view),
    )


def deadline_of(views: Iterable[ClockView]) -> DeadlineRead | None:
    """The nearest deadline among the open clocks; a paused one only when none runs, None when all are done."""
    open_views = [view for view in views if view.state in {ClockState.RUNNING, ClockState.PAUSED}]
    nearest = min(open_views, key=lambda view: (view.due_at is None, view.due_at or view.started_at), default=None)
    return _deadline_read(nearest) if nearest else None


def _deadline_read(view: ClockView) -> DeadlineRead:
    return DeadlineRead(
        kind=view.kind,
        due_at=view.due_at,
        overdue=view.overdue,
        provisional=view.provisional,
        paused=view.state is ClockState.PAUSED,
        remaining_working_days=view.remaining_working_days,
        remaining_minutes=view.remaining_minutes,
    )


def deadline(days: Calendar, kind: str, due_at: datetime | None) -> DeadlineRead:
    """The deadline of an object that keeps only its due date, for lists; without a due date it is paused."""
    if due_at is None:
        nothing: dict[str, Any] = {"due_at": None, "remaining_working_days": None, "remaining_minutes": None}
        return DeadlineRead(kind=kind, overdue=False, provisional=False, paused=True, **nothing)
    due_on = clock.local(due_at).date()
    left = remaining(days, clock.now(), due_at, due_on)
    return DeadlineRead.model_construct(
        kind=kind,
        due_at=due_at,
        overdue=left.overdue,
        provisional=not days.knows(due_on, due_on),
        paused=False,
        remaining_working_days=left.working_days,
        remaining_minutes=left.minutes,
    )


def lamp(of: DeadlineRead | None) -> Lamp:
    """The lamp of a deadline by the usual thresholds in working days; nothing open is `done`."""
    if of is None:
        return Lamp.DONE
    if of.paused or of.remaining_working_days is None:
        return Lamp.PAUSED
    if of.overdue:
        return Lamp.RED
    if of.remaining_working_days <= USUAL.yellow_days:
        return Lamp.YELLOW
    return Lamp.BLUE if of.remaining_working_days <= USUAL.blue_days else Lamp.GREEN


async def working_days_between(session: Session, start: datetime, end: datetime) -> int:
    """Working days from one moment to another: the day after `start` is day 1, the same day is 0."""
    days = await calendar(session)
    return days.working_days_between(clock.local(start).date(), clock.local(end).date())


async def add_working_days(session: Session, start: datetime, count: int) -> datetime:
    """The last moment of the `count`-th (≥ 1) working day after `start`."""
    days = await calendar(session)
    day = days.add_working_days(clock.local(start).date(), count)
    return datetime.combine(day, time.max, clock.REGION_ZONE)
