"""Clocks of work that was done elsewhere: they are recorded as they ended there, and never warn of what is past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.worktime.errors import PolicyMissing
from xiaoneng.core.worktime.models.clocks import Clock
from xiaoneng.core.worktime.models.words import REGION_ZONE, ClockState, EndsAt, LimitUnit, StartRule
from xiaoneng.core.worktime.repository import calendars
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.rules.clocks import Terms, figures
from xiaoneng.core.worktime.rules.lamps import USUAL, Span, ladder
from xiaoneng.core.worktime.rules.terms import IMPORTED
from xiaoneng.kit import clock, ids
from xiaoneng.kit.bulk import copy_rows
from xiaoneng.kit.db import Session

_BASIS = "原系统登记的办结时限"
_ALL_RUNGS = 1_000


@dataclass(frozen=True, slots=True)
class HistoricClock:
    """A clock as another system kept it. Without `due_at` the limit is that of our policy on the day it began."""

    subject_type: str
    subject_id: UUID
    kind: str
    policy_code: str
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    unit_id: UUID | None = None


async def rules_of(session: Session) -> Rules:
    """The calendar and the policies that `row_of` looks things up in."""
    return await calendars.current(session)


def row_of(rules: Rules, told: HistoricClock) -> dict[str, Any]:
    """The row of a historic clock; its `due_at` is the given one to the second, or what our policy makes of it.

    Rungs that were reached before the import stay silent, and a limit of another system is not ours to recalculate.
    Raises PolicyMissing.
    """
    limits = _given(rules, told, told.due_at) if told.due_at else _by_policy(rules, told)
    state = ClockState.RUNNING if told.stopped_at is None else ClockState.STOPPED
    silent = {} if told.stopped_at is None else {"next_fire_at": None}
    return {
        "id": ids.new_id(),
        "subject_type": told.subject_type,
        "subject_id": told.subject_id,
        "kind": told.kind,
        "unit_id": told.unit_id,
        "started_at": told.started_at,
        "stopped_at": told.stopped_at,
        "state": state,
        "start_rule": StartRule.RECEIPT,
        "calendar_version": rules.calendar.version,
        **limits,
        **silent,
    }


def _given(rules: Rules, told: HistoricClock, due_at: datetime) -> dict[str, Any]:
    due_on = due_at.astimezone(REGION_ZONE).date()
    days = max(0, (due_on - told.started_at.astimezone(REGION_ZONE).date()).days)
    unit = LimitUnit.NATURAL_DAY if days else LimitUnit.SAME_DAY
    rungs = ladder(rules.calendar, Span(told.started_at, due_at, due_on, unit), USUAL)
    reached = sum(rung.at <= clock.now() for rung in rungs)
    return {
        "policy_code": IMPORTED,
        "scope": "*",
        "basis": _BASIS,
        "amount": days,
        "unit": unit,
        "roll": False,
        "ends_at": EndsAt.MIDNIGHT,
        "due_at": due_at,
        "due_on": due_on,
        "provisional": False,
        "blue_at": rungs[0].at,
        "yellow_at": rungs[1].at,
        "level": reached,
        "next_fire_at": rungs[reached].at if reached < len(rungs) else None,
    }


def _by_policy(rules: Rules, told: HistoricClock) -> dict[str, Any]:
    begun_on = told.started_at.astimezone(REGION_ZONE).date()
    policy = rules.policies.find(told.policy_code, told.kind, begun_on)
    if policy is None:
        raise PolicyMissing(f"{told.policy_code} / {told.kind}")
    limit = policy.limit
    computed = figures(
        rules.calendar, Terms(told.started_at, limit, policy.thresholds), level=_ALL_RUNGS, now=clock.now()
    )
    return {
        "policy_code": told.policy_code,
        "scope": policy.scope,
        "basis": policy.basis,
        "amount": limit.amount,
        "unit": limit.unit,
        "roll": limit.roll,
        "ends_at": limit.ends_at,
        **computed._asdict(),
        "start_rule": limit.start,
    }


async def write(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write clocks that `row_of` made."""
    names = list(rows[0]) if rows else []
    await copy_rows(session, Clock, [{name: row[name] for name in names} for row in rows])
