"""HTTP of the responsibility matrix."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.worktime.errors import CalendarMissing, DueInPast, PolicyMissing
from xiaoneng.features.campaigns.errors import NotBelowLead, OwnerMissing, OwnerRefused, OwnUnit
from xiaoneng.features.campaigns.schemas.tasks import (
    AssignInput,
    CascadeInput,
    OwnerInput,
    ResultInput,
    TaskFilter,
    TaskRead,
)
from xiaoneng.features.campaigns.service import task_reading, tasks
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/campaign-tasks", "campaigns")
_DATED = (DueInPast, PolicyMissing, CalendarMissing)


async def _act(acting: Acting, task_id: UUID, action: str, body: BaseModel) -> TaskRead:
    session, actor = acting.session, acting.actor
    task = await tasks.perform(session, actor, task_id, acting.command(action, body))
    return tagged(acting.response, await task_reading.read(session, actor, task))


@routes.get("", operation_id="campaign_tasks_list", summary="责任分工", responses=responses(*LOGIN, BadCursor))
async def list_tasks(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[TaskFilter, Query()]
) -> Page[TaskRead]:
    """The responsibility matrix within the caller's sight; `unanswered` alone is the register of 不扯回销 (R-12)."""
    return await task_reading.page(session, actor, chosen)


@routes.get(
    "/{task_id}", operation_id="campaign_tasks_get", summary="责任分工详情", responses=responses(*LOGIN, NotFound)
)
async def get_task(session: SessionDep, actor: CurrentActor, task_id: UUID, response: Response) -> TaskRead:
    """One task and what the caller may do now."""
    return tagged(response, await task_reading.get(session, actor, task_id))


@routes.post(
    "/{task_id}/actions/assign",
    operation_id="campaign_tasks_assign",
    summary="确定责任单位",
    responses=changes(UnitGone, *_DATED),
)
async def assign(acting: ActingDep, task_id: UUID, body: AssignInput) -> TaskRead:
    """Say who leads, who helps, and until when the result is told."""
    return await _act(acting, task_id, "assign", body)


@routes.post(
    "/{task_id}/actions/name_owner",
    operation_id="campaign_tasks_name_owner",
    summary="明确负责人",
    responses=changes(OwnerRefused),
)
async def name_owner(acting: ActingDep, task_id: UUID, body: OwnerInput) -> TaskRead:
    """Name the person of the lead unit who answers for it, and the section that does it."""
    return await _act(acting, task_id, "name_owner", body)


@routes.post(
    "/{task_id}/actions/cascade",
    operation_id="campaign_tasks_cascade",
    summary="向下级下达任务",
    responses=changes(NotBelowLead, *_DATED),
)
async def cascade(acting: ActingDep, task_id: UUID, body: CascadeInput) -> TaskRead:
    """Hand the task down to lower units as it stands (S0-28)."""
    return await _act(acting, task_id, "cascade", body)


@routes.post(
    "/{task_id}/actions/answer",
    operation_id="campaign_tasks_answer",
    summary="反馈任务结果",
    responses=changes(OwnerMissing),
)
async def answer(acting: ActingDep, task_id: UUID, body: ResultInput) -> TaskRead:
    """Tell what came of it (R-12)."""
    return await _act(acting, task_id, "answer", body)


@routes.post(
    "/{task_id}/actions/accept",
    operation_id="campaign_tasks_accept",
    summary="认可任务结果",
    responses=changes(OwnUnit),
)
async def accept(acting: ActingDep, task_id: UUID, body: NoInput) -> TaskRead:
    """Take the result for done."""
    return await _act(acting, task_id, "accept", body)


@routes.post(
    "/{task_id}/actions/send_back",
    operation_id="campaign_tasks_send_back",
    summary="退回任务结果",
    responses=changes(OwnUnit),
)
async def send_back(acting: ActingDep, task_id: UUID, body: ReasonInput) -> TaskRead:
    """Have more done, with the reason."""
    return await _act(acting, task_id, "send_back", body)
