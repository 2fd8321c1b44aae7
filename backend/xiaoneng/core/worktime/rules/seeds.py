"""The national calendar that comes with the product."""

from functools import cache
from importlib import resources

from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.imports import ParsedCalendar, parse_csv

SEEDED_YEARS = range(2004, 2027)
"""The years whose State Council notices are in `seed/holidays.csv`."""


@cache
def national_days() -> ParsedCalendar:
    """Holidays and make-up working days of the seeded years."""
    return parse_csv(resources.files("xiaoneng.core.worktime").joinpath("seed/holidays.csv").read_text("utf-8"))


@cache
def national_calendar() -> Calendar:
    """The seeded years with the default office hours; what a region starts from."""
    return Calendar(days=national_days().days, years=SEEDED_YEARS, version="seed-2026")
