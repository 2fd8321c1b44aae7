"""SQL of the history."""

from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_TABLE = sa.inspect(TimelineEntry).local_table.c


async def page(session: Session, subject_id: UUID, params: PageParams, *, with_reads: bool) -> Slice:
    """The entries of one object, newest first."""
    query = sa.select(*_TABLE).where(_TABLE.subject_id == subject_id)
    if not with_reads:
        query = query.where(~_TABLE.is_read)
    return await fetch_page(session, query, Order(_TABLE.at, _TABLE.id, descending=True), params)


async def add_months(session: Session, ahead: int) -> None:
    """Make the missing monthly partitions up to `ahead` months from now."""
    await session.execute(sa.select(sa.func.add_history_months(ahead)))
