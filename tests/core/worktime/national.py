"""The calendar that a region starts from, without a database."""

from functools import cache

from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.seeds import SEEDED_YEARS, national_days


@cache
def national_calendar() -> Calendar:
    """The seeded years with the default office hours."""
    return Calendar(days=national_days().days, years=SEEDED_YEARS)
