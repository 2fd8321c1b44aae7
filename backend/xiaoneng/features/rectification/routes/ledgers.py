"""HTTP of ledgers kept elsewhere: what was brought in, and taking it out again."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.transfers.errors import TooManyTransfers
from xiaoneng.core.transfers.schemas.exports import ExportRead
from xiaoneng.core.transfers.service import exports
from xiaoneng.features.rectification.schemas.ledgers import LedgerRead
from xiaoneng.features.rectification.service import ledger_exporting, ledger_importing
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import NotFound, responses

routes = router("/rectification-ledgers", "rectification_ledgers")
IMPORTER = ledger_importing.KIND
"""What `POST /imports` calls rows of a ledger."""


@routes.get(
    "", operation_id="rectification_ledgers_list", summary="导入的整改台账", responses=responses(*LOGIN, BadCursor)
)
async def list_ledgers(_: CurrentActor, session: SessionDep, params: PageParamsDep) -> Page[LedgerRead]:
    """The ledgers that were brought in, newest first."""
    return await ledger_exporting.page(session, params)


@routes.post(
    "/{ledger_id}/exports",
    operation_id="rectification_ledgers_export",
    status_code=202,
    summary="按原表头导出台账",
    responses=responses(*LOGIN, NotFound, TooManyTransfers),
)
async def export_ledger(actor: CurrentActor, session: SessionDep, ledger_id: UUID, response: Response) -> ExportRead:
    """Have the ledger written as a workbook under its own headings; brought in again it changes nothing."""
    job = await ledger_exporting.request(session, actor, ledger_id)
    response.headers["Location"] = f"/api/v1/exports/{job.id}"
    return tagged(response, await exports.read(session, job))
