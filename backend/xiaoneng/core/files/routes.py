"""Files: sent in, looked at, taken out."""

from uuid import UUID

from fastapi.responses import StreamingResponse

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.files import service
from xiaoneng.core.files.deps import UploadDep, UploadRoute
from xiaoneng.core.files.errors import ContentMissing, FileTooLarge, NotAnUpload, NotCleanable, TypeRefused
from xiaoneng.core.files.rules.names import disposition
from xiaoneng.core.files.schemas import FileRead
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

routes = router("/files", "files")
_FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    },
}
_SEALED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


async def upload(session: SessionDep, actor: CurrentActor, received: UploadDep) -> FileRead:
    """Send one file. It belongs to nobody else until it is attached to an object; unused, it goes after a day.

    Images, PDF, Word, Excel, text, MP4 and MP3 are accepted when content and ending agree and nothing in it runs.
    """
    return await service.keep(session, actor, received)


routes.add_api_route(
    "",
    upload,
    methods=["POST"],
    status_code=201,
    operation_id="files_upload",
    summary="上传文件",
    responses=responses(NotAuthenticated, NotAnUpload, FileTooLarge, TypeRefused),
    route_class_override=UploadRoute,
    openapi_extra={"requestBody": _FORM},
)


@routes.get(
    "/{file_id}",
    operation_id="files_get",
    summary="文件信息",
    responses=responses(NotAuthenticated, NotFound, InvalidInput),
)
async def get_file(session: SessionDep, actor: CurrentActor, file_id: UUID) -> FileRead:
    """A file the caller may see: an own upload, or one attached to an object the caller may see."""
    return await service.get(session, actor, file_id)


@routes.get(
    "/{file_id}/content",
    operation_id="files_download",
    summary="下载文件",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
        **responses(NotAuthenticated, NotFound, InvalidInput, ContentMissing, NotCleanable),
    },
)
async def download(session: SessionDep, actor: CurrentActor, file_id: UUID) -> StreamingResponse:
    """The content, always as an attachment; who took a file of an object stands in that object's history."""
    found = await service.open_content(session, actor, file_id)
    headers = _SEALED | {"Content-Disposition": disposition(found.name), "Content-Length": str(found.size)}
    return StreamingResponse(found.chunks, media_type=found.media_type, headers=headers)
