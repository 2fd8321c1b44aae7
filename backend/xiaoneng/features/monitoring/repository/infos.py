"""SQL of information from monitors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.monitoring.models.infos import InfoStatus, MonitoringInfo
from xiaoneng.features.monitoring.repository.points import held_by, unwatched
from xiaoneng.features.monitoring.schemas.infos import InfoFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_INFO = sa.inspect(MonitoringInfo).local_table.c


def _visible(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(held_by(actor, "monitoring_info:read", _INFO.person_hash), unwatched(actor, _INFO.unit_ids))


async def find(session: Session, actor: Actor, info_id: UUID) -> MonitoringInfo | None:
    """One piece of information within the actor's sight, locked."""
    query = sa.select(MonitoringInfo).where(_INFO.id == info_id, _visible(actor)).with_for_update()
    return await session.scalar(query)


async def get(session: Session, info_id: UUID) -> MonitoringInfo | None:
    """One piece of information for work of the system itself."""
    found: MonitoringInfo | None = await session.get(MonitoringInfo, info_id)
    return found


async def page(session: Session, actor: Actor, chosen: InfoFilter) -> Slice:
    """A page of the information within the actor's sight, what is due first on top."""
    query: Any = sa.select(
        MonitoringInfo, _INFO.id, _INFO.due_at, _INFO.monitor_id, _INFO.point_id, _INFO.about_unit_id
    )
    query = query.where(_visible(actor))
    states = chosen.status or [state for state in InfoStatus if state is not InfoStatus.CLOSED]
    query = query.where(_INFO.status.in_(states))
    return await fetch_page(session, query, Order(_INFO.due_at, _INFO.id), chosen)


async def move_due(session: Session, dues: Sequence[tuple[UUID, datetime]]) -> None:
    """Let the due dates that lists sort by follow those of the clocks."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": _INFO.due_at.type}, dues)
    change = sa.update(MonitoringInfo).where(_INFO.id == moved.c.key).values(due_at=moved.c.due)
    await (await session.connection()).execute(change)
