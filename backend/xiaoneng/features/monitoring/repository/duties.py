"""SQL of what points owe."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.monitoring.models.duties import DutyKind, MonitoringDuty
from xiaoneng.features.monitoring.models.points import MonitoringPoint
from xiaoneng.features.monitoring.repository.points import unwatched
from xiaoneng.features.monitoring.schemas.points import DutyRateFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_DUTY = sa.inspect(MonitoringDuty).local_table.c
_POINT = sa.inspect(MonitoringPoint).local_table.c


async def known(session: Session, periods: Iterable[str]) -> set[tuple[UUID, DutyKind, str]]:
    """Which obligations of some periods stand already."""
    query = sa.select(_DUTY.point_id, _DUTY.kind, _DUTY.period).where(_DUTY.period.in_(list(periods)))
    return {(row.point_id, row.kind, row.period) for row in await session.execute(query)}


async def get(session: Session, duty_id: UUID) -> MonitoringDuty | None:
    """One obligation for work of the system itself."""
    found: MonitoringDuty | None = await session.get(MonitoringDuty, duty_id)
    return found


async def on(session: Session, point_id: UUID, kind: DutyKind, day: date) -> MonitoringDuty | None:
    """The obligation that something done on a day meets, locked."""
    query = sa.select(MonitoringDuty).where(
        _DUTY.point_id == point_id, _DUTY.kind == kind, _DUTY.period_first <= day, _DUTY.period_last >= day
    )
    return await session.scalar(query.with_for_update())


async def open_of(session: Session, point_id: UUID, day: date) -> Sequence[MonitoringDuty]:
    """What a point still owes in the periods that run on a day, locked."""
    query = sa.select(MonitoringDuty).where(
        _DUTY.point_id == point_id, _DUTY.done_on.is_(None), _DUTY.period_last >= day, ~_DUTY.is_waived
    )
    return (await session.scalars(query.with_for_update())).all()


async def latest(session: Session, point_ids: Iterable[UUID], since: date) -> Sequence[MonitoringDuty]:
    """The obligations of some points whose periods end from a day on, the latest first."""
    query = sa.select(MonitoringDuty).where(
        _DUTY.point_id.in_(list(set(point_ids))), _DUTY.period_last >= since, ~_DUTY.is_waived
    )
    return (await session.scalars(query.order_by(_DUTY.due_at.desc(), _DUTY.id))).all()


async def rates(session: Session, actor: Actor, chosen: DutyRateFilter, now: datetime) -> Slice:
    """Done and due by point; what is neither over nor done does not count yet."""
    counts = sa.and_(~_DUTY.is_waived, sa.or_(_DUTY.done_on.is_not(None), _DUTY.due_at < now))
    if chosen.since is not None:
        counts = sa.and_(counts, _DUTY.period_last >= chosen.since)
    if chosen.until is not None:
        counts = sa.and_(counts, _DUTY.period_last <= chosen.until)
    number = sa.func.count(_DUTY.id)
    columns = []
    for kind in DutyKind:
        of_kind = sa.and_(counts, _DUTY.kind == kind)
        columns.append(number.filter(of_kind, _DUTY.done_on.is_not(None)).label(f"{kind}s_done"))
        columns.append(number.filter(of_kind).label(f"{kind}s_due"))
    grouped = (
        sa.select(_POINT.id, _POINT.no, *columns)
        .select_from(sa.outerjoin(MonitoringPoint, MonitoringDuty, _DUTY.point_id == _POINT.id))
        .where(unwatched(actor, _POINT.unit_ids))
        .group_by(_POINT.id, _POINT.no)
        .subquery("rates")
    )
    query: Any = sa.select(grouped)
    return await fetch_page(session, query, Order(grouped.c.no, grouped.c.id), chosen)
