"""The calendar as everybody reads it."""

from xiaoneng.core.worktime import policies
from xiaoneng.core.worktime.repository import calendars
from xiaoneng.core.worktime.schemas.calendars import CalendarRead
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def read_calendar(session: Session, year: int) -> CalendarRead:
    """One year of the calendar, its notice, and the office hours with their dates."""
    rules = await calendars.current(session)
    hours = await calendars.windows(session)
    return policies.calendar_read(rules.calendar, (year, rules.sources.get(year)), hours, clock.today())
