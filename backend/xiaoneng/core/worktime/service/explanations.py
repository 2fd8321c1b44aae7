"""Why a limit ends when it does, day by day."""

from collections.abc import Sequence
from uuid import UUID

from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.errors import LimitRefused
from xiaoneng.core.worktime.models.words import CalendarCode
from xiaoneng.core.worktime.repository import calendars, clocks
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.rules.explain import explain
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.policy import Policy
from xiaoneng.core.worktime.rules.terms import Row, policy_of, terms_of
from xiaoneng.core.worktime.rules.views import fields_of, pauses_of
from xiaoneng.core.worktime.schemas.calendars import DueQuery, DueRead
from xiaoneng.core.worktime.schemas.clocks import ClockView
from xiaoneng.core.worktime.schemas.explanations import (
    AppliedRuleRead,
    ClockExplanationRead,
    LedgerEntryRead,
    NoticeSourceRead,
)
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound


async def try_limit(session: Session, tried: DueQuery) -> DueRead:
    """When a limit would end, day by day. Raises LimitRefused."""
    rules = await calendars.current(session)
    days = rules.national if tried.calendar is CalendarCode.NATIONAL else rules.calendar
    try:
        limit = Limit(tried.amount, tried.unit, tried.roll, tried.ends_at, tried.start_rule)
        return policies.due_read(explain(days, tried.start, limit), days.version)
    except ValueError as error:
        raise LimitRefused(str(error)) from error


async def explain_clock(session: Session, clock_id: UUID) -> tuple[ClockView, ClockExplanationRead]:
    """A clock and why it ends when it does. Raises NotFound."""
    row = await clocks.get(session, clock_id)
    if row is None:
        raise NotFound
    return await _explained(session, row)


async def explain_kind(session: Session, subject_type: str, subject_id: UUID, kind: str) -> ClockExplanationRead:
    """Why the newest clock of a kind of an object ends when it does. Who may ask is for the caller. Raises NotFound."""
    row = await clocks.latest(session, (subject_type, subject_id), kind)
    if row is None:
        raise NotFound
    return (await _explained(session, row))[1]


async def _explained(session: Session, row: Row) -> tuple[ClockView, ClockExplanationRead]:
    rules = await calendars.current(session)
    entries: Sequence[Row] = await clocks.ledger(session, [row["id"]])
    view = ClockView(**fields_of(rules.calendar, row, clock.now()))
    return view, _told(rules, row, entries, view)


def _told(rules: Rules, row: Row, entries: Sequence[Row], view: ClockView) -> ClockExplanationRead:
    terms = terms_of(rules.policies, row, pauses_of(entries))
    told = explain(rules.calendar, terms.started_at, terms.limit, terms.extensions, terms.pauses)
    due = policies.due_read(told, row["calendar_version"])
    years = sorted({day.day.year for day in due.days})
    return ClockExplanationRead(
        **dict(due),
        clock=policies.clock_read(view),
        rule=_rule(row, policy_of(rules.policies, row)),
        calendar_now=rules.calendar.version,
        sources=[NoticeSourceRead(year=year, source=rules.sources.get(year)) for year in years],
        ledger=[LedgerEntryRead(**{name: entry[name] for name in LedgerEntryRead.model_fields}) for entry in entries],
        settled=row["due_at"] is not None and due.due_at is not None and row["due_at"] != due.due_at,
    )


def _rule(row: Row, policy: Policy | None) -> AppliedRuleRead:
    stored = ("policy_code", "scope", "basis", "amount", "extension_total", "unit", "roll", "ends_at", "start_rule")
    return AppliedRuleRead(
        **{name: row[name] for name in stored},
        version=policy.version if policy else None,
        effective_from=policy.effective_from if policy else None,
    )
