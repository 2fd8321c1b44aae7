"""SQL of calendars and time policies, and the process's copy of both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from xiaoneng.core.worktime.errors import CalendarMissing
from xiaoneng.core.worktime.models.calendars import CalendarDay, CalendarYear, RegionCalendar, WorkWindow
from xiaoneng.core.worktime.models.policies import TimePolicy
from xiaoneng.core.worktime.models.words import REGION_CALENDAR, LimitUnit, PolicyState
from xiaoneng.core.worktime.rules.calendar import Calendar, DayRule
from xiaoneng.core.worktime.rules.hours import HoursRule, WorkHours, parse_windows
from xiaoneng.core.worktime.rules.lamps import Thresholds
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.policy import Budget, NoticeWindow, Policies, Policy
from xiaoneng.core.worktime.rules.seeds import SEED_SOURCE, SEEDED_YEARS, national_days, preset_policies
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

FRESH_SECONDS = 1.0
_DECEMBER = 12
_COUNTS = ("max_pauses", "max_paused_days", "max_extensions", "max_extension", "max_returns", "max_redos")
_OWN = "worktime_rules"
_CALENDAR = sa.inspect(RegionCalendar).local_table.c
_STAMP = sa.select(_CALENDAR.version, _CALENDAR.updated_at).where(_CALENDAR.code == REGION_CALENDAR)
_Stamp = tuple[int, datetime]


@dataclass(frozen=True, slots=True)
class Rules:
    """The calendar and the policies of one version, the national days alone, and the notices behind the years."""

    calendar: Calendar
    policies: Policies
    national: Calendar
    sources: Mapping[int, str]


@dataclass(slots=True)
class _Held:
    rules: Rules
    stamp: _Stamp
    checked_at: float


_HELD = "worktime.rules"


async def current(session: Session) -> Rules:
    """The rules in force. Costs nothing within a second of the last look, then one small statement a second.

    A session that changed them sees its own state, and nobody else does before it commits. Raises CalendarMissing.
    """
    own: Rules | None = session.marks.get(_OWN)
    if own is not None:
        return own
    kept, now = session.database.kept, monotonic()
    held: _Held | None = kept.get(_HELD)
    if held is not None and now - held.checked_at < FRESH_SECONDS:
        return held.rules
    if held is not None:
        held.checked_at = now
        if await _stamp(session) == held.stamp:
            return held.rules
    stamp = await _stamp(session)
    rules = await _load(session, stamp)
    kept[_HELD] = _Held(rules, stamp, now)
    return rules


async def _stamp(session: Session) -> _Stamp:
    """Version and moment of the last change; both, since a restored backup may reach the same version again."""
    found = (await session.execute(_STAMP)).one_or_none()
    if found is None:
        raise CalendarMissing
    return found.version, found.updated_at


async def _load(session: Session, stamp: _Stamp) -> Rules:
    ordered = sa.select(CalendarDay).order_by(col(CalendarDay.is_local))
    stored = (await session.scalars(ordered)).all()
    named = await session.execute(sa.select(col(CalendarYear.year), col(CalendarYear.source)))
    sources = {row.year: row.source for row in named}
    windows = (await session.scalars(sa.select(WorkWindow))).all()
    in_force = col(TimePolicy.state) == PolicyState.IN_FORCE
    policies = (await session.scalars(sa.select(TimePolicy).where(in_force))).all()
    days = {row.day: DayRule(row.is_working_day, row.name, _windows(row.windows), row.is_local) for row in stored}
    national = {row.day: DayRule(row.is_working_day, row.name) for row in stored if not row.is_local}
    return Rules(
        Calendar(days=days, years=sources, hours=WorkHours(tuple(map(hours_rule, windows))), version=stamp[0]),
        Policies(map(policy_of, policies)),
        Calendar(days=national, years=sources, version=stamp[0]),
        sources,
    )


def _windows(pairs: list[Any] | None) -> Any:
    return parse_windows(pairs) if pairs else None


def hours_rule(row: WorkWindow) -> HoursRule:
    """A stored rule of office hours as a value."""
    season = None
    if row.season_from and row.season_to:
        season = (_month_day(row.season_from), _month_day(row.season_to))
    return HoursRule(parse_windows(row.windows), row.valid_from, row.valid_to, season, row.weekday)


def _month_day(text: str) -> tuple[int, int]:
    return int(text[:2]), int(text[3:])


def policy_of(row: TimePolicy) -> Policy:
    """A stored policy as a value."""
    limit = Limit(row.amount, row.unit, row.roll, row.ends_at, row.start_rule)
    thresholds = Thresholds(
        row.blue_days, row.yellow_days, row.blue_percent, row.yellow_percent, tuple(row.escalate_after)
    )
    within = (row.return_within, LimitUnit(row.return_unit)) if row.return_within and row.return_unit else None
    counts = {name: getattr(row, name) for name in _COUNTS}
    return Policy(
        row.code,
        row.kind,
        row.effective_from,
        limit,
        thresholds,
        row.basis,
        row.scope,
        row.version,
        Budget(**counts, return_within=within),
        NoticeWindow(row.notice_from, row.notice_to) if row.notice_from and row.notice_to else None,
    )


async def lock(session: Session) -> None:
    """Let one change of the calendar at a time in. Raises CalendarMissing."""
    if (await session.execute(_STAMP.with_for_update())).one_or_none() is None:
        raise CalendarMissing


async def seed(session: Session) -> None:
    """Bring in the years and policies of this release that the region does not have; what it has stays."""
    row = {"code": REGION_CALENDAR, "name": "工作日历", "version": 1, "updated_at": clock.now()}
    await session.execute(insert(RegionCalendar).values(row).on_conflict_do_nothing())
    await lock(session)
    known = (await session.scalars(sa.select(col(CalendarYear.year)))).all()
    missing = set(SEEDED_YEARS) - set(known)
    days = {day: rule for day, rule in national_days().days.items() if _belongs(day, missing)}
    await save_days(session, days, local=False)
    await publish_years(session, dict.fromkeys(missing, SEED_SOURCE), clock.now())
    if await save_policies(session, preset_policies()) or missing:
        await changed(session)


def _belongs(day: date, years: set[int]) -> bool:
    """Whether the notices of `years` speak of `day`; one may also speak of the December before its year."""
    return day.year in years or (day.month == _DECEMBER and day.year + 1 in years)


async def changed(session: Session) -> None:
    """Count the version up after a change, and let this session see it, and this process once it is committed."""
    grown = {"version": _CALENDAR.version + 1, "updated_at": clock.now()}
    await session.execute(sa.update(RegionCalendar).where(_CALENDAR.code == REGION_CALENDAR).values(grown))
    session.marks[_OWN] = await _load(session, await _stamp(session))
    kept = session.database.kept

    def look_again(_: Any) -> None:
        if _HELD in kept:
            kept[_HELD].checked_at = -FRESH_SECONDS

    sa.event.listen(session.sync_session, "after_commit", look_again, once=True)


async def save_days(session: Session, days: Mapping[date, DayRule], *, local: bool) -> None:
    """Set special days; the latest word on a date holds."""
    rows = [
        {
            "calendar_code": REGION_CALENDAR,
            "day": day,
            "is_working_day": rule.is_working_day,
            "name": rule.name,
            "is_local": local,
            "windows": [[one.opening, one.closing] for one in rule.windows] if rule.windows else None,
        }
        for day, rule in days.items()
    ]
    if not rows:
        return
    statement = insert(CalendarDay)
    latest = {name: statement.excluded[name] for name in ("is_working_day", "name", "windows")}
    key = ["calendar_code", "day", "is_local"]
    await session.execute(statement.on_conflict_do_update(index_elements=key, set_=latest), rows)


async def national_days_of(session: Session, years: Iterable[int]) -> set[date]:
    """The special days that national notices gave to some years."""
    of_years = sa.func.date_part("year", col(CalendarDay.day)).in_(list(years))
    query = sa.select(col(CalendarDay.day)).where(of_years, ~col(CalendarDay.is_local))
    return set((await session.scalars(query)).all())


async def replace_days(session: Session, days: Mapping[date, DayRule], dropped: Iterable[date], *, local: bool) -> None:
    """Take some words of the notices, or of the region, back, and set others."""
    gone = sa.and_(col(CalendarDay.day).in_(list(dropped)), col(CalendarDay.is_local) == local)
    await session.execute(sa.delete(CalendarDay).where(gone))
    await save_days(session, days, local=local)


async def replace_hours(session: Session, valid_from: date, rules: Iterable[Mapping[str, Any]]) -> None:
    """Let other office hours hold from a day on."""
    await session.execute(sa.delete(WorkWindow).where(col(WorkWindow.valid_from) >= valid_from))
    lasting = sa.or_(col(WorkWindow.valid_to).is_(None), col(WorkWindow.valid_to) >= valid_from)
    ended = sa.update(WorkWindow).where(lasting).values(valid_to=valid_from - timedelta(days=1))
    await session.execute(ended)
    rows = [{"id": ids.new_id(), "calendar_code": REGION_CALENDAR, "valid_from": valid_from, **rule} for rule in rules]
    await session.execute(insert(WorkWindow), rows)


async def windows(session: Session) -> Sequence[WorkWindow]:
    """All rules of office hours, oldest first."""
    return (await session.scalars(sa.select(WorkWindow).order_by(col(WorkWindow.valid_from), col(WorkWindow.id)))).all()


async def publish_years(session: Session, sources: Mapping[int, str], at: datetime) -> None:
    """Make years known, each with the notice it rests on."""
    rows = [
        {"calendar_code": REGION_CALENDAR, "year": year, "source": source, "published_at": at}
        for year, source in sources.items()
    ]
    if not rows:
        return
    statement = insert(CalendarYear)
    latest = {"source": statement.excluded.source, "published_at": statement.excluded.published_at}
    await session.execute(statement.on_conflict_do_update(index_elements=["calendar_code", "year"], set_=latest), rows)


async def save_policies(session: Session, policies: Iterable[Policy]) -> bool:
    """Add policies, and say whether any was new; one that the region has stays as it is."""
    rows = [policy_row(policy) for policy in policies]
    statement = insert(TimePolicy).values(rows).on_conflict_do_nothing().returning(col(TimePolicy.id))
    return bool((await session.scalars(statement)).all())


def policy_row(policy: Policy) -> dict[str, Any]:
    """The columns of a policy."""
    limit, thresholds, budget, notice = policy.limit, policy.thresholds, policy.budget, policy.notice
    return {
        "id": ids.new_id(),
        "code": policy.code,
        "kind": policy.kind,
        "scope": policy.scope,
        "version": policy.version,
        "effective_from": policy.effective_from,
        "amount": limit.amount,
        "unit": limit.unit,
        "roll": limit.roll,
        "ends_at": limit.ends_at,
        "start_rule": limit.start,
        "basis": policy.basis,
        "blue_days": thresholds.blue_days,
        "yellow_days": thresholds.yellow_days,
        "blue_percent": thresholds.blue_percent,
        "yellow_percent": thresholds.yellow_percent,
        "escalate_after": list(thresholds.escalate_after),
        **{name: getattr(budget, name) for name in _COUNTS},
        "return_within": budget.return_within[0] if budget.return_within else None,
        "return_unit": budget.return_within[1] if budget.return_within else None,
        "notice_from": notice.opens if notice else None,
        "notice_to": notice.closes if notice else None,
    }
