"""Quarters, months and weeks as reports count them; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaoneng.features.campaigns.models.reports import ReportRule

_DAY = timedelta(days=1)
_IN_QUARTER = 3
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A period with the name under which it is reported: `2015Q3`, `2015-09`, `2015W40`."""

    name: str
    first: date
    last: date


def period_of(rule: ReportRule, day: date) -> Period:
    """The period in which a day lies; a fixed date is a period of its own."""
    if rule is ReportRule.QUARTER:
        begins = (day.month - 1) // _IN_QUARTER * _IN_QUARTER + 1
        first = date(day.year, begins, 1)
        return Period(f"{day.year}Q{(begins + 2) // _IN_QUARTER}", first, _last(day.year, begins + 2))
    if rule is ReportRule.MONTH:
        return Period(f"{day:%Y-%m}", day.replace(day=1), _last(day.year, day.month))
    if rule is ReportRule.WEEK:
        first = day - day.weekday() * _DAY
        year, week, _ = day.isocalendar()
        return Period(f"{year}W{week:02d}", first, first + 6 * _DAY)
    return Period(day.isoformat(), day, day)


def _last(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)
    return following - _DAY


def ended(rule: ReportRule, since: date, today: date) -> Iterator[Period]:
    """The periods that ended from `since` on and before `today`, oldest first; none for a fixed date."""
    if rule is ReportRule.FIXED_DATE:
        return
    period = period_of(rule, since)
    while period.last < today:
        yield period
        period = period_of(rule, period.last + _DAY)
