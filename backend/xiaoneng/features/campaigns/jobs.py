"""Timers of campaigns."""

from xiaoneng.features.campaigns.repository import campaigns as repository
from xiaoneng.features.campaigns.service.campaigns import open_stages
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic


@periodic("campaigns.open_stages", "3 0 * * *")
async def open_stages_of_today(session: Session) -> None:
    """Open the stages of running campaigns whose window begins today, or has begun (SM-2)."""
    open_stages(await repository.lock_stages_due(session, clock.today()))
