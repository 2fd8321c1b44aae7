"""Timers of accounts."""

from xiaoneng.core.accounts.service import sessions
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic


@periodic("accounts.forget_stale", "23 3 * * *")
async def forget_stale(session: Session) -> None:
    """Every night."""
    await sessions.forget_stale(session)
