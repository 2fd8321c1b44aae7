"""HTTP of imports."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.core.transfers.errors import (
    MappingRefused,
    TooManyTransfers,
    TransferOver,
    UnknownImporter,
    WrongStep,
)
from xiaoneng.core.transfers.schemas.imports import ImportCheck, ImportCreate, ImportFaultRead, ImportRead, ImportSheet
from xiaoneng.core.transfers.service import imports
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses

routes = router("/imports", "transfers")
_STEP = (*LOGIN, NotFound, WrongStep, PreconditionFailed, PreconditionRequired, InvalidInput)


@routes.post(
    "",
    operation_id="imports_create",
    status_code=202,
    summary="开始导入",
    responses=responses(*LOGIN, InvalidInput, UnknownImporter, NotAttachable, TooManyTransfers),
)
async def create_import(actor: CurrentActor, session: SessionDep, body: ImportCreate, response: Response) -> ImportRead:
    """Take an uploaded xlsx or csv on; a job finds sheets, headings and encoding. `Location` shows how far it is."""
    job = await imports.take_on(session, actor, body)
    response.headers["Location"] = f"/api/v1/imports/{job.id}"
    return tagged(response, await imports.read(session, job))


@routes.get("", operation_id="imports_list", summary="我的导入", responses=responses(*LOGIN, BadCursor))
async def list_imports(actor: CurrentActor, session: SessionDep, params: PageParamsDep) -> Page[ImportRead]:
    """The caller's own imports, newest first."""
    return await imports.page(session, actor, params)


@routes.get(
    "/{import_id}", operation_id="imports_get", summary="导入进度", responses=responses(*LOGIN, NotFound, InvalidInput)
)
async def get_import(actor: CurrentActor, session: SessionDep, import_id: UUID, response: Response) -> ImportRead:
    """Where an import stands, what its file looks like and how its rows are counted."""
    return tagged(response, await imports.get(session, actor, import_id))


@routes.get(
    "/{import_id}/faults",
    operation_id="imports_faults",
    summary="导入问题",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def list_faults(
    actor: CurrentActor, session: SessionDep, import_id: UUID, params: PageParamsDep
) -> Page[ImportFaultRead]:
    """What is wrong with the rows by row and column, up to 10,000; the report has the same as a workbook."""
    return await imports.faults(session, actor, import_id, params)


@routes.post(
    "/{import_id}/actions/choose_sheet",
    operation_id="imports_choose_sheet",
    summary="换一张工作表",
    responses=responses(*_STEP, MappingRefused),
)
async def choose_sheet(
    actor: CurrentActor, session: SessionDep, import_id: UUID, rev: ExpectedRev, body: ImportSheet, response: Response
) -> ImportRead:
    """Look at another sheet of the workbook."""
    job = await imports.choose_sheet(session, actor, import_id, rev, body.sheet)
    return tagged(response, await imports.read(session, job))


@routes.post(
    "/{import_id}/actions/check",
    operation_id="imports_check",
    summary="试导入",
    responses=responses(*_STEP, MappingRefused),
)
async def check_import(
    actor: CurrentActor, session: SessionDep, import_id: UUID, rev: ExpectedRev, body: ImportCheck, response: Response
) -> ImportRead:
    """Try all rows out under this mapping, which is remembered for files with the same headings. Nothing is written."""
    return tagged(response, await imports.read(session, await imports.check(session, actor, import_id, rev, body)))


@routes.post(
    "/{import_id}/actions/confirm", operation_id="imports_confirm", summary="确认导入", responses=responses(*_STEP)
)
async def confirm_import(
    actor: CurrentActor, session: SessionDep, import_id: UUID, rev: ExpectedRev, response: Response
) -> ImportRead:
    """Write the rows without errors; those that are there already are left alone."""
    return tagged(response, await imports.read(session, await imports.confirm(session, actor, import_id, rev)))


@routes.post(
    "/{import_id}/actions/cancel",
    operation_id="imports_cancel",
    summary="停止导入",
    responses=responses(*LOGIN, NotFound, TransferOver, InvalidInput),
)
async def cancel_import(actor: CurrentActor, session: SessionDep, import_id: UUID, response: Response) -> ImportRead:
    """Stop an import; rows that were written stay."""
    return tagged(response, await imports.read(session, await imports.cancel(session, actor, import_id)))


@routes.post("/{import_id}/actions/undo", operation_id="imports_undo", summary="撤销导入", responses=responses(*_STEP))
async def undo_import(
    actor: CurrentActor, session: SessionDep, import_id: UUID, rev: ExpectedRev, response: Response
) -> ImportRead:
    """Take back what an import wrote, except rows on which somebody has worked since; everything stays on record."""
    return tagged(response, await imports.read(session, await imports.undo(session, actor, import_id, rev)))
