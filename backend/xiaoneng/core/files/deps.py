"""Receiving an upload: authenticated first, streamed to the disk, limited, and without a database connection."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect
from starlette.types import Message
from typing_extensions import override

from xiaoneng.core.access.deps import authorize
from xiaoneng.core.files import service
from xiaoneng.core.files.errors import FileTooLarge, NotAnUpload
from xiaoneng.core.files.service import Upload
from xiaoneng.kit.db import Database
from xiaoneng.kit.http import Handler, UnitOfWorkRoute
from xiaoneng.settings import get_settings

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD = b"file"
_ENVELOPE = 16 * 1024
"""What a form may weigh besides the file itself, in bytes."""


class UploadRoute(UnitOfWorkRoute):
    """A route that receives a file before its unit of work begins, so that a slow sender holds no connection.

    An `Idempotency-Key` compares the hash and the name of what was sent.
    """

    @override
    def get_route_handler(self) -> Handler:
        in_unit_of_work = super().get_route_handler()

        async def handle(request: Request) -> Response:
            database: Database = request.app.state.database
            async with database.unit_of_work() as session:
                await authorize(request, session)
            async with _received(request) as upload:
                request.state.upload = upload
                return await in_unit_of_work(_in_short(request, upload))

        return handle


def _in_short(request: Request, upload: Upload) -> Request:
    """The same request with a body that only tells what was received."""
    body = f"{upload.draft.sha256} {upload.name}".encode()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)


@asynccontextmanager
async def _received(request: Request) -> AsyncIterator[Upload]:
    """The file of a form. Raises FileTooLarge, NotAnUpload and TypeRefused; leaves no draft behind."""
    limit = get_settings().files.max_bytes
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit + _ENVELOPE:
        raise FileTooLarge(f"> {limit}")
    form = _Form(request.headers.get("content-type", ""))
    draft = service.new_draft()
    try:
        async for chunk in _stream(request):
            for data in form.parts_of(chunk):
                await draft.write(data)
            if draft.size > limit or form.weight > limit + _ENVELOPE:
                raise FileTooLarge(f"> {limit}")
        yield await service.admit(draft, form.file_name())
    finally:
        draft.discard()


async def _stream(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect as error:
        raise NotAnUpload from error


class _Form:
    """A form with one file, read as it comes in."""

    def __init__(self, content_type: str) -> None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            raise NotAnUpload
        self.weight = 0
        self._headers: list[tuple[bytearray, bytearray]] = []
        self._data: list[bytes] = []
        self._name: bytes | None = None
        self._parts = 0
        self._complete = False
        try:
            self._parser = MultipartParser(options[b"boundary"], self._callbacks(), max_header_count=8)
        except FormParserError as error:
            raise NotAnUpload from error

    def parts_of(self, chunk: bytes) -> list[bytes]:
        """Read on; returns what belongs to the file. Raises NotAnUpload."""
        self.weight += len(chunk)
        self._data = []
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise NotAnUpload(str(error)) from error
        return self._data

    def file_name(self) -> str:
        """The name that came with the file. Raises NotAnUpload when the form is not complete."""
        if not self._complete or self._name is None:
            raise NotAnUpload
        for encoding in ("utf-8", "gb18030"):
            try:
                return self._name.decode(encoding)
            except UnicodeDecodeError:
                continue
        return self._name.decode("latin-1")

    def _callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._on_part_begin,
            "on_header_begin": lambda: self._headers.append((bytearray(), bytearray())),
            "on_header_field": lambda data, start, end: self._headers[-1][0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._headers[-1][1].extend(data[start:end]),
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": lambda data, start, end: self._data.append(data[start:end]),
            "on_end": self._on_end,
        }

    def _on_part_begin(self) -> None:
        self._headers = []
        self._parts += 1
        if self._parts > 1:
            raise NotAnUpload

    def _on_headers_finished(self) -> None:
        headers = {bytes(name).lower(): bytes(value) for name, value in self._headers}
        _, options = parse_options_header(headers.get(b"content-disposition", b""))
        if options.get(b"name") != FIELD or not options.get(b"filename"):
            raise NotAnUpload
        self._name = options[b"filename"]

    def _on_end(self) -> None:
        self._complete = True


def _upload(request: Request) -> Upload:
    upload: Upload = request.state.upload
    return upload


UploadDep = Annotated[Upload, Depends(_upload)]
"""What an UploadRoute received."""
