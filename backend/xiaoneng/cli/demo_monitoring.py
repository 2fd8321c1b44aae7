"""A monitoring point in the demo region, played through the same doors that people use: two monitors, one telling."""

from datetime import timedelta
from uuid import UUID

from xiaoneng.cli.demo_month import actor_of
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.features.monitoring.models.points import PointType
from xiaoneng.features.monitoring.schemas.infos import InfoCreate
from xiaoneng.features.monitoring.schemas.points import MonitorCreate, PointCreate
from xiaoneng.features.monitoring.service import infos, points
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database
from xiaoneng.kit.schemas import NoInput

_AGE = timedelta(hours=5)
_STEPS = ("appoint", "activate")


async def play(database: Database, units: dict[str, UUID]) -> None:
    """Play a point that watches two units, with a monitor who told something and one whom the office telephones."""
    office, told_by = await actor_of(database, "office"), await actor_of(database, "monitor")
    with clock.frozen(clock.now() - _AGE):
        await _founded(database, office, told_by, units)


async def _founded(database: Database, office: Actor, told_by: Actor, units: dict[str, UUID]) -> None:
    body = PointCreate(
        name="云杉精密机械厂", type=PointType.ENTERPRISE, region="高新片区", unit_ids=[units["ML17"], units["ML11"]]
    )
    async with database.unit_of_work() as session:
        point = await points.create(session, office, body)
        first = MonitorCreate(name=told_by.name, phone="13900001111", person_id=told_by.person_id)
        monitor = await points.add_monitor(session, office, point.id, first)
        other = await points.add_monitor(session, office, point.id, MonitorCreate(name="柳行之", phone="13900002222"))
        for action in _STEPS:
            await points.perform(session, office, point.id, Command(action, NoInput(), point.rev))
            for one in (monitor, other):
                await points.perform_monitor(session, office, one.id, Command(action, NoInput(), one.rev))
        info = InfoCreate(
            monitor_id=monitor.id,
            about_unit_id=units["ML17"],
            title="占道施工审批超期未答复",
            content="申请材料齐全，窗口受理后十二个工作日未予答复，多次询问均称领导出差。",
        )
        await infos.submit(session, told_by, info)
