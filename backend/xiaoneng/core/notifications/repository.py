"""SQL of notifications."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.notifications.models import Notification
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_TABLE = sa.inspect(Notification).local_table.c


async def page(session: Session, account_id: UUID, params: PageParams, *, unread: bool) -> Slice:
    """The messages of one account, newest first."""
    query = sa.select(*_TABLE).where(_TABLE.recipient_id == account_id)
    if unread:
        query = query.where(_TABLE.read_at.is_(None))
    return await fetch_page(session, query, Order(_TABLE.created_at, _TABLE.id, descending=True), params)


async def count_unread(session: Session, account_id: UUID) -> int:
    """How many messages wait."""
    query = sa.select(sa.func.count()).where(_TABLE.recipient_id == account_id, _TABLE.read_at.is_(None))
    return await session.scalar(query) or 0


async def mark_read(session: Session, account_id: UUID, ids: Collection[UUID] | None, now: datetime) -> None:
    """Mark some messages, or all, as read; those of others stay untouched."""
    change = sa.update(Notification).where(
        col(Notification.recipient_id) == account_id, col(Notification.read_at).is_(None)
    )
    if ids is not None:
        change = change.where(col(Notification.id).in_(ids))
    await session.execute(change.values(read_at=now))


async def since(session: Session, accounts: Collection[UUID], moment: datetime) -> Sequence[Notification]:
    """The newest messages of some accounts, oldest first."""
    query = (
        sa.select(Notification)
        .where(col(Notification.recipient_id).in_(accounts), col(Notification.created_at) >= moment)
        .order_by(col(Notification.created_at))
        .limit(500)
    )
    return (await session.scalars(query)).all()


async def drop_read_before(session: Session, moment: datetime) -> int:
    """Forget what was read long ago; returns how many."""
    stale = sa.delete(Notification).where(col(Notification.read_at) < moment).returning(col(Notification.id))
    return len((await session.scalars(stale)).all())
