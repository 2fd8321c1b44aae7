"""Duties that fall away for a while and come back: their limits end without a breach, and go on as if never ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.worktime.models.words import ClockState, LedgerAction
from xiaoneng.core.worktime.repository import calendars, clocks, recalculation
from xiaoneng.core.worktime.repository.clocks import Row
from xiaoneng.core.worktime.rules.outcomes import revised
from xiaoneng.core.worktime.rules.views import fields_of
from xiaoneng.core.worktime.schemas.clocks import ClockView, Grounds
from xiaoneng.core.worktime.service.clocks import calendar, note
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def set_aside(session: Session, subjects: Iterable[tuple[str, UUID]], grounds: Grounds) -> list[UUID]:
    """Cancel the open clocks of some objects (type, key); their keys are what `take_up` wants.

    A cancelled clock is no breach, whatever its due date.
    """
    await session.write_buffered()
    version, now = (await calendar(session)).version, clock.now()
    ended: list[UUID] = []
    for subject in subjects:
        for row in await clocks.close(session, subject, None, ClockState.CANCELLED, now):
            note(session, version, row, {**_entry(LedgerAction.CANCEL, grounds), "to_due_at": row["due_at"]})
            ended.append(row["id"])
    return ended


async def take_up(session: Session, clock_ids: Sequence[UUID], grounds: Grounds) -> list[ClockView]:
    """Let clocks that were set aside run again, with the due date that they would have had they never stopped.

    That is the one they had, unless the rules of time changed meanwhile: then it moves later by itself, but not
    earlier, as that of any open clock (domain.md 3.7). Rungs reached meanwhile fire at the next sweep.
    """
    await session.write_buffered()
    rules, now = await calendars.current(session), clock.now()
    views: list[ClockView] = []
    for row in await clocks.cancelled(session, clock_ids):
        figures = await _figures(session, row, now)
        running = {"state": ClockState.RUNNING, "stopped_at": None, "calendar_version": rules.calendar.version}
        changed = await clocks.change(session, row["id"], {**figures, **running})
        entry = _entry(LedgerAction.REOPEN, grounds)
        note(session, rules.calendar.version, row, {**entry, "to_due_at": changed["due_at"]})
        views.append(ClockView(**fields_of(rules.calendar, changed, now)))
    return views


async def _figures(session: Session, row: Row, now: datetime) -> dict[str, Any]:
    rules = await calendars.current(session)
    pauses = await recalculation.pauses(session, row)
    outcome = revised(rules, {**row, "state": ClockState.RUNNING}, pauses, now)
    if outcome.is_taken(may_shorten=False):
        return outcome.figures._asdict()
    return {"next_fire_at": now}  # the sweeper finds the next rung of the date that stays


def _entry(action: LedgerAction, grounds: Grounds) -> dict[str, Any]:
    return {"action": action, "reason": grounds.reason, "approved_by": grounds.approved_by}
