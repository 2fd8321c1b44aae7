"""HTTP of the second person of an export."""

from uuid import UUID

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.transfers.errors import NothingToDecide, OwnExport
from xiaoneng.core.transfers.schemas.exports import ExportApprovalRead
from xiaoneng.core.transfers.service import approvals
from xiaoneng.kit.http import ExpectedRev, SessionDep, router
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses
from xiaoneng.kit.schemas import ReasonInput

routes = router("/export-approvals", "transfers")
_DECISION = (*LOGIN, NotFound, OwnExport, NothingToDecide, PreconditionFailed, PreconditionRequired, InvalidInput)


@routes.get("", operation_id="export_approvals_list", summary="待审批的导出", responses=responses(*LOGIN, BadCursor))
async def list_approvals(actor: CurrentActor, session: SessionDep, params: PageParamsDep) -> Page[ExportApprovalRead]:
    """Exports with personal data or more than 1,000 rows, which leave only when a second person agrees."""
    return await approvals.page(session, actor, params)


@routes.post(
    "/{export_id}/actions/approve",
    operation_id="export_approvals_approve",
    status_code=204,
    summary="批准导出",
    responses=responses(*_DECISION),
)
async def approve_export(actor: CurrentActor, session: SessionDep, export_id: UUID, rev: ExpectedRev) -> None:
    """Agree: the workbook is written, and its requester alone may take it."""
    await approvals.approve(session, actor, export_id, rev)


@routes.post(
    "/{export_id}/actions/refuse",
    operation_id="export_approvals_refuse",
    status_code=204,
    summary="不批准导出",
    responses=responses(*_DECISION),
)
async def refuse_export(
    actor: CurrentActor, session: SessionDep, export_id: UUID, rev: ExpectedRev, body: ReasonInput
) -> None:
    """Do not agree, and say why; the requester is told."""
    await approvals.refuse(session, actor, export_id, rev, body.reason)
