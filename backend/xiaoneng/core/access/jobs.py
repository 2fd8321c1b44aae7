"""Timers of access."""

from datetime import timedelta

from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.idempotency import forget_before
from xiaoneng.kit.jobs import periodic

KEPT = timedelta(days=1)


@periodic("access.forget_idempotency_keys", "13 * * * *")
async def forget_idempotency_keys(session: Session) -> None:
    """Forget answers given more than a day ago."""
    await forget_before(session, clock.now() - KEPT)
