"""SQL of the history."""

from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PagedQuery, PageParams, Slice

_TABLE = sa.inspect(TimelineEntry).local_table.c


_ORDER = Order(_TABLE.at, _TABLE.id, descending=True)
_HISTORY = sa.select(*_TABLE).where(_TABLE.subject_id == sa.bindparam("subject_id", type_=sa.Uuid()))
_CHANGES = PagedQuery(_HISTORY.where(~_TABLE.is_read), _ORDER)
_WITH_READS = PagedQuery(_HISTORY, _ORDER)


async def page(session: Session, subject_id: UUID, params: PageParams, *, with_reads: bool) -> Slice:
    """The entries of one object, newest first."""
    return await (_WITH_READS if with_reads else _CHANGES).fetch(session, params, {"subject_id": subject_id})


async def add_months(session: Session, ahead: int) -> None:
    """Make the missing monthly partitions up to `ahead` months from now."""
    await session.execute(sa.select(sa.func.add_history_months(ahead)))
