"""The edge: one unit of work a request, idempotent POSTs, entity tags, request ids and safe headers."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any, TypeVar

import structlog
from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from xiaoneng.kit import ids
from xiaoneng.kit.db import Database, HasRev, Session
from xiaoneng.kit.endpoint import handler_of
from xiaoneng.kit.idempotency import Claim, Replay, StoredAnswer, claim
from xiaoneng.kit.problems import PayloadTooLarge, PreconditionFailed, PreconditionRequired, problem_response

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
KEY_HEADER = "Idempotency-Key"
API_PREFIX = "/api/v1"
_KEPT_HEADERS = ("etag", "location")


class UnitOfWorkRoute(APIRoute):
    """A route whose whole work, from authentication to the built answer, is one transaction.

    The commit comes after the answer is built and before its first byte is sent: what the caller was told is true.
    """

    _planned: Callable[[Request], Awaitable[Response]] | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self._planned:
            self.app = _serving(self.get_route_handler())

    @override
    def get_route_handler(self) -> Handler:
        self._planned = self._planned or handler_of(self)
        inner = self._planned or super().get_route_handler()

        async def handle(request: Request) -> Response:
            database: Database = request.app.state.database
            async with database.unit_of_work() as session:
                request.state.session = session
                try:
                    if KEY_HEADER in request.headers:
                        await request.body()  # a form is read as a stream, of which the key could take no fingerprint
                    response = await inner(request)
                except Replay as replay:
                    return _replayed(replay)
                claimed: Claim | None = getattr(request.state, "claim", None)
                if claimed:
                    _keep(session, claimed, response)
                return response

        return handle


def _serving(handle: Handler) -> ASGIApp:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handle(Request(scope, receive, send))
        await response(scope, receive, send)

    return serve


def _replayed(replay: Replay) -> Response:
    stored = replay.answer
    headers = {**stored.headers, "Idempotent-Replayed": "true"}
    return Response(replay.body, stored.status, headers, stored.media_type)


def _keep(session: Session, claimed: Claim, response: Response) -> None:
    kept = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    media_type = response.headers.get("content-type", "")
    session.append(StoredAnswer, claimed.row(response.status_code, media_type, kept, bytes(response.body)))


async def claim_key(request: Request, session: Session, caller: str) -> None:
    """Take the `Idempotency-Key` of a POST, once it is known who calls. Raises what `idempotency.claim` raises."""
    key = request.headers.get(KEY_HEADER)
    if request.method == "POST" and key is not None:
        request.state.claim = await claim(session, f"{caller} {request.url.path}", key, await request.body())


def router(prefix: str, tag: str) -> APIRouter:
    """A router of the API; every one of them is made here or by `public_router`."""
    return APIRouter(prefix=API_PREFIX + prefix, tags=[tag], route_class=UnitOfWorkRoute)


async def _session(request: Request) -> Session:
    session: Session = request.state.session
    return session


SessionDep = Annotated[Session, Depends(_session)]
"""The session of the request's unit of work."""


async def _claim_publicly(
    request: Request, session: SessionDep, _: Annotated[str | None, Header(alias=KEY_HEADER)] = None
) -> None:
    await claim_key(request, session, "public")


def public_router(prefix: str, tag: str) -> APIRouter:
    """A router without login."""
    once = [Depends(_claim_publicly)]
    return APIRouter(prefix=API_PREFIX + prefix, tags=[tag], route_class=UnitOfWorkRoute, dependencies=once)


async def _expected_rev(
    if_match: Annotated[str | None, Header(description='`"<rev>"` as the `ETag` showed it')] = None,
) -> int:
    if if_match is None:
        raise PreconditionRequired
    try:
        return int(if_match.removeprefix("W/").strip('"'))
    except ValueError as error:
        raise PreconditionFailed from error


ExpectedRev = Annotated[int, Depends(_expected_rev)]
"""The revision in `If-Match`; raises PreconditionRequired and PreconditionFailed."""


Tagged = TypeVar("Tagged", bound=HasRev)


def tagged(response: Response, entity: Tagged) -> Tagged:
    """Show the entity's revision as `ETag`."""
    response.headers["ETag"] = f'"{entity.rev}"'
    return entity


_SAFE_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(self), geolocation=(self), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


_CLOSED_POLICY = [(b"content-security-policy", b"default-src 'none'")]
_OPEN_POLICY = [(b"content-security-policy", _PAGE_POLICY.encode())]
_UNSTORED = [(b"cache-control", b"no-store")]
_ALWAYS = frozenset(name for name, _ in _SAFE_HEADERS) | {b"x-request-id"}


class EdgeMiddleware:
    """Gives every request an id and every answer its safe headers; refuses bodies that say they are too long."""

    def __init__(self, app: ASGIApp, max_body_bytes: int) -> None:
        self.app = app
        self.max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = str(ids.new_id())
        scope.setdefault("state", {})["request_id"] = request_id
        fallbacks = _CLOSED_POLICY + _UNSTORED if scope["path"].startswith("/api/") else _OPEN_POLICY
        always = [(b"x-request-id", request_id.encode()), *_SAFE_HEADERS]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                given = {name for name, _ in headers}
                kept = [pair for pair in headers if pair[0] not in _ALWAYS]
                message["headers"] = [*kept, *always, *(pair for pair in fallbacks if pair[0] not in given)]
            await send(message)

        app = self.app
        told = Headers(scope=scope).get("content-length", "")
        if told.isdecimal() and int(told) > self.max_body_bytes:
            app = problem_response(Request(scope), PayloadTooLarge())
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await app(scope, receive, send_with_headers)
