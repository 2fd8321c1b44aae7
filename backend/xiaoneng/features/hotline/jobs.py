"""Timers of the inbox."""

from xiaoneng.features.hotline.service import inbox
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic


@periodic("hotline.apply_waiting", "* * * * * */10")
async def apply_waiting(session: Session) -> None:
    """Apply messages that came before the case they speak of.

    Waiting up to ten seconds is chosen: to look for them when the case comes would cost every intake a statement,
    while platforms, and `xiaoneng simulate`, send what belongs to one case in order.
    """
    await inbox.apply_waiting(session)
