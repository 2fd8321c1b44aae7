"""HTTP of exports."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.transfers.errors import TransferOver
from xiaoneng.core.transfers.schemas.exports import ExportRead
from xiaoneng.core.transfers.service import exports
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

routes = router("/exports", "transfers")


@routes.get("", operation_id="exports_list", summary="我的导出", responses=responses(*LOGIN, BadCursor))
async def list_exports(actor: CurrentActor, session: SessionDep, params: PageParamsDep) -> Page[ExportRead]:
    """The caller's own exports, newest first."""
    return await exports.page(session, actor, params)


@routes.get(
    "/{export_id}",
    operation_id="exports_get",
    summary="导出进度",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_export(actor: CurrentActor, session: SessionDep, export_id: UUID, response: Response) -> ExportRead:
    """How far an export has come; its file once it is done."""
    return tagged(response, await exports.get(session, actor, export_id))


@routes.post(
    "/{export_id}/actions/cancel",
    operation_id="exports_cancel",
    summary="停止导出",
    responses=responses(*LOGIN, NotFound, TransferOver, InvalidInput),
)
async def cancel_export(actor: CurrentActor, session: SessionDep, export_id: UUID, response: Response) -> ExportRead:
    """Stop an export that is under way; what was written of it goes away."""
    return tagged(response, await exports.cancel(session, actor, export_id))
