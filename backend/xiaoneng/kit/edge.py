"""The edge: request ids, safe headers and the bound of a body; and the short way to operations that have a plan."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from xiaoneng.kit import ids, problems
from xiaoneng.kit.addresses import Addresses
from xiaoneng.kit.http import UnitOfWorkRoute
from xiaoneng.kit.openapi import DescribedApp
from xiaoneng.kit.problems import PayloadTooLarge, problem_response

MAX_BODY_BYTES = 32 * 1024 * 1024
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


_CLOSED_FALLBACKS = [(b"content-security-policy", b"default-src 'none'"), (b"cache-control", b"no-store")]
_OPEN_POLICY = [(b"content-security-policy", _PAGE_POLICY.encode())]
_ALWAYS = frozenset(name for name, _ in _SAFE_HEADERS) | {b"x-request-id"}


class EdgeMiddleware:
    """Gives every request an id and every answer its safe headers; refuses bodies that are too long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = str(ids.new_id())
        scope.setdefault("state", {})["request_id"] = request_id
        fallbacks = _CLOSED_FALLBACKS if scope["path"].startswith("/api/") else _OPEN_POLICY
        always = [(b"x-request-id", request_id.encode()), *_SAFE_HEADERS]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                given = {name for name, _ in headers}
                if not given.isdisjoint(_ALWAYS):
                    headers = [pair for pair in headers if pair[0] not in _ALWAYS]
                message["headers"] = [*headers, *always, *(pair for pair in fallbacks if pair[0] not in given)]
            await send(message)

        app, told = self.app, _told_length(scope)
        if told > MAX_BODY_BYTES:
            app = problem_response(Request(scope), PayloadTooLarge())
        elif told < 0:
            receive = _bounded(receive)
        tokens = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await app(scope, receive, send_with_headers)
        finally:
            structlog.contextvars.reset_contextvars(**tokens)


def _told_length(scope: Scope) -> int:
    """The bytes of the body as its sender tells them, to which the server holds him; -1 when he does not tell."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else -1
    return 0 if scope["method"] == "GET" else -1


def _bounded(receive: Receive) -> Receive:
    """Receives no more than a body may have. Raises the framework's error for that, which it lets through itself."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY_BYTES:
            raise HTTPException(PayloadTooLarge.status)
        return message

    return receive_bounded


class EdgeApp(DescribedApp):
    """An application of `operations`: one with a plan is served at the edge, all else by the framework behind it."""

    def __init__(self, *, operations: Sequence[BaseRoute], **options: Any) -> None:
        super().__init__(operations=operations, **options)
        self._addresses = Addresses(operations)
        self._short_way = EdgeMiddleware(_serve)
        self.add_middleware(EdgeMiddleware)
        problems.install(self)
        self.router.routes.append(self._addresses)

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._addresses.find(scope) if scope["type"] == "http" else None
        if found is not None and isinstance(found["route"], UnitOfWorkRoute) and found["route"].answer:
            scope.update(found, app=self)
            await self._short_way(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


async def _serve(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope, receive, send)
    try:
        response = await scope["route"].answer(request)
    except problems.ANSWERED as error:
        response = await problems.answer_to(request, error)
    await response(scope, receive, send)
