"""Timers of the history."""

from xiaoneng.core.timeline import repository
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic

MONTHS_AHEAD = 3


@periodic("timeline.add_months", "41 2 * * *")
async def add_months(session: Session) -> None:
    """Make the monthly partitions of the next months; entries beyond them land in the catch-all."""
    await repository.add_months(session, MONTHS_AHEAD)
