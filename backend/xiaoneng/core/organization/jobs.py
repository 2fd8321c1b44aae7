"""Timers of the organization."""

from xiaoneng.core.organization.service import leaves
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic


@periodic("organization.leaves", "*/5 * * * *")
async def turn_of_the_day(session: Session) -> None:
    """Leaves begin and end; the work moves the same day."""
    await leaves.turn_of_the_day(session)
