"""SQL of points and monitors."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.monitoring.models.points import Monitor, MonitoringPoint, TermStatus
from xiaoneng.features.monitoring.schemas.points import PointFilter
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_POINT = sa.inspect(MonitoringPoint).local_table.c
_MONITOR = sa.inspect(Monitor).local_table.c


def unwatched(actor: Actor, unit_ids: Any) -> sa.ColumnElement[bool]:
    """That the actor works in none of the units watched (I1)."""
    return ~unit_ids.overlap(list(actor.member_units)) if actor.member_units else sa.true()


def held_by(actor: Actor, permission: str, person_hash: Any) -> sa.ColumnElement[bool]:
    """That the permission reaches everything, or that it is the actor's own."""
    reach = actor.reach(permission)
    if reach.jurisdiction:
        return sa.true()
    own = reach.assigned_to
    return person_hash == provider().lookup_hash(str(own)) if own else sa.false()


def _points_of(actor: Actor) -> sa.ColumnElement[bool]:
    far = sa.true() if actor.reach("monitoring_point:read").jurisdiction else sa.false()
    return sa.and_(far, unwatched(actor, _POINT.unit_ids))


def _monitors_of(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(held_by(actor, "monitor:read", _MONITOR.person_hash), unwatched(actor, _MONITOR.unit_ids))


async def find(session: Session, actor: Actor, point_id: UUID) -> MonitoringPoint | None:
    """One point within the actor's sight, locked."""
    query = sa.select(MonitoringPoint).where(_POINT.id == point_id, _points_of(actor)).with_for_update()
    return await session.scalar(query)


async def get(session: Session, point_id: UUID) -> MonitoringPoint | None:
    """One point for work of the system itself."""
    found: MonitoringPoint | None = await session.get(MonitoringPoint, point_id)
    return found


async def page(session: Session, actor: Actor, chosen: PointFilter) -> Slice:
    """A page of the points, the latest first."""
    query: Any = sa.select(MonitoringPoint, _POINT.id, _POINT.created_at).where(_points_of(actor))
    if chosen.status:
        query = query.where(_POINT.status.in_(chosen.status))
    if chosen.type is not None:
        query = query.where(_POINT.type == chosen.type)
    if chosen.unit_id is not None:
        query = query.where(_POINT.unit_ids.contains([chosen.unit_id]))
    return await fetch_page(session, query, Order(_POINT.created_at, _POINT.id, descending=True), chosen)


async def active(session: Session) -> Sequence[MonitoringPoint]:
    """The points that owe reports and visits."""
    query = sa.select(MonitoringPoint).where(_POINT.status == TermStatus.ACTIVE).order_by(_POINT.id)
    return (await session.scalars(query)).all()


async def points(session: Session, point_ids: Iterable[UUID]) -> dict[UUID, MonitoringPoint]:
    """Some points by key."""
    query = sa.select(MonitoringPoint).where(_POINT.id.in_(list(set(point_ids))))
    return {point.id: point for point in (await session.scalars(query)).all()}


async def find_monitor(session: Session, actor: Actor, monitor_id: UUID) -> Monitor | None:
    """One monitor within the actor's sight, locked."""
    query = sa.select(Monitor).where(_MONITOR.id == monitor_id, _monitors_of(actor)).with_for_update()
    return await session.scalar(query)


async def monitors_page(session: Session, actor: Actor, params: PageParams) -> Slice:
    """A page of the monitors within the actor's sight, the latest first; who was removed is left out."""
    query: Any = sa.select(Monitor, _MONITOR.id, _MONITOR.created_at, _MONITOR.point_id)
    query = query.where(_monitors_of(actor), _MONITOR.status != TermStatus.REMOVED)
    return await fetch_page(session, query, Order(_MONITOR.created_at, _MONITOR.id, descending=True), params)


async def monitors_of(session: Session, point_id: UUID) -> Sequence[Monitor]:
    """The monitors of a point, the first one first."""
    query = sa.select(Monitor).where(_MONITOR.point_id == point_id).order_by(_MONITOR.id)
    return (await session.scalars(query)).all()


async def monitors(session: Session, monitor_ids: Iterable[UUID]) -> dict[UUID, Monitor]:
    """Some monitors by key."""
    query = sa.select(Monitor).where(_MONITOR.id.in_(list(set(monitor_ids))))
    return {monitor.id: monitor for monitor in (await session.scalars(query)).all()}
