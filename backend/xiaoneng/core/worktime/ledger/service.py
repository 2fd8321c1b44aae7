"""What may happen to a clock between its start and its stop: pauses, extensions, another calendar; all on record."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from xiaoneng.core.worktime.errors import ClockExpired, ClockMissing, ClockPaused, ClockRunning, LimitRefused
from xiaoneng.core.worktime.models import ClockLedgerEntry, ClockState, LedgerAction, LimitUnit
from xiaoneng.core.worktime.repository import calendars, clocks
from xiaoneng.core.worktime.repository.clocks import Row
from xiaoneng.core.worktime.rules.clocks import Figures, Terms, figures
from xiaoneng.core.worktime.rules.explain import Explanation, explain
from xiaoneng.core.worktime.rules.lamps import USUAL
from xiaoneng.core.worktime.rules.limits import MAX_AMOUNT, Limit
from xiaoneng.core.worktime.rules.pauses import Pause
from xiaoneng.core.worktime.rules.policy import Policies
from xiaoneng.core.worktime.rules.views import fields_of, pauses_of
from xiaoneng.core.worktime.schemas import NO_GROUNDS, ClockView, Grounds
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound


async def pause_clock(session: Session, subject_type: str, subject_id: UUID, kind: str, grounds: Grounds) -> ClockView:
    """Suspend a clock (hearing, expert review, waiting for the applicant: 行政许可法 45).

    Raises ClockMissing, ClockPaused and ClockExpired.
    """
    row = await _open(session, subject_type, subject_id, kind)
    if row["state"] is ClockState.PAUSED:
        raise ClockPaused
    _refuse_expired(row)
    suspended = Figures(None, None, row["provisional"], None, None, row["level"], None)
    values = {"state": ClockState.PAUSED, "pause_count": row["pause_count"] + 1, **suspended._asdict()}
    return await _change(session, row, values, _entry(LedgerAction.PAUSE, grounds))


async def resume_clock(session: Session, subject_type: str, subject_id: UUID, kind: str) -> ClockView:
    """Let a paused clock go on; what the pause took out is in its new due date.

    Raises ClockMissing and ClockRunning.
    """
    row = await _open(session, subject_type, subject_id, kind)
    if row["state"] is not ClockState.PAUSED:
        raise ClockRunning
    rules = await calendars.current(session)
    pauses = pauses_of(await clocks.ledger(session, [row["id"]]), clock.now())
    computed = figures(rules.calendar, terms_of(rules.policies, row, pauses), level=row["level"], now=clock.now())
    values = {"state": ClockState.RUNNING, **computed._asdict()}
    return await _change(session, row, values, _entry(LedgerAction.RESUME))


async def extend_clock(
    session: Session, subject: tuple[str, UUID], kind: str, amount: int, grounds: Grounds
) -> ClockView:
    """Lengthen a limit by `amount` of its own unit, before it is over (R-19). `subject` is (type, id).

    How often and how far, and whose approval it takes, is for the caller's policies. Raises ClockMissing,
    ClockExpired and LimitRefused.
    """
    row = await _open(session, *subject, kind)
    _refuse_expired(row)
    total = row["extension_total"] + amount
    if amount < 1 or row["unit"] is LimitUnit.SAME_DAY or row["amount"] + total > MAX_AMOUNT:
        raise LimitRefused
    values: dict[str, Any] = {"extension_total": total}
    if row["state"] is ClockState.RUNNING:
        rules = await calendars.current(session)
        terms = terms_of(rules.policies, {**row, **values}, pauses_of(await _entries(session, row)))
        values |= figures(rules.calendar, terms, level=row["level"], now=clock.now())._asdict()
    return await _change(session, row, values, {**_entry(LedgerAction.EXTEND, grounds), "amount": amount})


async def explain_clock(session: Session, clock_id: UUID) -> tuple[ClockView, Explanation]:
    """Why a clock ends when it does, day by day. Raises NotFound."""
    row = await clocks.get(session, clock_id)
    if row is None:
        raise NotFound
    rules = await calendars.current(session)
    terms = terms_of(rules.policies, row, pauses_of(await _entries(session, row)))
    told = explain(rules.calendar, terms.started_at, terms.limit, terms.extensions, terms.pauses)
    return ClockView(**fields_of(rules.calendar, row, clock.now())), told


def terms_of(policies: Policies, row: Mapping[str, Any], pauses: Iterable[Pause]) -> Terms:
    """What a stored clock was given, with the pauses of its ledger."""
    policy = policies.find(row["policy_code"], row["kind"], clock.local(row["started_at"]).date())
    limit = Limit(row["amount"], row["unit"], row["roll"], row["ends_at"], row["start_rule"])
    extensions = [row["extension_total"]] if row["extension_total"] else []
    return Terms(row["started_at"], limit, policy.thresholds if policy else USUAL, extensions, pauses)


def note(session: Session, calendar_version: int, entry: Mapping[str, Any]) -> None:
    """Write one entry of the ledger in the transaction of the change; `entry` names clock, action and due dates."""
    blank = {"amount": None, "reason": None, "approved_by": None}
    row = {"id": ids.new_id(), "at": clock.now(), "calendar_version": calendar_version, **blank}
    session.append(ClockLedgerEntry, {**row, **entry})


def _entry(action: LedgerAction, grounds: Grounds = NO_GROUNDS) -> dict[str, Any]:
    return {"action": action, "reason": grounds.reason, "approved_by": grounds.approved_by}


async def _open(session: Session, subject_type: str, subject_id: UUID, kind: str) -> Row:
    await session.write_buffered()
    row = await clocks.find_open(session, subject_type, subject_id, kind)
    if row is None:
        raise ClockMissing
    return row


def _refuse_expired(row: Row) -> None:
    if row["due_at"] is not None and clock.now() > row["due_at"]:
        raise ClockExpired


async def _entries(session: Session, row: Row) -> Iterable[Row]:
    return await clocks.ledger(session, [row["id"]]) if row["pause_count"] else ()


async def _change(session: Session, row: Row, values: Mapping[str, Any], entry: Mapping[str, Any]) -> ClockView:
    days = (await calendars.current(session)).calendar
    changed = await clocks.change(session, row["id"], {**values, "calendar_version": days.version})
    dates = {"clock_id": row["id"], "from_due_at": row["due_at"], "to_due_at": changed["due_at"]}
    note(session, days.version, {**entry, **dates})
    return ClockView(**fields_of(days, changed, clock.now()))
