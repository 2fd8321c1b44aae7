"""SQL of the 12345 inbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.features.hotline.models import HotlineSource, InboxMessage, MessageState
from xiaoneng.kit.db import Session
from xiaoneng.kit.statements import Prepared


async def sources(session: Session) -> Sequence[HotlineSource]:
    """All sources."""
    return (await session.scalars(sa.select(HotlineSource))).all()


_MESSAGE = Prepared(
    sa.select(col(InboxMessage.fingerprint), col(InboxMessage.case_no)).where(
        col(InboxMessage.source) == sa.bindparam("source"), col(InboxMessage.event_id) == sa.bindparam("event_id")
    )
)


async def find_message(session: Session, source: str, event_id: str) -> tuple[bytes, str | None] | None:
    """Fingerprint and case number of a message that came before."""
    found = await session.fetch(_MESSAGE, source=source, event_id=event_id)
    return found[0] if found else None


async def waiting(session: Session, limit: int) -> Sequence[InboxMessage]:
    """Messages that wait for their case, oldest event first; other workers' are skipped."""
    query = (
        sa.select(InboxMessage)
        .where(col(InboxMessage.state) == MessageState.WAITING)
        .order_by(col(InboxMessage.occurred_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query)).all()


async def save_source(session: Session, source: HotlineSource) -> None:
    """Add or change a source."""
    await session.merge(source)
    await session.flush()
