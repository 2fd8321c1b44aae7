"""What may be done to a clock, and what comes of it; pure, over stored rows as mappings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from xiaoneng.core.worktime.errors import (
    ClockExpired,
    ClockPaused,
    ClockRunning,
    ExtensionsUsedUp,
    ImportRefused,
    LimitRefused,
    PausesUsedUp,
)
from xiaoneng.core.worktime.models.words import REGION_ZONE, ClockState, Lamp, LimitUnit
from xiaoneng.core.worktime.rules.calendar import Calendar, DayRule
from xiaoneng.core.worktime.rules.clocks import Figures, Terms, figures
from xiaoneng.core.worktime.rules.explain import Explanation
from xiaoneng.core.worktime.rules.hours import HoursRule, Windows, parse_windows
from xiaoneng.core.worktime.rules.imports import ParsedCalendar
from xiaoneng.core.worktime.rules.lamps import USUAL, remaining
from xiaoneng.core.worktime.rules.limits import MAX_AMOUNT, Limit
from xiaoneng.core.worktime.rules.pauses import Pause, merged
from xiaoneng.core.worktime.rules.policy import Budget, Policy
from xiaoneng.core.worktime.rules.terms import Row
from xiaoneng.core.worktime.schemas.calendars import (
    CalendarDayRead,
    CalendarRead,
    DueRead,
    ExplainedDayRead,
    OfficeHoursRead,
    WindowRead,
)
from xiaoneng.core.worktime.schemas.changes import OfficeHours, SpecialDay
from xiaoneng.core.worktime.schemas.clocks import ClockOrder, ClockRead, ClockView, DeadlineRead
from xiaoneng.kit.problems import FieldProblem

_OPEN = frozenset({ClockState.RUNNING, ClockState.PAUSED})


def new_row(days: Calendar, policy: Policy, limit: Limit, order: ClockOrder) -> dict[str, Any]:
    """The row of a clock that starts under `policy`, with the limit as given."""
    computed = figures(days, Terms(order["started_at"], limit, policy.thresholds))
    return {
        "subject_type": order["subject_type"],
        "subject_id": order["subject_id"],
        "kind": order["kind"],
        "policy_code": order["policy_code"],
        "scope": policy.scope,
        "started_at": order["started_at"],
        "unit_id": order["unit_id"],
        "basis": policy.basis,
        "amount": limit.amount,
        "unit": limit.unit,
        "roll": limit.roll,
        "ends_at": limit.ends_at,
        "start_rule": limit.start,
        **computed._asdict(),
        "calendar_version": days.version,
    }


def paused(row: Row, budget: Budget, pauses: Iterable[Pause], now: datetime) -> dict[str, Any]:
    """The columns of a clock that is suspended at `now`. Raises ClockPaused, ClockExpired and PausesUsedUp."""
    if row["state"] is ClockState.PAUSED:
        raise ClockPaused
    _refuse_expired(row, now)
    if budget.max_pauses is not None and row["pause_count"] >= budget.max_pauses:
        raise PausesUsedUp
    spent = sum(((pause.ended_at or now) - pause.began_at for pause in merged(pauses)), timedelta())
    if budget.max_paused_days is not None and spent >= timedelta(days=budget.max_paused_days):
        raise PausesUsedUp
    nothing = Figures(None, None, row["provisional"], None, None, row["level"], None)
    return {"state": ClockState.PAUSED, "pause_count": row["pause_count"] + 1, **nothing._asdict()}


def resumed(days: Calendar, row: Row, terms: Terms, now: datetime) -> dict[str, Any]:
    """The columns of a paused clock that goes on at `now`. Raises ClockRunning."""
    if row["state"] is not ClockState.PAUSED:
        raise ClockRunning
    return {"state": ClockState.RUNNING, **figures(days, terms, level=row["level"], now=now)._asdict()}


def extended(row: Row, budget: Budget, granted: int, amount: int, now: datetime) -> dict[str, Any]:
    """The columns of a clock that gets `amount` more after `granted` extensions, apart from its figures.

    Raises ClockExpired, LimitRefused and ExtensionsUsedUp.
    """
    _refuse_expired(row, now)
    total = row["extension_total"] + amount
    if amount < 1 or row["unit"] is LimitUnit.SAME_DAY or row["amount"] + total > MAX_AMOUNT:
        raise LimitRefused
    if budget.max_extensions is not None and granted >= budget.max_extensions:
        raise ExtensionsUsedUp
    if budget.max_extension is not None and total > budget.max_extension:
        raise ExtensionsUsedUp
    return {"extension_total": total}


def _refuse_expired(row: Row, now: datetime) -> None:
    """At its very last moment a limit is over for this purpose: a pause from then on would take nothing out."""
    if row["due_at"] is not None and now >= row["due_at"]:
        raise ClockExpired


def day_rule(day: SpecialDay, *, local: bool) -> DayRule:
    """A special day as the calendar takes it."""
    return DayRule(day.is_working_day, day.name, parse_windows(day.windows) if day.windows else None, local)


def hours_rule(hours: OfficeHours, valid_from: date) -> HoursRule:
    """Office hours as the calendar takes them."""
    season = None
    if hours.season_from and hours.season_to:
        first, last = ((int(end[:2]), int(end[3:])) for end in (hours.season_from, hours.season_to))
        season = (first, last)
    return HoursRule(parse_windows(hours.windows), valid_from, None, season, hours.weekday)


def refusal(parsed: ParsedCalendar) -> ImportRefused:
    """Every error of a calendar file, by row and column."""
    return ImportRefused(
        errors=[
            FieldProblem(path=f"file.{error.row}.{error.column}".rstrip("."), code=error.code, message=error.message)
            for error in parsed.errors
        ]
    )


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
        deadline=_deadline_read(view),
    )


def deadline_of(views: Iterable[ClockView]) -> DeadlineRead | None:
    """The nearest deadline among the open clocks; a paused one only when none runs, None when all are done."""
    still_open = [view for view in views if view.state in _OPEN]
    nearest = min(still_open, key=lambda view: (view.due_at is None, view.due_at or view.started_at), default=None)
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


def deadline_at(days: Calendar, kind: str, due_at: datetime | None, now: datetime) -> DeadlineRead:
    """The deadline of an object that keeps only its due date; without one it is paused."""
    if due_at is None:
        nothing: dict[str, Any] = {"due_at": None, "remaining_working_days": None, "remaining_minutes": None}
        return DeadlineRead(kind=kind, overdue=False, provisional=False, paused=True, **nothing)
    due_on = due_at.astimezone(REGION_ZONE).date()
    left = remaining(days, now, due_at, due_on)
    return DeadlineRead(
        kind=kind,
        due_at=due_at,
        overdue=left.overdue,
        provisional=not days.covers(due_on.year),
        paused=False,
        remaining_working_days=left.working_days,
        remaining_minutes=left.minutes,
    )


def lamp_of_deadline(deadline: DeadlineRead | None) -> Lamp:
    """The lamp of a deadline by the usual thresholds in working days; nothing open is `done`."""
    if deadline is None:
        return Lamp.DONE
    if deadline.paused or deadline.remaining_working_days is None:
        return Lamp.PAUSED
    if deadline.overdue:
        return Lamp.RED
    if deadline.remaining_working_days <= USUAL.yellow_days:
        return Lamp.YELLOW
    return Lamp.BLUE if deadline.remaining_working_days <= USUAL.blue_days else Lamp.GREEN


def due_read(told: Explanation, version: int) -> DueRead:
    """An explained due date as the API shows it."""
    return DueRead(**_due_fields(told), calendar_version=version)


def _due_fields(told: Explanation) -> dict[str, Any]:
    days = [
        ExplainedDayRead(
            day=day.on,
            verdict=day.verdict,
            name=day.name,
            number=day.number,
            minutes=day.minutes,
            known=day.known,
            local=day.local,
        )
        for day in told.days
    ]
    due = told.due
    return {
        "due_at": due.due_at,
        "due_on": due.due_on,
        "provisional": due.provisional,
        "paused": due.paused,
        "days": days,
    }


def calendar_read(days: Calendar, year: tuple[int, str | None], hours: Iterable[Any], today: date) -> CalendarRead:
    """One year (with the notice it rests on) of the calendar as the API shows it."""
    number, source = year
    special = [
        CalendarDayRead(
            day=day,
            is_working_day=rule.is_working_day,
            name=rule.name,
            local=rule.local,
            windows=_windows(rule.windows) if rule.windows else None,
        )
        for day, rule in days.days_of(number).items()
    ]
    dated = ("valid_from", "valid_to", "season_from", "season_to", "weekday")
    return CalendarRead(
        year=number,
        published=days.covers(number),
        source=source,
        version=days.version,
        working_days=days.working_days_between(date(number - 1, 12, 31), date(number, 12, 31)),
        days=special,
        windows=_windows(days.usual_windows(today)),
        hours=[
            OfficeHoursRead(
                **{name: getattr(row, name) for name in dated}, windows=_windows(parse_windows(row.windows))
            )
            for row in hours
        ],
    )


def _windows(windows: Windows) -> list[WindowRead]:
    return [WindowRead(opens=window.opening, closes=window.closing) for window in windows]
