"""Routes: one unit of work a request, idempotent POSTs, entity tags."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.routing import APIRoute
from typing_extensions import override

from xiaoneng.kit.db import Database, HasRev, Session
from xiaoneng.kit.endpoint import handler_of
from xiaoneng.kit.idempotency import Claim, Replay, StoredAnswer, claim
from xiaoneng.kit.problems import PreconditionFailed, PreconditionRequired

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
KEY_HEADER = "Idempotency-Key"
API_PREFIX = "/api/v1"
_KEPT_HEADERS = ("etag", "location")


class UnitOfWorkRoute(APIRoute):
    """A route whose whole work, from authentication to the built answer, is one transaction.

    The commit comes after the answer is built and before its first byte is sent: what the caller was told is true.
    """

    _planned: Callable[[Request], Awaitable[Response]] | None = None
    answer: Handler | None = None
    """Answers a request without the framework's layers, when the endpoint has a plan."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self._planned:
            self.answer = self.get_route_handler()

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
