"""Timers of notifications, and what no feature of its own tells."""

from datetime import timedelta

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.notifications import repository
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClocksFollowed
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic

KEPT = timedelta(days=180)


@periodic("notifications.forget", "30 3 * * *")
async def forget(session: Session) -> None:
    """Forget messages read half a year ago."""
    await repository.drop_read_before(session, clock.now() - KEPT)


@subscribe(ClocksFollowed)
async def tell_of_moved_limits(session: Session, event: ClocksFollowed) -> None:
    """One message a person for a whole change of the calendar or of limits, however many it moved."""
    message = Message(
        title="期限已按新规则重新计算",
        body=f"{event.title}。本单位有在办期限变动，请在列表中核对。",
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        dedupe_key=f"time_change:{event.subject_id}",
    )
    for unit_id in event.units:
        notify(session, await accounts.accounts_of(session, unit_id, (Role.UHD, Role.ULN)), message)
