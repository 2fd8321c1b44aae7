"""Points and monitors take up, suspend and end their terms (S3-10, SM-17)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.monitoring import policies
from xiaoneng.features.monitoring.errors import (
    DayAhead,
    EvaluatedAlready,
    MonitorTwice,
    NotActive,
    OwnUnit,
    PointRemoved,
)
from xiaoneng.features.monitoring.events import MonitorMoved, PointMoved
from xiaoneng.features.monitoring.models.duties import DutyKind, MonitoringRecord
from xiaoneng.features.monitoring.models.points import (
    MONITOR,
    POINT,
    EvaluationResult,
    Monitor,
    MonitoringPoint,
    TermStatus,
)
from xiaoneng.features.monitoring.repository import points as repository
from xiaoneng.features.monitoring.schemas.points import (
    EvaluationInput,
    MonitorCreate,
    PointCreate,
    PointVisitInput,
    WeeklyReport,
)
from xiaoneng.features.monitoring.service import duties
from xiaoneng.features.monitoring.transitions import MONITORS, POINTS
from xiaoneng.kit import clock
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem, InvalidInput, NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput

MONITORS_NAME = "监督员"
"""How histories name a monitor."""


async def _judge(_: Session, __: Actor, ___: Any) -> Judge:
    def judge(_: str) -> Denial:
        return None

    return judge


POINT_DOOR: Door[MonitoringPoint] = Door(
    POINT,
    POINTS,
    standing=policies.point_standing,
    judge=_judge,
    moved=lambda point_id, action: PointMoved(subject_id=point_id, action=action),
)
MONITOR_DOOR: Door[Monitor] = Door(
    MONITOR,
    MONITORS,
    standing=policies.held_standing,
    judge=_judge,
    moved=lambda monitor_id, action: MonitorMoved(subject_id=monitor_id, action=action),
)


def unnamed(actor: Actor, monitor_id: UUID) -> Actor:
    """The actor as histories may name them: a monitor by their number only, so that nothing tells who they are."""
    is_office = actor.reach("monitor:manage").jurisdiction
    return actor if is_office else replace(actor, id=monitor_id, name=MONITORS_NAME)


async def create(session: Session, actor: Actor, body: PointCreate) -> MonitoringPoint:
    """Nominate a point. Raises UnitGone, and OwnUnit when the actor works in a unit it is to watch."""
    unit_ids = list(dict.fromkeys(body.unit_ids))
    for unit_id in unit_ids:
        await organization.require_unit(session, unit_id)
    if actor.member_units & set(unit_ids):
        raise OwnUnit
    no = await numbering.next_number(session, "monitoring_point")
    point = MonitoringPoint(no=no, name=body.name, type=body.type, region=body.region, unit_ids=unit_ids)
    session.add(point)
    await session.flush()
    timeline.record(session, actor.author, POINT, point.id, Change("nominate", to_state=point.status))
    return point


async def add_monitor(session: Session, actor: Actor, point_id: UUID, body: MonitorCreate) -> Monitor:
    """Nominate a monitor of a point. Raises NotFound, PointRemoved, OwnUnit, MonitorTwice and InvalidInput."""
    point = await find(session, actor, point_id)
    if point.status is TermStatus.REMOVED:
        raise PointRemoved
    await _check_person(session, point, body.person_id)
    key = str(body.person_id) if body.person_id else None
    monitor = Monitor(
        point_id=point.id,
        name=body.name,
        phone=body.phone,
        person_key=key,
        person_hash=provider().lookup_hash(key) if key else None,
        unit_ids=list(point.unit_ids),
    )
    session.add(monitor)
    await session.flush()
    timeline.record(session, actor.author, MONITOR, monitor.id, Change("nominate", to_state=monitor.status))
    timeline.record(session, actor.author, POINT, point.id, Change("add_monitor"))
    return monitor


async def _check_person(session: Session, point: MonitoringPoint, person_id: UUID | None) -> None:
    if person_id is None:
        return
    if await organization.find_person(session, person_id) is None:
        problem = FieldProblem(path="body.person_id", code="unknown_person", message="没有这个人员")
        raise InvalidInput(errors=[problem])
    for unit_id in point.unit_ids:
        if await organization.find_person_in(session, person_id, unit_id):
            raise OwnUnit
    others = await repository.monitors_of(session, point.id)
    if str(person_id) in {one.person_key for one in others if one.status is not TermStatus.REMOVED}:
        raise MonitorTwice


async def find(session: Session, actor: Actor, point_id: UUID) -> MonitoringPoint:
    """One point within the actor's sight. Raises NotFound."""
    point = await repository.find(session, actor, point_id)
    if point is None:
        raise NotFound
    return point


async def find_monitor(session: Session, actor: Actor, monitor_id: UUID) -> Monitor:
    """One monitor within the actor's sight. Raises NotFound."""
    monitor = await repository.find_monitor(session, actor, monitor_id)
    if monitor is None:
        raise NotFound
    return monitor


async def perform(session: Session, actor: Actor, point_id: UUID, command: Command) -> MonitoringPoint:
    """Do one step of a point. Raises what `Door.perform` raises."""
    point = await POINT_DOOR.perform(session, actor, await repository.find(session, actor, point_id), command)
    await _follow_term(session, actor, point)
    return point


async def perform_monitor(session: Session, actor: Actor, monitor_id: UUID, command: Command) -> Monitor:
    """Do one step of a monitor. Raises what `Door.perform` raises, NotActive and DayAhead."""
    monitor = await repository.find_monitor(session, actor, monitor_id)
    return await MONITOR_DOOR.perform(session, unnamed(actor, monitor_id), monitor, command)


async def _follow_term(session: Session, actor: Actor, point: MonitoringPoint) -> None:
    """What a point owes, and whether it still has monitors, follows from its state."""
    if point.status is TermStatus.ACTIVE:
        await duties.oblige(session, point)
        return
    await duties.waive(session, point.id)
    if point.status is TermStatus.REMOVED:
        await _end_monitors(session, actor, await repository.monitors_of(session, point.id))


async def _end_monitors(session: Session, actor: Actor, monitors: Iterable[Monitor]) -> None:
    for monitor in monitors:
        if monitor.status is not TermStatus.REMOVED:
            before = monitor.status
            MONITOR_DOOR.move(monitor, TermStatus.REMOVED)
            monitor.removed_on = clock.today()
            timeline.record(
                session, actor.author, MONITOR, monitor.id, Change("remove", before, monitor.status, "监测点已解除")
            )


async def _appoint(_: Session, __: Actor, held: MonitoringPoint | Monitor, ___: NoInput) -> Changes:
    held.appointed_on = clock.today()
    return {}


async def _remove(_: Session, __: Actor, held: MonitoringPoint | Monitor, ___: ReasonInput) -> Changes:
    held.removed_on = clock.today()
    return {}


async def _suspend(_: Session, __: Actor, ___: MonitoringPoint | Monitor, ____: ReasonInput) -> Changes:
    return {}


async def _go_on(_: Session, __: Actor, ___: MonitoringPoint | Monitor, ____: NoInput) -> Changes:
    return {}


async def _evaluate(_: Session, __: Actor, held: MonitoringPoint | Monitor, body: EvaluationInput) -> Changes:
    """Once a year; whoever is not renewed is removed (天水: 年终考核, 不合格的取消资格)."""
    if body.year > clock.today().year:
        raise DayAhead
    if held.evaluated_year is not None and body.year <= held.evaluated_year:
        raise EvaluatedAlready
    held.evaluated_year, held.evaluation = body.year, body.text
    if body.result is EvaluationResult.REMOVE:
        Door.move(held, TermStatus.REMOVED)
        held.removed_on = clock.today()
    return {"year": body.year, "result": body.result}


def _terms(door: Door[Any]) -> None:
    """Points and monitors begin and end alike."""
    door.on("appoint", NoInput)(_appoint)
    door.on("activate", NoInput)(_go_on)
    door.on("resume", NoInput)(_go_on)
    door.on("suspend", ReasonInput)(_suspend)
    door.on("evaluate", EvaluationInput)(_evaluate)
    door.on("remove", ReasonInput)(_remove)


_terms(POINT_DOOR)
_terms(MONITOR_DOOR)


async def require_active(session: Session, monitor: Monitor) -> None:
    """Raises NotActive unless the monitor and the point are in their terms."""
    point = await repository.get(session, monitor.point_id)
    if point is None or {point.status, monitor.status} != {TermStatus.ACTIVE}:
        raise NotActive


@MONITOR_DOOR.on("report", WeeklyReport)
async def _report(session: Session, _: Actor, monitor: Monitor, body: WeeklyReport) -> Changes:
    await require_active(session, monitor)
    return await _write_down(
        session, monitor, DutyKind.REPORT, PointVisitInput(visited_on=clock.today(), text=body.text)
    )


@MONITOR_DOOR.on("record_visit", PointVisitInput)
async def _record_visit(session: Session, _: Actor, monitor: Monitor, body: PointVisitInput) -> Changes:
    await require_active(session, monitor)
    if body.visited_on > clock.today():
        raise DayAhead
    return await _write_down(session, monitor, DutyKind.VISIT, body)


async def _write_down(session: Session, monitor: Monitor, kind: DutyKind, told: PointVisitInput) -> Changes:
    day = told.visited_on
    record = MonitoringRecord(
        point_id=monitor.point_id, monitor_id=monitor.id, kind=kind, happened_on=day, text=told.text
    )
    session.add(record)
    await duties.meet(session, monitor.point_id, kind, day)
    await session.flush()
    return {"day": day.isoformat()}


async def _may_read_point(session: Session, actor: Actor, point_id: UUID) -> bool:
    return await repository.find(session, actor, point_id) is not None


async def _may_read_monitor(session: Session, actor: Actor, monitor_id: UUID) -> bool:
    return await repository.find_monitor(session, actor, monitor_id) is not None


register_reader(POINT, _may_read_point)
register_reader(MONITOR, _may_read_monitor)
