"""SQL of the 12345 inbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.features.hotline.models import HotlineSource, InboxMessage, MessageState
from xiaoneng.kit.db import Session


async def sources(session: Session) -> Sequence[HotlineSource]:
    """All sources."""
    return (await session.scalars(sa.select(HotlineSource))).all()


async def find_message(session: Session, source: str, event_id: str) -> sa.Row[bytes, str | None] | None:
    """Fingerprint and case number of a message that came before."""
    query = sa.select(col(InboxMessage.fingerprint), col(InboxMessage.case_no)).where(
        col(InboxMessage.source) == source, col(InboxMessage.event_id) == event_id
    )
    return (await session.execute(query)).first()


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
