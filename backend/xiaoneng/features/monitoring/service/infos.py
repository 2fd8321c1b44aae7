"""A monitor tells, the office screens, decides and answers (SM-17)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change, TimelineEntryRead
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import CaseChannel
from xiaoneng.features.cases.schemas.actions import CaseDraft
from xiaoneng.features.cases.service import intake
from xiaoneng.features.inspections.service import letter_reading
from xiaoneng.features.monitoring import policies
from xiaoneng.features.monitoring.errors import NamesSource, UnitNotWatched
from xiaoneng.features.monitoring.events import InfoMoved, InfoSubmitted
from xiaoneng.features.monitoring.models.duties import DutyKind
from xiaoneng.features.monitoring.models.infos import INFO, SCREEN, InfoStatus, MonitoringInfo
from xiaoneng.features.monitoring.models.points import Monitor, MonitoringPoint
from xiaoneng.features.monitoring.repository import infos as repository
from xiaoneng.features.monitoring.repository import points as point_rows
from xiaoneng.features.monitoring.schemas.infos import (
    FeedBackInput,
    InfoCreate,
    InfoFilter,
    InfoRead,
    LinkLetterInput,
    OpenCaseInput,
)
from xiaoneng.features.monitoring.service import duties, points
from xiaoneng.features.monitoring.transitions import INFOS, TITLES
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput

SOURCE = "监测点"
"""All that a case tells of where it came from."""


async def _judge(_: Session, __: Actor, ___: MonitoringInfo) -> Judge:
    def judge(_: str) -> Denial:
        return None

    return judge


DOOR: Door[MonitoringInfo] = Door(
    INFO,
    INFOS,
    standing=policies.held_standing,
    judge=_judge,
    moved=lambda info_id, action: InfoMoved(subject_id=info_id, action=action),
)


async def submit(session: Session, actor: Actor, body: InfoCreate) -> MonitoringInfo:
    """Take down what a monitor tells; it is the report of the week as well (R-64).

    Raises NotFound, PermissionDenied, NotActive and UnitNotWatched.
    """
    monitor = await points.find_monitor(session, actor, body.monitor_id)
    if monitor.person_key is None or not actor.may("monitoring_info:submit", policies.held_standing(monitor)):
        raise PermissionDenied
    await points.require_active(session, monitor)
    if body.about_unit_id is not None and body.about_unit_id not in monitor.unit_ids:
        raise UnitNotWatched
    info = await _taken_down(session, monitor, body)
    session.add(info)
    await duties.meet(session, monitor.point_id, DutyKind.REPORT, clock.today())
    await session.flush()
    author = points.unnamed(actor, monitor.id).author
    timeline.record(session, author, INFO, info.id, Change("submit", to_state=info.status))
    await outbox.publish(session, InfoSubmitted(subject_id=info.id))
    return info


async def _taken_down(session: Session, monitor: Monitor, body: InfoCreate) -> MonitoringInfo:
    info_id, now = ids.new_id(), clock.now()
    started = await worktime.start_clock(
        session, subject_type=INFO, subject_id=info_id, kind=SCREEN, policy_code=INFO, started_at=now, unit_id=None
    )
    return MonitoringInfo(
        **body.model_dump(),
        id=info_id,
        no=await numbering.next_number(session, INFO),
        point_id=monitor.point_id,
        person_key=monitor.person_key or "",
        person_hash=monitor.person_hash or b"",
        unit_ids=list(monitor.unit_ids),
        due_at=started.due_at,
        submitted_at=now,
    )


async def perform(session: Session, actor: Actor, info_id: UUID, command: Command) -> MonitoringInfo:
    """Do one step of a piece of information. Raises what `Door.perform` raises, NamesSource and NotFound."""
    info = await repository.find(session, actor, info_id)
    return await DOOR.perform(session, points.unnamed(actor, info.monitor_id) if info else actor, info, command)


@DOOR.on("screen", NoInput)
async def _screen(session: Session, _: Actor, info: MonitoringInfo, __: NoInput) -> Changes:
    await worktime.stop_clock(session, INFO, info.id, SCREEN)
    return {}


@DOOR.on("open_case", OpenCaseInput)
async def _open_case(session: Session, actor: Actor, info: MonitoringInfo, body: OpenCaseInput) -> Changes:
    """A case in the enterprises' lane (S3-10) that names nobody: the office words it, its source is a point."""
    point, monitor = await _source(session, info)
    if policies.names_source(f"{body.title} {body.content}", [point.name, monitor.name, monitor.phone]):
        raise NamesSource
    draft = CaseDraft(
        kind=body.kind,
        channel=CaseChannel.GREEN_CHANNEL,
        title=body.title,
        content=body.content,
        received_at=clock.now(),
        target_unit_id=info.about_unit_id,
        source=SOURCE,
    )
    case, _ = await intake.register(session, actor.author, draft, created_by=actor.id)
    info.case_id = case.id
    return {"case": case.no}


async def _source(session: Session, info: MonitoringInfo) -> tuple[MonitoringPoint, Monitor]:
    point = await point_rows.get(session, info.point_id)
    monitor = (await point_rows.monitors(session, [info.monitor_id])).get(info.monitor_id)
    if point is None or monitor is None:
        raise NotFound
    return point, monitor


@DOOR.on("link_letter", LinkLetterInput)
async def _link_letter(session: Session, actor: Actor, info: MonitoringInfo, body: LinkLetterInput) -> Changes:
    letter = await letter_reading.get(session, actor, body.letter_id)
    info.letter_id = letter.id
    return {"letter": letter.no}


@DOOR.on("note", ReasonInput)
async def _note(_: Session, __: Actor, info: MonitoringInfo, body: ReasonInput) -> Changes:
    info.note = body.reason
    return {}


@DOOR.on("feed_back", FeedBackInput)
async def _feed_back(_: Session, __: Actor, info: MonitoringInfo, body: FeedBackInput) -> Changes:
    info.feedback, info.fed_back_at = body.text, clock.now()
    return {}


@DOOR.on("close", NoInput)
async def _close(_: Session, __: Actor, ___: MonitoringInfo, ____: NoInput) -> Changes:
    return {}


async def find(session: Session, actor: Actor, info_id: UUID) -> MonitoringInfo:
    """One piece of information within the actor's sight. Raises NotFound."""
    info = await repository.find(session, actor, info_id)
    if info is None:
        raise NotFound
    return info


async def read(session: Session, actor: Actor, info: MonitoringInfo) -> InfoRead:
    """One piece of information as the API shows it."""
    of_points = await point_rows.points(session, [info.point_id])
    monitors = await point_rows.monitors(session, [info.monitor_id])
    return await _shown(session, actor, info, of_points, monitors)


async def _shown(
    session: Session,
    actor: Actor,
    info: MonitoringInfo,
    of_points: Mapping[UUID, MonitoringPoint],
    monitors: Mapping[UUID, Monitor],
) -> InfoRead:
    units = await organization.unit_refs(session)
    told: dict[str, Any] = {name: getattr(info, name) for name in InfoRead.model_fields if hasattr(info, name)}
    waits = info.status is InfoStatus.SUBMITTED
    deadline = worktime.deadline(await worktime.calendar(session), SCREEN, info.due_at) if waits else None
    return InfoRead(
        **told,
        point_no=of_points[info.point_id].no,
        point_name=of_points[info.point_id].name,
        monitor_name=monitors[info.monitor_id].name,
        about_unit=units.get(info.about_unit_id) if info.about_unit_id else None,
        lamp=worktime.lamp(deadline) if deadline else None,
        available_actions=action_refs(await DOOR.available(session, actor, info)),
    )


async def page(session: Session, actor: Actor, chosen: InfoFilter) -> Page[InfoRead]:
    """A page of the information within the actor's sight."""
    found = await repository.page(session, actor, chosen)
    of_points = await point_rows.points(session, [row.point_id for row in found.rows])
    monitors = await point_rows.monitors(session, [row.monitor_id for row in found.rows])
    shown = {row.id: await _shown(session, actor, row.MonitoringInfo, of_points, monitors) for row in found.rows}
    return found.page(lambda row: shown[row.id])


async def history(session: Session, actor: Actor, info_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """The history of a piece of information. Raises NotFound."""
    await find(session, actor, info_id)
    return await timeline.page_of(session, info_id, params, TITLES)


async def _may_read(session: Session, actor: Actor, info_id: UUID) -> bool:
    return await repository.find(session, actor, info_id) is not None


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    if moved:
        await repository.move_due(session, [(move.subject_id, move.due_at) for move in moved])


register_reader(INFO, _may_read)
worktime.register_follower(INFO, _follow)
