"""HTTP of inspections."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.errors import CalendarMissing, PolicyMissing
from xiaoneng.features.inspections.errors.inspections import (
    AnswersLeft,
    ChecklistUnknown,
    DatesOutOfOrder,
    FindingsOpen,
    IsSecret,
    ItemsOpen,
    LeaderOnly,
    MustBeSecret,
    NotAnInspector,
    NothingToInspect,
    NoticeNeeded,
    OwnUnitInspected,
    Recused,
    RedrawNeedsReason,
    TeamIncomplete,
    UnitsLeft,
    UnitUnknown,
)
from xiaoneng.features.inspections.schemas.inspections import (
    DrawList,
    DrawTeamInput,
    DrawUnitsInput,
    InspectedUnitsInput,
    InspectionConclusion,
    InspectionCreate,
    InspectionFilter,
    InspectionListItem,
    InspectionRead,
    InspectionReport,
    InspectionSummary,
    SkipInput,
    TeamInput,
    VisitInput,
)
from xiaoneng.features.inspections.service import door, findings_reading, planning, reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/inspections", "inspections")
_ONE, _DO = "/{inspection_id}", "/{inspection_id}/actions"


async def _act(acting: Acting, inspection_id: UUID, action: str, body: BaseModel) -> InspectionRead:
    session, actor = acting.session, acting.actor
    inspection = await door.perform(session, actor, inspection_id, acting.command(action, body))
    return tagged(acting.response, await reading.read(session, actor, inspection))


@routes.get("", operation_id="inspections_list", summary="检查", responses=responses(*LOGIN, BadCursor))
async def list_inspections(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[InspectionFilter, Query()]
) -> Page[InspectionListItem]:
    """Inspections within the caller's sight, the latest first; a unit knows of none before notice or release."""
    return await reading.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="inspections_create",
    status_code=201,
    summary="拟定检查",
    responses=responses(*LOGIN, NotFound, InvalidInput, ChecklistUnknown, MustBeSecret, DatesOutOfOrder),
)
async def create_inspection(
    session: SessionDep, actor: CurrentActor, body: InspectionCreate, response: Response
) -> InspectionRead:
    """Set down an inspection; units and team are named or drawn next."""
    inspection = await planning.create(session, actor, body)
    response.headers["Location"] = f"/api/v1/inspections/{inspection.id}"
    return tagged(response, await reading.read(session, actor, inspection))


@routes.get(_ONE, operation_id="inspections_get", summary="检查详情", responses=responses(*LOGIN, NotFound))
async def get_inspection(
    session: SessionDep, actor: CurrentActor, inspection_id: UUID, response: Response
) -> InspectionRead:
    """One inspection: whole to those who carry it out, its own part to a unit."""
    inspection = await reading.get(session, actor, inspection_id)
    return tagged(response, await reading.read(session, actor, inspection))


@routes.get(
    _ONE + "/timeline",
    operation_id="inspections_timeline",
    summary="检查时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    session: SessionDep, actor: CurrentActor, inspection_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first; not for the units."""
    return await reading.history(session, actor, inspection_id, params)


@routes.get(
    _ONE + "/draws", operation_id="inspections_draws", summary="抽取记录", responses=responses(*LOGIN, NotFound)
)
async def get_draws(session: SessionDep, actor: CurrentActor, inspection_id: UUID) -> DrawList:
    """Every draw with seed, population, who was kept out and why; each repeated by the server."""
    return await reading.draws(session, actor, inspection_id)


@routes.get(
    _ONE + "/summary", operation_id="inspections_summary", summary="检查汇总", responses=responses(*LOGIN, NotFound)
)
async def get_summary(session: SessionDep, actor: CurrentActor, inspection_id: UUID) -> InspectionSummary:
    """The findings in sight by unit, problem, severity, status and disposition."""
    return await findings_reading.summary(session, actor, inspection_id)


@routes.post(
    _DO + "/set_units",
    operation_id="inspections_set_units",
    summary="指定被检查单位",
    responses=changes(OwnUnitInspected, Recused, NotAnInspector, UnitGone),
)
async def set_units(acting: ActingDep, inspection_id: UUID, body: InspectedUnitsInput) -> InspectionRead:
    """Name the units to be inspected; drawn ones stay."""
    return await _act(acting, inspection_id, "set_units", body)


@routes.post(
    _DO + "/draw_units",
    operation_id="inspections_draw_units",
    summary="抽取被检查单位",
    responses=changes(RedrawNeedsReason, NothingToInspect, Recused, NotAnInspector),
)
async def draw_units(acting: ActingDep, inspection_id: UUID, body: DrawUnitsInput) -> InspectionRead:
    """Draw units by lot; anyone can repeat it from the seed."""
    return await _act(acting, inspection_id, "draw_units", body)


@routes.post(
    _DO + "/set_team",
    operation_id="inspections_set_team",
    summary="组成检查组",
    responses=changes(TeamIncomplete, Recused, NotAnInspector),
)
async def set_team(acting: ActingDep, inspection_id: UUID, body: TeamInput) -> InspectionRead:
    """Say who inspects: at least two, one of whom leads, none recused."""
    return await _act(acting, inspection_id, "set_team", body)


@routes.post(
    _DO + "/draw_team",
    operation_id="inspections_draw_team",
    summary="抽取检查人员",
    responses=changes(RedrawNeedsReason, NothingToInspect, TeamIncomplete, Recused, NotAnInspector),
)
async def draw_team(acting: ActingDep, inspection_id: UUID, body: DrawTeamInput) -> InspectionRead:
    """Draw inspectors by lot; the first one drawn leads."""
    return await _act(acting, inspection_id, "draw_team", body)


@routes.post(
    _DO + "/approve",
    operation_id="inspections_approve",
    summary="批准检查",
    responses=changes(TeamIncomplete, NothingToInspect, Recused, NotAnInspector),
)
async def approve(acting: ActingDep, inspection_id: UUID, body: NoInput) -> InspectionRead:
    """Approve the inspection; its team is told."""
    return await _act(acting, inspection_id, "approve", body)


@routes.post(
    _DO + "/send_notice",
    operation_id="inspections_send_notice",
    summary="发出检查通知",
    responses=changes(TeamIncomplete, NothingToInspect, IsSecret),
)
async def send_notice(acting: ActingDep, inspection_id: UUID, body: NoInput) -> InspectionRead:
    """Tell the units; a secret inspection is announced to nobody."""
    return await _act(acting, inspection_id, "send_notice", body)


@routes.post(
    _DO + "/begin",
    operation_id="inspections_begin",
    summary="开始检查",
    responses=changes(TeamIncomplete, NothingToInspect, NoticeNeeded, Recused, NotAnInspector),
)
async def begin(acting: ActingDep, inspection_id: UUID, body: NoInput) -> InspectionRead:
    """Go into the field with a team that is still free of all units."""
    return await _act(acting, inspection_id, "begin", body)


@routes.post(
    _DO + "/finish_unit",
    operation_id="inspections_finish_unit",
    summary="完成单位检查",
    responses=changes(UnitUnknown, AnswersLeft),
)
async def finish_unit(acting: ActingDep, inspection_id: UUID, body: VisitInput) -> InspectionRead:
    """The visit to a unit is over; every line of the checklist has an answer."""
    return await _act(acting, inspection_id, "finish_unit", body)


@routes.post(
    _DO + "/skip_unit",
    operation_id="inspections_skip_unit",
    summary="不检查该单位",
    responses=changes(UnitUnknown),
)
async def skip_unit(acting: ActingDep, inspection_id: UUID, body: SkipInput) -> InspectionRead:
    """Leave a unit out, with the reason."""
    return await _act(acting, inspection_id, "skip_unit", body)


@routes.post(
    _DO + "/release",
    operation_id="inspections_release",
    summary="反馈问题",
    responses=changes(UnitsLeft, LeaderOnly, PolicyMissing, CalendarMissing),
)
async def release(acting: ActingDep, inspection_id: UUID, body: NoInput) -> InspectionRead:
    """Give the findings to the units, who confirm or object within some working days."""
    return await _act(acting, inspection_id, "release", body)


@routes.post(
    _DO + "/conclude",
    operation_id="inspections_conclude",
    summary="问题确认完毕",
    responses=changes(FindingsOpen, LeaderOnly),
)
async def conclude(acting: ActingDep, inspection_id: UUID, body: NoInput) -> InspectionRead:
    """Every finding has been confirmed or judged."""
    return await _act(acting, inspection_id, "conclude", body)


@routes.post(
    _DO + "/report",
    operation_id="inspections_report",
    summary="提交检查报告",
    responses=changes(LeaderOnly),
)
async def report(acting: ActingDep, inspection_id: UUID, body: InspectionReport) -> InspectionRead:
    """Hand in the report; findings are disposed of after it."""
    return await _act(acting, inspection_id, "report", body)


@routes.post(
    _DO + "/follow_up",
    operation_id="inspections_follow_up",
    summary="转入跟踪",
    responses=changes(FindingsOpen),
)
async def follow_up(acting: ActingDep, inspection_id: UUID, body: NoInput) -> InspectionRead:
    """Every finding has been disposed of."""
    return await _act(acting, inspection_id, "follow_up", body)


@routes.post(
    _DO + "/close",
    operation_id="inspections_close",
    summary="办结检查",
    responses=changes(ItemsOpen),
)
async def close(acting: ActingDep, inspection_id: UUID, body: InspectionConclusion) -> InspectionRead:
    """Close it once every rectification item it led to is closed."""
    return await _act(acting, inspection_id, "close", body)


@routes.post(
    _DO + "/cancel",
    operation_id="inspections_cancel",
    summary="取消检查",
    responses=changes(),
)
async def cancel(acting: ActingDep, inspection_id: UUID, body: ReasonInput) -> InspectionRead:
    """Cancel it before it began."""
    return await _act(acting, inspection_id, "cancel", body)
