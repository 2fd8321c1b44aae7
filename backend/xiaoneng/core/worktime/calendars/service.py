"""Bringing the calendar up to date: what comes with the product, the yearly notice, local days."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from xiaoneng.core.worktime.errors import CalendarMissing, ImportRefused
from xiaoneng.core.worktime.ledger.service import note, terms_of
from xiaoneng.core.worktime.models import ClockState, LedgerAction
from xiaoneng.core.worktime.repository import calendars, clocks
from xiaoneng.core.worktime.repository.calendars import Rules
from xiaoneng.core.worktime.repository.clocks import Row
from xiaoneng.core.worktime.rules.calendar import Calendar, DayRule
from xiaoneng.core.worktime.rules.clocks import Figures, figures
from xiaoneng.core.worktime.rules.imports import ParsedCalendar
from xiaoneng.core.worktime.rules.seeds import SEED_SOURCE, SEEDED_YEARS, national_days, preset_policies
from xiaoneng.core.worktime.rules.views import pauses_of
from xiaoneng.core.worktime.schemas import Grounds, ImportReport
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem

BATCH = 2_000
_DECEMBER = 12
Affected = tuple[date, date]
"""First and last day whose meaning changed; reversed when none did."""
NOTHING: Affected = (date.max, date.min)


class Moved(NamedTuple):
    """A clock whose end moved with the calendar."""

    subject_id: UUID
    kind: str
    due_at: datetime


Follower = Callable[[Session, Sequence[Moved]], Awaitable[None]]
_followers: dict[str, Follower] = {}


def register_follower(subject_type: str, follower: Follower) -> None:
    """Let a feature that keeps due dates of its objects follow when the calendar moves them, at import time."""
    _followers[subject_type] = follower


async def seed(session: Session) -> None:
    """Bring in the years and policies of this release that the region does not have; what it has stays."""
    await calendars.create(session, "工作日历")
    await calendars.lock(session)
    known = (await calendars.current(session)).calendar.years
    missing = set(SEEDED_YEARS) - known
    days = {day: rule for day, rule in national_days().days.items() if _belongs(day, missing)}
    await calendars.save_days(session, days, local=False)
    await calendars.publish_years(session, dict.fromkeys(missing, SEED_SOURCE), clock.now())
    await calendars.save_policies(session, preset_policies())
    await calendars.changed(session)


def _belongs(day: date, years: set[int]) -> bool:
    """Whether the notices of `years` speak of `day`; one may also speak of the December before its year."""
    return day.year in years or (day.month == _DECEMBER and day.year + 1 in years)


@dataclass(frozen=True, slots=True)
class Import:
    """A parsed file and what is to be done with it. Local days make no year known and survive national notices."""

    parsed: ParsedCalendar
    local: bool
    apply: bool


async def import_days(session: Session, order: Import) -> tuple[ImportReport, Affected]:
    """Preview an import, or do it; recalculating the clocks is the job of `recalculate_page` afterwards.

    Raises ImportRefused with every error of the file, and CalendarMissing.
    """
    parsed = order.parsed
    if parsed.errors:
        raise ImportRefused(
            errors=[
                FieldProblem(
                    path=f"file.{error.row}.{error.column}".rstrip("."), code=error.code, message=error.message
                )
                for error in parsed.errors
            ]
        )
    if await calendars.lock(session) is None:
        raise CalendarMissing
    rules = await calendars.current(session)
    dropped: set[date] = set()
    if not order.local:
        dropped = await calendars.national_days(session, parsed.published) - parsed.days.keys()
    after = rules.calendar.changed(parsed.days, dropped=dropped, years=parsed.published)
    differing = _differing(rules.calendar, after, {*parsed.days, *dropped})
    affected = (min(differing), max(differing)) if differing else NOTHING
    later, earlier = await _count_moves(session, Rules(after, rules.policies), affected)
    if order.apply:
        await calendars.drop_days(session, dropped)
        await calendars.save_days(session, parsed.days, local=order.local)
        await calendars.publish_years(session, parsed.published, clock.now())
        await calendars.changed(session)
    report = ImportReport(
        applied=order.apply,
        published=sorted(parsed.published),
        unpublished=parsed.unpublished,
        days_changed=len(differing),
        clocks_later=later,
        clocks_earlier=earlier,
    )
    return report, affected


def _differing(before: Calendar, after: Calendar, days: set[date]) -> list[date]:
    return [day for day in days if before.windows(day) != after.windows(day)]


async def _count_moves(session: Session, rules: Rules, affected: Affected) -> tuple[int, int]:
    later = earlier = 0
    async for row, computed in _recomputed(session, rules, affected):
        if computed.due_at is not None and row["due_at"] is not None:
            later += computed.due_at > row["due_at"]
            earlier += computed.due_at < row["due_at"]
    return later, earlier


async def _recomputed(session: Session, rules: Rules, affected: Affected) -> AsyncIterator[tuple[Row, Figures]]:
    after: UUID | None = None
    while rows := await clocks.open_page(session, after, affected, BATCH, lock=False):
        for pair in await _computed(session, rules, rows):
            yield pair
        after = rows[-1]["id"]


async def _computed(session: Session, rules: Rules, rows: Sequence[Row]) -> list[tuple[Row, Figures]]:
    pausing = [row["id"] for row in rows if row["pause_count"]]
    entries: dict[UUID, list[Row]] = {}
    for entry in await clocks.ledger(session, pausing) if pausing else ():
        entries.setdefault(entry["clock_id"], []).append(entry)
    now = clock.now()
    return [
        (row, figures(rules.calendar, terms_of(rules.policies, row, pauses), level=row["level"], now=now))
        for row in rows
        for pauses in [pauses_of(entries.get(row["id"], ()))]
    ]


async def recalculate_page(
    session: Session, affected: Affected, grounds: Grounds, after: UUID | None = None
) -> UUID | None:
    """Recompute one batch of open clocks; the key to go on from, or None when that was the last.

    A due date moves later by itself. It moves earlier only when `grounds` names who approved it, for people rely on
    the date they were told (domain.md 3.7); otherwise it stays, and is no longer provisional.
    """
    rules = await calendars.current(session)
    rows = await clocks.open_page(session, after, affected, BATCH, lock=True)
    changes: list[tuple[Row, Figures]] = []
    for row, computed in await _computed(session, rules, rows):
        settled = _settled(row, computed, may_shorten=grounds.approved_by is not None)
        if settled is not None and row["state"] is ClockState.RUNNING:
            changes.append((row, settled))
    version = rules.calendar.version
    await clocks.set_figures(session, [(row["id"], *settled, version) for row, settled in changes])
    await _tell(session, version, changes, grounds)
    return rows[-1]["id"] if len(rows) == BATCH else None


def _settled(row: Row, computed: Figures, *, may_shorten: bool) -> Figures | None:
    """What to store, or None when nothing changes."""
    stored = Figures(*(row[name] for name in Figures._fields))
    if computed.due_at is None or computed == stored:
        return None
    if computed.due_at >= row["due_at"] or may_shorten:
        return computed
    return stored._replace(provisional=computed.provisional) if stored.provisional else None


async def _tell(session: Session, version: int, changes: Sequence[tuple[Row, Figures]], grounds: Grounds) -> None:
    moved: dict[str, list[Moved]] = {}
    for row, settled in changes:
        if settled.due_at is None or settled.due_at == row["due_at"]:
            continue
        note(session, version, _entry(row, settled, grounds))
        moved.setdefault(row["subject_type"], []).append(Moved(row["subject_id"], row["kind"], settled.due_at))
    for subject_type, ends in moved.items():
        if subject_type in _followers:
            await _followers[subject_type](session, ends)


def _entry(row: Row, settled: Figures, grounds: Grounds) -> Mapping[str, Any]:
    return {
        "clock_id": row["id"],
        "action": LedgerAction.RECALCULATE,
        "reason": grounds.reason,
        "approved_by": grounds.approved_by,
        "from_due_at": row["due_at"],
        "to_due_at": settled.due_at,
    }


async def year_of(session: Session, year: int) -> tuple[Calendar, Mapping[date, DayRule]]:
    """The calendar and the special days of one year. Raises CalendarMissing."""
    days = (await calendars.current(session)).calendar
    return days, days.days_of(year)
