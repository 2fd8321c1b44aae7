"""HTTP of information from monitors."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.errors import CalendarMissing, PolicyMissing
from xiaoneng.features.monitoring.errors import NamesSource, NotActive, UnitNotWatched
from xiaoneng.features.monitoring.schemas.infos import (
    FeedBackInput,
    InfoCreate,
    InfoFilter,
    InfoRead,
    LinkLetterInput,
    OpenCaseInput,
)
from xiaoneng.features.monitoring.service import infos
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/monitoring-infos", "monitoring")
_ONE = "/{info_id}"


async def _act(acting: Acting, info_id: UUID, action: str, body: BaseModel) -> InfoRead:
    session, actor = acting.session, acting.actor
    info = await infos.perform(session, actor, info_id, acting.command(action, body))
    return tagged(acting.response, await infos.read(session, actor, info))


@routes.get("", operation_id="monitoring_infos_list", summary="监测信息", responses=responses(*LOGIN, BadCursor))
async def list_infos(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[InfoFilter, Query()]
) -> Page[InfoRead]:
    """Information within the caller's sight, what is to be screened first on top."""
    return await infos.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="monitoring_infos_submit",
    status_code=201,
    summary="报送监测信息",
    responses=responses(*LOGIN, NotFound, InvalidInput, NotActive, UnitNotWatched, PolicyMissing, CalendarMissing),
)
async def submit(session: SessionDep, actor: CurrentActor, body: InfoCreate, response: Response) -> InfoRead:
    """Tell the office what was seen; it is the report of the week as well."""
    info = await infos.submit(session, actor, body)
    response.headers["Location"] = f"/api/v1/monitoring-infos/{info.id}"
    return tagged(response, await infos.read(session, actor, info))


@routes.get(_ONE, operation_id="monitoring_infos_get", summary="监测信息详情", responses=responses(*LOGIN, NotFound))
async def get_info(session: SessionDep, actor: CurrentActor, info_id: UUID, response: Response) -> InfoRead:
    """One piece of information with what came of it."""
    return tagged(response, await infos.read(session, actor, await infos.find(session, actor, info_id)))


@routes.get(
    _ONE + "/timeline",
    operation_id="monitoring_infos_timeline",
    summary="监测信息时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    session: SessionDep, actor: CurrentActor, info_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await infos.history(session, actor, info_id, params)


@routes.post(
    _ONE + "/actions/screen",
    operation_id="monitoring_infos_screen",
    summary="受理监测信息",
    responses=changes(),
)
async def screen(acting: ActingDep, info_id: UUID, body: NoInput) -> InfoRead:
    """The office takes it up within its limit."""
    return await _act(acting, info_id, "screen", body)


@routes.post(
    _ONE + "/actions/open_case",
    operation_id="monitoring_infos_open_case",
    summary="监测信息转为诉求",
    responses=changes(NamesSource, PolicyMissing, CalendarMissing),
)
async def open_case(acting: ActingDep, info_id: UUID, body: OpenCaseInput) -> InfoRead:
    """Open a case in the office's own words that names nobody."""
    return await _act(acting, info_id, "open_case", body)


@routes.post(
    _ONE + "/actions/link_letter",
    operation_id="monitoring_infos_link_letter",
    summary="监测信息关联文书",
    responses=changes(),
)
async def link_letter(acting: ActingDep, info_id: UUID, body: LinkLetterInput) -> InfoRead:
    """Say which letter deals with it."""
    return await _act(acting, info_id, "link_letter", body)


@routes.post(
    _ONE + "/actions/note",
    operation_id="monitoring_infos_note",
    summary="监测信息留存",
    responses=changes(),
)
async def note(acting: ActingDep, info_id: UUID, body: ReasonInput) -> InfoRead:
    """Keep it, with the reason why nothing follows."""
    return await _act(acting, info_id, "note", body)


@routes.post(
    _ONE + "/actions/feed_back",
    operation_id="monitoring_infos_feed_back",
    summary="反馈监测信息",
    responses=changes(),
)
async def feed_back(acting: ActingDep, info_id: UUID, body: FeedBackInput) -> InfoRead:
    """Tell the monitor what came of it."""
    return await _act(acting, info_id, "feed_back", body)


@routes.post(
    _ONE + "/actions/close",
    operation_id="monitoring_infos_close",
    summary="办结监测信息",
    responses=changes(),
)
async def close(acting: ActingDep, info_id: UUID, body: NoInput) -> InfoRead:
    """The matter is over."""
    return await _act(acting, info_id, "close", body)
