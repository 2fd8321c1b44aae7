"""HTTP of lists, forms and records as Word or PDF."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.transfers.errors import TooManyTransfers
from xiaoneng.core.transfers.models.exports import ExportJob
from xiaoneng.core.transfers.schemas.exports import ExportRead
from xiaoneng.core.transfers.service import exports
from xiaoneng.features.rectification.schemas.papers import FormatInput, ItemPaperInput, ListPaperInput
from xiaoneng.features.rectification.service import papers
from xiaoneng.kit.db import Session
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

routes = router("", "rectification_papers")


async def _asked(session: Session, job: ExportJob, response: Response) -> ExportRead:
    response.headers["Location"] = f"/api/v1/exports/{job.id}"
    return tagged(response, await exports.read(session, job))


@routes.post(
    "/rectification-items/{item_id}/papers",
    operation_id="rectification_items_papers",
    status_code=202,
    summary="生成销号申请表、验收表",
    responses=responses(*LOGIN, NotFound, InvalidInput, TooManyTransfers),
)
async def ask_item(
    actor: CurrentActor, session: SessionDep, item_id: UUID, body: ItemPaperInput, response: Response
) -> ExportRead:
    """Have a form of an item written as Word or PDF, filled in as far as the item has come."""
    return await _asked(session, await papers.request_item(session, actor, item_id, body), response)


@routes.post(
    "/rectification-list-papers",
    operation_id="rectification_list_papers_create",
    status_code=202,
    summary="生成整改、责任、制度清单",
    responses=responses(*LOGIN, InvalidInput, TooManyTransfers),
)
async def ask_list(actor: CurrentActor, session: SessionDep, body: ListPaperInput, response: Response) -> ExportRead:
    """Have one of the three lists written as Word or PDF, narrowed like its page (S0-04)."""
    return await _asked(session, await papers.request_list(session, actor, body), response)


@routes.post(
    "/look-backs/{look_back_id}/papers",
    operation_id="look_backs_papers",
    status_code=202,
    summary="生成回头看记录",
    responses=responses(*LOGIN, NotFound, InvalidInput, TooManyTransfers),
)
async def ask_look_back(
    actor: CurrentActor, session: SessionDep, look_back_id: UUID, body: FormatInput, response: Response
) -> ExportRead:
    """Have the record of a look-back written as Word or PDF (R-08)."""
    return await _asked(session, await papers.request_look_back(session, actor, look_back_id, body), response)
