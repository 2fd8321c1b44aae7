"""Timers of monitoring, and whom it tells; no message says who a monitor is."""

from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClockBreached, ClockEvent, ClockWarned
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.monitoring.events import InfoMoved, InfoSubmitted
from xiaoneng.features.monitoring.models.duties import DUTY, DutyKind
from xiaoneng.features.monitoring.models.infos import INFO, MonitoringInfo
from xiaoneng.features.monitoring.models.points import MONITOR, TermStatus
from xiaoneng.features.monitoring.repository import duties, infos, points
from xiaoneng.features.monitoring.service.duties import oblige_all
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import periodic

_ASKS = {DutyKind.REPORT: "本周监测信息尚未报送", DutyKind.VISIT: "本月走访尚未登记"}


@periodic("monitoring.oblige", "11 0 * * *")
async def oblige_points(session: Session) -> None:
    """Let active points owe the report of the week and the visit of the month (R-64)."""
    await oblige_all(session)


async def _office(session: Session, info: MonitoringInfo) -> list[UUID]:
    return await accounts.accounts_serving(session, (Role.LGO,), except_units=info.unit_ids)


@subscribe(InfoSubmitted)
async def tell_office(session: Session, event: InfoSubmitted) -> None:
    """Tell the office that there is something to screen, without those who work in a unit watched (I1)."""
    info = await infos.get(session, event.subject_id)
    if info is None:
        return
    message = Message(
        title=f"收到监测信息 {info.no}，请筛查",
        body="",
        subject_type=INFO,
        subject_id=info.id,
        dedupe_key=f"monitoring_info.submitted:{info.id}",
    )
    notify(session, await _office(session, info), message)


@subscribe(InfoMoved)
async def tell_monitor(session: Session, event: InfoMoved) -> None:
    """Tell the monitor that the office has answered."""
    info = await infos.get(session, event.subject_id)
    if info is None or event.action != "feed_back":
        return
    message = Message(
        title=f"您报送的信息 {info.no} 已有反馈",
        body="",
        subject_type=INFO,
        subject_id=info.id,
        dedupe_key=f"monitoring_info.fed_back:{info.id}",
    )
    notify(session, await accounts.accounts_for(session, [UUID(info.person_key)]), message)


@subscribe(ClockWarned)
async def remind(session: Session, event: ClockWarned) -> None:
    """Remind the monitors of a point of what it still owes, once."""
    if event.object_type != DUTY or not await worktime.still_holds(session, event.subject_id, event.level):
        return
    duty = await duties.get(session, event.object_id)
    if duty is None:
        return
    for monitor in await points.monitors_of(session, duty.point_id):
        if monitor.status is TermStatus.ACTIVE and monitor.person_key:
            message = Message(
                title=f"{_ASKS[duty.kind]}（{duty.period}）",
                body="",
                subject_type=MONITOR,
                subject_id=monitor.id,
                dedupe_key=f"monitoring_duty.remind:{duty.id}",
            )
            notify(session, await accounts.accounts_for(session, [UUID(monitor.person_key)]), message)


async def tell_screening(session: Session, event: ClockEvent) -> None:
    """Wake the office when information waits too long to be screened."""
    if event.object_type != INFO or not await worktime.still_holds(session, event.subject_id, event.level):
        return
    info = await infos.get(session, event.object_id)
    if info is None:
        return
    message = Message(
        title=event.headline(info.no),
        body="",
        subject_type=INFO,
        subject_id=info.id,
        dedupe_key=f"clock:{event.subject_id}:{event.level}:{event.due_at.isoformat()}",
    )
    notify(session, await _office(session, info), message)


for _rung in (ClockWarned, ClockBreached):
    subscribe(_rung)(tell_screening)
