"""HTTP of monitoring points and of what they owe."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.monitoring.errors import DayAhead, EvaluatedAlready, MonitorTwice, OwnUnit, PointRemoved
from xiaoneng.features.monitoring.schemas.points import (
    DutyRate,
    DutyRateFilter,
    EvaluationInput,
    MonitorCreate,
    MonitorRead,
    PointCreate,
    PointFilter,
    PointListItem,
    PointRead,
)
from xiaoneng.features.monitoring.service import points, reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("", "monitoring")
_POINTS = "/monitoring-points"
_ONE = _POINTS + "/{point_id}"


async def _act(acting: Acting, point_id: UUID, action: str, body: BaseModel) -> PointRead:
    session, actor = acting.session, acting.actor
    point = await points.perform(session, actor, point_id, acting.command(action, body))
    return tagged(acting.response, await reading.read(session, actor, point))


@routes.get(_POINTS, operation_id="monitoring_points_list", summary="监测点", responses=responses(*LOGIN, BadCursor))
async def list_points(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[PointFilter, Query()]
) -> Page[PointListItem]:
    """Points within the caller's sight, the latest first."""
    return await reading.page(session, actor, chosen)


@routes.post(
    _POINTS,
    operation_id="monitoring_points_nominate",
    status_code=201,
    summary="提名监测点",
    responses=responses(*LOGIN, InvalidInput, UnitGone, OwnUnit),
)
async def nominate(session: SessionDep, actor: CurrentActor, body: PointCreate, response: Response) -> PointRead:
    """Nominate a point with the units it is to watch."""
    point = await points.create(session, actor, body)
    response.headers["Location"] = f"/api/v1/monitoring-points/{point.id}"
    return tagged(response, await reading.read(session, actor, point))


@routes.get(
    "/monitoring-duties/rates",
    operation_id="monitoring_duties_rates",
    summary="监测点履职率",
    responses=responses(*LOGIN, BadCursor),
)
async def get_rates(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[DutyRateFilter, Query()]
) -> Page[DutyRate]:
    """Reports and visits done and due, point by point (R-64)."""
    return await reading.rates(session, actor, chosen)


@routes.get(_ONE, operation_id="monitoring_points_get", summary="监测点详情", responses=responses(*LOGIN, NotFound))
async def get_point(session: SessionDep, actor: CurrentActor, point_id: UUID, response: Response) -> PointRead:
    """One point with its monitors and what it owes."""
    return tagged(response, await reading.read(session, actor, await points.find(session, actor, point_id)))


@routes.get(
    _ONE + "/timeline",
    operation_id="monitoring_points_timeline",
    summary="监测点时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    session: SessionDep, actor: CurrentActor, point_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await reading.history(session, actor, point_id, params)


@routes.post(
    _ONE + "/monitors",
    operation_id="monitors_nominate",
    status_code=201,
    summary="提名监督员",
    responses=responses(*LOGIN, NotFound, InvalidInput, OwnUnit, MonitorTwice, PointRemoved),
)
async def nominate_monitor(
    session: SessionDep, actor: CurrentActor, point_id: UUID, body: MonitorCreate, response: Response
) -> MonitorRead:
    """Nominate a monitor of the point."""
    monitor = await points.add_monitor(session, actor, point_id, body)
    return tagged(response, await reading.read_monitor(session, actor, monitor))


@routes.post(
    _ONE + "/actions/appoint",
    operation_id="monitoring_points_appoint",
    summary="聘任监测点",
    responses=changes(),
)
async def appoint(acting: ActingDep, point_id: UUID, body: NoInput) -> PointRead:
    """The office appoints the point."""
    return await _act(acting, point_id, "appoint", body)


@routes.post(
    _ONE + "/actions/activate",
    operation_id="monitoring_points_activate",
    summary="启用监测点",
    responses=changes(),
)
async def activate(acting: ActingDep, point_id: UUID, body: NoInput) -> PointRead:
    """The point begins to report; it owes from now."""
    return await _act(acting, point_id, "activate", body)


@routes.post(
    _ONE + "/actions/suspend",
    operation_id="monitoring_points_suspend",
    summary="暂停监测点",
    responses=changes(),
)
async def suspend(acting: ActingDep, point_id: UUID, body: ReasonInput) -> PointRead:
    """The point owes nothing for a while."""
    return await _act(acting, point_id, "suspend", body)


@routes.post(
    _ONE + "/actions/resume",
    operation_id="monitoring_points_resume",
    summary="恢复监测点",
    responses=changes(),
)
async def resume(acting: ActingDep, point_id: UUID, body: NoInput) -> PointRead:
    """The point goes on."""
    return await _act(acting, point_id, "resume", body)


@routes.post(
    _ONE + "/actions/evaluate",
    operation_id="monitoring_points_evaluate",
    summary="评价监测点",
    responses=changes(EvaluatedAlready, DayAhead),
)
async def evaluate(acting: ActingDep, point_id: UUID, body: EvaluationInput) -> PointRead:
    """Evaluate a year; the result says whether the point goes on."""
    return await _act(acting, point_id, "evaluate", body)


@routes.post(
    _ONE + "/actions/remove",
    operation_id="monitoring_points_remove",
    summary="解除监测点",
    responses=changes(),
)
async def remove(acting: ActingDep, point_id: UUID, body: ReasonInput) -> PointRead:
    """End the point and the terms of its monitors."""
    return await _act(acting, point_id, "remove", body)
