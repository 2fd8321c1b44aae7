"""Timers of evaluations."""

from xiaoneng.features.evaluations.service import ballots
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic


@periodic("evaluations.shuffle_ballots", "*/10 * * * *")
async def shuffle_ballots(session: Session) -> None:
    """Put the ballots that have enough company into the box, shuffled."""
    await ballots.shuffle_all(session)
