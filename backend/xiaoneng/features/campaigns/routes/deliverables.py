"""HTTP of deliverables and of the board."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.features.campaigns.errors import OwnUnit
from xiaoneng.features.campaigns.schemas.deliverables import (
    BoardFilter,
    BoardRead,
    DeliverableFilter,
    DeliverableRead,
    SubmitInput,
)
from xiaoneng.features.campaigns.service import board, deliverables
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("", "campaigns")
_ONE = "/campaign-deliverables/{deliverable_id}"


async def _act(acting: Acting, paper_id: UUID, action: str, body: BaseModel) -> DeliverableRead:
    session, actor = acting.session, acting.actor
    paper = await deliverables.perform(session, actor, paper_id, acting.command(action, body))
    return tagged(acting.response, await board.read(session, actor, paper))


@routes.get(
    "/campaigns/{campaign_id}/board",
    operation_id="campaigns_board",
    summary="专项活动进度板",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_board(
    session: SessionDep, actor: CurrentActor, campaign_id: UUID, chosen: Annotated[BoardFilter, Query()]
) -> BoardRead:
    """Stages as a line, each with what blocks its gate, and unit by deliverable for one of them."""
    return await board.board(session, actor, campaign_id, chosen.stage)


@routes.get(
    "/campaign-deliverables",
    operation_id="campaign_deliverables_list",
    summary="专项活动交付材料",
    responses=responses(*LOGIN, BadCursor),
)
async def list_deliverables(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[DeliverableFilter, Query()]
) -> Page[DeliverableRead]:
    """What units owe within the caller's reach, what is due first on top."""
    return await board.page(session, actor, chosen)


@routes.get(
    _ONE, operation_id="campaign_deliverables_get", summary="交付材料详情", responses=responses(*LOGIN, NotFound)
)
async def get_deliverable(
    session: SessionDep, actor: CurrentActor, deliverable_id: UUID, response: Response
) -> DeliverableRead:
    """One deliverable with its files and what the caller may do now."""
    return tagged(response, await board.get(session, actor, deliverable_id))


@routes.post(
    _ONE + "/actions/submit",
    operation_id="campaign_deliverables_submit",
    summary="报送交付材料",
    responses=changes(NotAttachable),
)
async def submit(acting: ActingDep, deliverable_id: UUID, body: SubmitInput) -> DeliverableRead:
    """Hand it in; after its day it is marked as late."""
    return await _act(acting, deliverable_id, "submit", body)


@routes.post(
    _ONE + "/actions/approve",
    operation_id="campaign_deliverables_approve",
    summary="审核通过交付材料",
    responses=changes(OwnUnit),
)
async def approve(acting: ActingDep, deliverable_id: UUID, body: NoInput) -> DeliverableRead:
    """Take it for done."""
    return await _act(acting, deliverable_id, "approve", body)


@routes.post(
    _ONE + "/actions/reject",
    operation_id="campaign_deliverables_reject",
    summary="退回交付材料",
    responses=changes(OwnUnit),
)
async def reject(acting: ActingDep, deliverable_id: UUID, body: ReasonInput) -> DeliverableRead:
    """Have it done again, with the reason."""
    return await _act(acting, deliverable_id, "reject", body)
