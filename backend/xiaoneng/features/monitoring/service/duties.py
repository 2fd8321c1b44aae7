"""What points owe and how it is met (R-64)."""

from datetime import date, datetime, time
from uuid import UUID

from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.campaigns.models.reports import ReportRule
from xiaoneng.features.campaigns.rules.periods import period_of
from xiaoneng.features.monitoring.models.duties import DUE, DUTY, DutyKind, MonitoringDuty
from xiaoneng.features.monitoring.models.points import MonitoringPoint
from xiaoneng.features.monitoring.repository import duties as repository
from xiaoneng.features.monitoring.repository import points
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session

_RULES = {DutyKind.REPORT: ReportRule.WEEK, DutyKind.VISIT: ReportRule.MONTH}
"""R-64 (天水麦积区效能监测点): at least one report a week and one visit a month, of each point."""


async def oblige_all(session: Session) -> int:
    """Let every active point owe the report of this week and the visit of this month; a second run makes none."""
    found = await points.active(session)
    known = await _known(session)
    return sum([await _oblige(session, point, known) for point in found])


async def oblige(session: Session, point: MonitoringPoint) -> None:
    """Let a point that has just become active owe what the running periods ask for."""
    await _oblige(session, point, await _known(session))


async def _known(session: Session) -> set[tuple[UUID, DutyKind, str]]:
    return await repository.known(session, [period_of(rule, clock.today()).name for rule in _RULES.values()])


async def _oblige(session: Session, point: MonitoringPoint, known: set[tuple[UUID, DutyKind, str]]) -> int:
    made = 0
    for kind, rule in _RULES.items():
        period = period_of(rule, clock.today())
        if (point.id, kind, period.name) in known:
            continue
        duty = MonitoringDuty(
            point_id=point.id,
            kind=kind,
            period=period.name,
            period_first=period.first,
            period_last=period.last,
            due_at=datetime.combine(period.last, time.max, clock.REGION_ZONE),
        )
        started = await worktime.start_clock_until(
            session, subject_type=DUTY, subject_id=duty.id, kind=DUE, due_on=period.last, unit_id=None
        )
        duty.due_at = started.due_at
        session.add(duty)
        made += 1
    await session.flush()
    return made


async def meet(session: Session, point_id: UUID, kind: DutyKind, day: date) -> None:
    """Count what was done on a day for the period it lies in, once."""
    duty = await repository.on(session, point_id, kind, day)
    if duty is None or duty.done_on is not None:
        return
    duty.done_on = day
    await worktime.stop_clock(session, DUTY, duty.id, DUE)


async def waive(session: Session, point_id: UUID) -> None:
    """Let a point that is suspended or removed owe nothing in the running periods."""
    for duty in await repository.open_of(session, point_id, clock.today()):
        duty.is_waived = True
        await worktime.cancel_clock(session, DUTY, duty.id, DUE)
