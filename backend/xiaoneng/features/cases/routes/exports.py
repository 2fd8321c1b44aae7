"""HTTP of taking cases out."""

from fastapi import Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.transfers.errors import ReasonMissing, TooManyTransfers
from xiaoneng.core.transfers.schemas.exports import ExportRead
from xiaoneng.core.transfers.service import exports
from xiaoneng.features.cases.schemas.exports import CaseExportCreate
from xiaoneng.features.cases.service import exporting, importing
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.problems import InvalidInput, responses

routes = router("/case-exports", "cases")
IMPORTER = importing.KIND
"""What `POST /imports` calls cases."""


@routes.post(
    "",
    operation_id="case_exports_create",
    status_code=202,
    summary="导出诉求清单",
    responses=responses(*LOGIN, InvalidInput, ReasonMissing, TooManyTransfers),
)
async def create_export(
    actor: CurrentActor, session: SessionDep, body: CaseExportCreate, response: Response
) -> ExportRead:
    """Have the list written as a workbook; `Location` shows how far it has come.

    It holds what the caller may see when it is written. A caller's name and number stand in it in clear only where
    the caller of this route may look at them, and each such case says so in its history.
    """
    job = await exporting.request(session, actor, body)
    response.headers["Location"] = f"/api/v1/exports/{job.id}"
    return tagged(response, await exports.read(session, job))
