"""HTTP of monitors."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.monitoring.errors import DayAhead, EvaluatedAlready, NotActive
from xiaoneng.features.monitoring.schemas.points import EvaluationInput, MonitorRead, PointVisitInput, WeeklyReport
from xiaoneng.features.monitoring.service import points, reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/monitors", "monitoring")
_ONE = "/{monitor_id}"


async def _act(acting: Acting, monitor_id: UUID, action: str, body: BaseModel) -> MonitorRead:
    session, actor = acting.session, acting.actor
    monitor = await points.perform_monitor(session, actor, monitor_id, acting.command(action, body))
    return tagged(acting.response, await reading.read_monitor(session, actor, monitor))


@routes.get("", operation_id="monitors_list", summary="监督员", responses=responses(*LOGIN, BadCursor))
async def list_monitors(session: SessionDep, actor: CurrentActor, params: PageParamsDep) -> Page[MonitorRead]:
    """All monitors for the office, their own terms for a monitor."""
    return await reading.monitors_page(session, actor, params)


@routes.get(_ONE, operation_id="monitors_get", summary="监督员详情", responses=responses(*LOGIN, NotFound))
async def get_monitor(session: SessionDep, actor: CurrentActor, monitor_id: UUID, response: Response) -> MonitorRead:
    """One monitor."""
    monitor = await points.find_monitor(session, actor, monitor_id)
    return tagged(response, await reading.read_monitor(session, actor, monitor))


@routes.get(
    _ONE + "/timeline",
    operation_id="monitors_timeline",
    summary="监督员时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    session: SessionDep, actor: CurrentActor, monitor_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await reading.monitor_history(session, actor, monitor_id, params)


@routes.post(
    _ONE + "/actions/appoint",
    operation_id="monitors_appoint",
    summary="聘任监督员",
    responses=changes(),
)
async def appoint(acting: ActingDep, monitor_id: UUID, body: NoInput) -> MonitorRead:
    """The office appoints the monitor."""
    return await _act(acting, monitor_id, "appoint", body)


@routes.post(
    _ONE + "/actions/activate",
    operation_id="monitors_activate",
    summary="启用监督员",
    responses=changes(),
)
async def activate(acting: ActingDep, monitor_id: UUID, body: NoInput) -> MonitorRead:
    """The monitor begins to report."""
    return await _act(acting, monitor_id, "activate", body)


@routes.post(
    _ONE + "/actions/suspend",
    operation_id="monitors_suspend",
    summary="暂停监督员",
    responses=changes(),
)
async def suspend(acting: ActingDep, monitor_id: UUID, body: ReasonInput) -> MonitorRead:
    """The monitor does not report for a while."""
    return await _act(acting, monitor_id, "suspend", body)


@routes.post(
    _ONE + "/actions/resume",
    operation_id="monitors_resume",
    summary="恢复监督员",
    responses=changes(),
)
async def resume(acting: ActingDep, monitor_id: UUID, body: NoInput) -> MonitorRead:
    """The monitor goes on."""
    return await _act(acting, monitor_id, "resume", body)


@routes.post(
    _ONE + "/actions/evaluate",
    operation_id="monitors_evaluate",
    summary="评价监督员",
    responses=changes(EvaluatedAlready, DayAhead),
)
async def evaluate(acting: ActingDep, monitor_id: UUID, body: EvaluationInput) -> MonitorRead:
    """Evaluate a year; the result says whether the monitor goes on."""
    return await _act(acting, monitor_id, "evaluate", body)


@routes.post(
    _ONE + "/actions/remove",
    operation_id="monitors_remove",
    summary="解除监督员",
    responses=changes(),
)
async def remove(acting: ActingDep, monitor_id: UUID, body: ReasonInput) -> MonitorRead:
    """End the term of the monitor."""
    return await _act(acting, monitor_id, "remove", body)


@routes.post(
    _ONE + "/actions/report",
    operation_id="monitors_report",
    summary="报送周报",
    responses=changes(NotActive),
)
async def report(acting: ActingDep, monitor_id: UUID, body: WeeklyReport) -> MonitorRead:
    """Report for this week; that there was nothing is a report too."""
    return await _act(acting, monitor_id, "report", body)


@routes.post(
    _ONE + "/actions/record_visit",
    operation_id="monitors_record_visit",
    summary="登记走访",
    responses=changes(NotActive, DayAhead),
)
async def record_visit(acting: ActingDep, monitor_id: UUID, body: PointVisitInput) -> MonitorRead:
    """Write down a visit to the point."""
    return await _act(acting, monitor_id, "record_visit", body)
