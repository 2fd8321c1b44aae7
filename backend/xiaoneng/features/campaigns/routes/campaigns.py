"""HTTP of campaigns."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.campaigns.errors import (
    GateBlocked,
    NobodyTakesPart,
    NotBelowHost,
    StagesOpen,
    StageUnknown,
    TemplateUnknown,
    WindowsRefused,
)
from xiaoneng.features.campaigns.schemas.campaigns import (
    CampaignCreate,
    CampaignFilter,
    CampaignListItem,
    CampaignRead,
    PublishInput,
    SummaryInput,
    UnitsInput,
    WindowsInput,
)
from xiaoneng.features.campaigns.schemas.deliverables import ExceptionInput, StageInput
from xiaoneng.features.campaigns.service import campaigns, reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/campaigns", "campaigns")


async def _act(acting: Acting, campaign_id: UUID, action: str, body: BaseModel) -> CampaignRead:
    session, actor = acting.session, acting.actor
    campaign = await campaigns.perform(session, actor, campaign_id, acting.command(action, body))
    return tagged(acting.response, await reading.read(session, actor, campaign))


@routes.get("", operation_id="campaigns_list", summary="专项活动", responses=responses(*LOGIN, BadCursor))
async def list_campaigns(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[CampaignFilter, Query()]
) -> Page[CampaignListItem]:
    """Campaigns within the caller's sight, the latest first, each with the stage it is in."""
    return await reading.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="campaigns_create",
    status_code=201,
    summary="建立专项活动",
    responses=responses(*LOGIN, NotFound, InvalidInput, TemplateUnknown, NotBelowHost, UnitGone),
)
async def create_campaign(
    session: SessionDep, actor: CurrentActor, body: CampaignCreate, response: Response
) -> CampaignRead:
    """Make a campaign from a template: stages with windows and the units that take part, as a draft."""
    campaign = await campaigns.create(session, actor, body)
    response.headers["Location"] = f"/api/v1/campaigns/{campaign.id}"
    return tagged(response, await reading.read(session, actor, campaign))


@routes.get(
    "/{campaign_id}", operation_id="campaigns_get", summary="专项活动详情", responses=responses(*LOGIN, NotFound)
)
async def get_campaign(session: SessionDep, actor: CurrentActor, campaign_id: UUID, response: Response) -> CampaignRead:
    """One campaign with its stages, its units and what the caller may do now."""
    campaign = await reading.get(session, actor, campaign_id)
    return tagged(response, await reading.read(session, actor, campaign))


@routes.get(
    "/{campaign_id}/timeline",
    operation_id="campaigns_timeline",
    summary="专项活动时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    session: SessionDep, actor: CurrentActor, campaign_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await reading.history(session, actor, campaign_id, params)


@routes.post(
    "/{campaign_id}/actions/plan_stages",
    operation_id="campaigns_plan_stages",
    summary="调整阶段时间",
    responses=changes(WindowsRefused),
)
async def plan_stages(acting: ActingDep, campaign_id: UUID, body: WindowsInput) -> CampaignRead:
    """Give every stage its window."""
    return await _act(acting, campaign_id, "plan_stages", body)


@routes.post(
    "/{campaign_id}/actions/publish",
    operation_id="campaigns_publish",
    summary="印发方案",
    responses=changes(NotAttachable),
)
async def publish(acting: ActingDep, campaign_id: UUID, body: PublishInput) -> CampaignRead:
    """Publish the plan with its document number; from now on the units see it."""
    return await _act(acting, campaign_id, "publish", body)


@routes.post(
    "/{campaign_id}/actions/start",
    operation_id="campaigns_start",
    summary="启动专项活动",
    responses=changes(NobodyTakesPart),
)
async def start(acting: ActingDep, campaign_id: UUID, body: NoInput) -> CampaignRead:
    """Let the campaign run: stages open as their windows begin."""
    return await _act(acting, campaign_id, "start", body)


@routes.post(
    "/{campaign_id}/actions/add_units",
    operation_id="campaigns_add_units",
    summary="增加参加单位",
    responses=changes(NotBelowHost),
)
async def add_units(acting: ActingDep, campaign_id: UUID, body: UnitsInput) -> CampaignRead:
    """Let more units take part."""
    return await _act(acting, campaign_id, "add_units", body)


@routes.post(
    "/{campaign_id}/actions/remove_units",
    operation_id="campaigns_remove_units",
    summary="移出参加单位",
    responses=changes(),
)
async def remove_units(acting: ActingDep, campaign_id: UUID, body: UnitsInput) -> CampaignRead:
    """Let units leave, with the reason on record."""
    return await _act(acting, campaign_id, "remove_units", body)


@routes.post(
    "/{campaign_id}/actions/close_stage",
    operation_id="campaigns_close_stage",
    summary="关闭阶段",
    responses=changes(StageUnknown, GateBlocked),
)
async def close_stage(acting: ActingDep, campaign_id: UUID, body: StageInput) -> CampaignRead:
    """Close a stage whose gate is clear."""
    return await _act(acting, campaign_id, "close_stage", body)


@routes.post(
    "/{campaign_id}/actions/except_stage",
    operation_id="campaigns_except_stage",
    summary="例外关闭阶段",
    responses=changes(StageUnknown),
)
async def except_stage(acting: ActingDep, campaign_id: UUID, body: ExceptionInput) -> CampaignRead:
    """Close a stage that is not complete, with the reason and what was missing on record."""
    return await _act(acting, campaign_id, "except_stage", body)


@routes.post(
    "/{campaign_id}/actions/suspend", operation_id="campaigns_suspend", summary="暂停专项活动", responses=changes()
)
async def suspend(acting: ActingDep, campaign_id: UUID, body: ReasonInput) -> CampaignRead:
    """Let the campaign rest."""
    return await _act(acting, campaign_id, "suspend", body)


@routes.post(
    "/{campaign_id}/actions/resume", operation_id="campaigns_resume", summary="恢复专项活动", responses=changes()
)
async def resume(acting: ActingDep, campaign_id: UUID, body: NoInput) -> CampaignRead:
    """Let the campaign go on."""
    return await _act(acting, campaign_id, "resume", body)


@routes.post(
    "/{campaign_id}/actions/summarise",
    operation_id="campaigns_summarise",
    summary="进入总结",
    responses=changes(StagesOpen),
)
async def summarise(acting: ActingDep, campaign_id: UUID, body: NoInput) -> CampaignRead:
    """Begin to sum up, in the last stage."""
    return await _act(acting, campaign_id, "summarise", body)


@routes.post(
    "/{campaign_id}/actions/close",
    operation_id="campaigns_close",
    summary="结束专项活动",
    responses=changes(StagesOpen),
)
async def close(acting: ActingDep, campaign_id: UUID, body: SummaryInput) -> CampaignRead:
    """End the campaign with its summary."""
    return await _act(acting, campaign_id, "close", body)


@routes.post(
    "/{campaign_id}/actions/archive", operation_id="campaigns_archive", summary="归档专项活动", responses=changes()
)
async def archive(acting: ActingDep, campaign_id: UUID, body: NoInput) -> CampaignRead:
    """Put the campaign away; nothing is deleted."""
    return await _act(acting, campaign_id, "archive", body)
