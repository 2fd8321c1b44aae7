"""Serving the built single-page applications: hashed files for ever, their pages never from a cache."""

from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

FOR_EVER = "public, max-age=31536000, immutable"
NEVER = "no-cache"
_GZIP_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Pages:
    """Answers a path with the file of that name, or with the page that routes it on the client.

    A `.gz` twin beside a file is served to those who accept it. Paths of `reserved` prefixes are not pages.
    """

    def __init__(self, root: Path, pages: dict[str, str], default: str) -> None:
        self.root = root.resolve()
        self.pages = pages
        self.default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        response = self._response(scope["path"], Headers(scope=scope), scope["method"])
        await response(scope, receive, send)

    def _response(self, path: str, headers: Headers, method: str) -> Response:
        if method not in {"GET", "HEAD"}:
            return PlainTextResponse("method not allowed", 405, {"Allow": "GET, HEAD"})
        wanted = (self.root / path.lstrip("/")).resolve()
        if wanted.is_relative_to(self.root) and wanted.is_file() and wanted.suffix != ".html":
            hashed = "assets" in wanted.relative_to(self.root).parts
            return self._file(wanted, headers, FOR_EVER if hashed else NEVER)
        if wanted.suffix:
            return PlainTextResponse("not found", 404)
        first = path.strip("/").split("/", 1)[0]
        page = self.root / self.pages.get(first, self.default)
        if not page.is_file():
            return PlainTextResponse("the pages are not built: make setup", 404)
        return self._file(page, headers, NEVER)

    @staticmethod
    def _file(file: Path, headers: Headers, caching: str) -> Response:
        answer = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
        twin = file.with_name(file.name + ".gz")
        if "gzip" in headers.get("accept-encoding", "") and file.suffix in _GZIP_TYPES and twin.is_file():
            return FileResponse(
                twin, headers={**answer, "Content-Encoding": "gzip"}, media_type=_GZIP_TYPES[file.suffix]
            )
        return FileResponse(file, headers=answer)


def mount_pages(app: FastAPI, root: Path) -> None:
    """Serve the console at `/` and the portal below `/portal`; last, so that every route comes first."""
    app.mount("/", Pages(root, {"portal": "portal.html"}, "index.html"))
