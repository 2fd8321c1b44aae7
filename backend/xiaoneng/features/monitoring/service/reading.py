"""Points, monitors and duties as the API shows them; names are told to the office and to the monitors themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.monitoring.models.duties import MonitoringDuty
from xiaoneng.features.monitoring.models.points import Monitor, MonitoringPoint
from xiaoneng.features.monitoring.repository import duties as duty_rows
from xiaoneng.features.monitoring.repository import points as repository
from xiaoneng.features.monitoring.schemas.points import (
    DutyRate,
    DutyRateFilter,
    DutyRead,
    MonitorRead,
    PointFilter,
    PointListItem,
    PointRead,
)
from xiaoneng.features.monitoring.service import points
from xiaoneng.features.monitoring.transitions import TITLES
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams

Owed = Mapping[UUID, Sequence[DutyRead]]


async def page(session: Session, actor: Actor, chosen: PointFilter) -> Page[PointListItem]:
    """A page of the points within the actor's sight."""
    found = await repository.page(session, actor, chosen)
    units = await organization.unit_refs(session)
    return found.page(lambda row: PointListItem(**_told(row.MonitoringPoint, PointListItem, units)))


async def read(session: Session, actor: Actor, point: MonitoringPoint) -> PointRead:
    """One point with its monitors."""
    units = await organization.unit_refs(session)
    owed = await _owed(session, [point.id])
    monitors = await repository.monitors_of(session, point.id)
    return PointRead(
        **_told(point, PointRead, units),
        monitors=[await _shown(session, actor, (monitor, point), owed, units) for monitor in monitors],
        duties=list(owed.get(point.id, ())),
        available_actions=action_refs(await points.POINT_DOOR.available(session, actor, point)),
    )


async def read_monitor(session: Session, actor: Actor, monitor: Monitor) -> MonitorRead:
    """One monitor."""
    point = await repository.points(session, [monitor.point_id])
    owed, units = await _owed(session, point), await organization.unit_refs(session)
    return await _shown(session, actor, (monitor, point[monitor.point_id]), owed, units)


async def monitors_page(session: Session, actor: Actor, params: PageParams) -> Page[MonitorRead]:
    """A page of the monitors within the actor's sight: all for the office, one's own for a monitor."""
    found = await repository.monitors_page(session, actor, params)
    of_points = await repository.points(session, [row.point_id for row in found.rows])
    owed, units = await _owed(session, of_points), await organization.unit_refs(session)
    shown = {
        row.id: await _shown(session, actor, (row.Monitor, of_points[row.point_id]), owed, units) for row in found.rows
    }
    return found.page(lambda row: shown[row.id])


async def rates(session: Session, actor: Actor, chosen: DutyRateFilter) -> Page[DutyRate]:
    """How far the points meet what they owe (R-64)."""
    found = await duty_rows.rates(session, actor, chosen, clock.now())
    named = await repository.points(session, [row.id for row in found.rows])

    def shown(row: Any) -> DutyRate:
        counts = {name: getattr(row, name) for name in DutyRate.model_fields if hasattr(row, name)}
        return DutyRate(point_id=row.id, point_no=row.no, point_name=named[row.id].name, **counts)

    return found.page(shown)


async def history(session: Session, actor: Actor, point_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """The history of a point. Raises NotFound."""
    await points.find(session, actor, point_id)
    return await timeline.page_of(session, point_id, params, TITLES)


async def monitor_history(
    session: Session, actor: Actor, monitor_id: UUID, params: PageParams
) -> Page[TimelineEntryRead]:
    """The history of a monitor. Raises NotFound."""
    await points.find_monitor(session, actor, monitor_id)
    return await timeline.page_of(session, monitor_id, params, TITLES)


async def _shown(
    session: Session,
    actor: Actor,
    held: tuple[Monitor, MonitoringPoint],
    owed: Owed,
    units: Mapping[UUID, UnitRef],
) -> MonitorRead:
    monitor, point = held
    return MonitorRead(
        **_told(monitor, MonitorRead, units),
        point_no=point.no,
        point_name=point.name,
        has_account=monitor.person_key is not None,
        duties=list(owed.get(point.id, ())),
        available_actions=action_refs(await points.MONITOR_DOOR.available(session, actor, monitor)),
    )


def _told(held: Monitor | MonitoringPoint, shape: type[Any], units: Mapping[UUID, UnitRef]) -> dict[str, Any]:
    told = {name: getattr(held, name) for name in shape.model_fields if hasattr(held, name)}
    return {**told, "units": [units[unit_id] for unit_id in held.unit_ids if unit_id in units]}


async def _owed(session: Session, point_ids: Iterable[UUID]) -> Owed:
    """What the points owe in the periods that touch this month."""
    owed: dict[UUID, list[DutyRead]] = defaultdict(list)
    for duty in await duty_rows.latest(session, point_ids, clock.today().replace(day=1)):
        owed[duty.point_id].append(_duty(duty))
    return owed


def _duty(duty: MonitoringDuty) -> DutyRead:
    missing = duty.done_on is None and duty.due_at < clock.now()
    return DutyRead(kind=duty.kind, period=duty.period, due_at=duty.due_at, done_on=duty.done_on, is_missing=missing)
