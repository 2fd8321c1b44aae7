"""SQL of the outbox."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.outbox.models import OutboxEvent
from xiaoneng.kit.db import Session


async def get(session: Session, event_id: UUID) -> OutboxEvent | None:
    """One event by key."""
    return await session.get(OutboxEvent, event_id)


async def since(session: Session, moment: datetime, limit: int) -> Sequence[OutboxEvent]:
    """The events of the last while, oldest first."""
    query = (
        sa.select(OutboxEvent)
        .where(col(OutboxEvent.occurred_at) >= moment)
        .order_by(col(OutboxEvent.occurred_at))
        .limit(limit)
    )
    return (await session.scalars(query)).all()
