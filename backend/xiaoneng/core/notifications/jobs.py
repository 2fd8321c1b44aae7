"""Timers of notifications."""

from datetime import timedelta

from xiaoneng.core.notifications import repository
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic

KEPT = timedelta(days=180)


@periodic("notifications.forget", "30 3 * * *")
async def forget(session: Session) -> None:
    """Forget messages read half a year ago."""
    await repository.drop_read_before(session, clock.now() - KEPT)
