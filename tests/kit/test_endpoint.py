"""A planned endpoint answers and refuses exactly as the framework does."""

import json
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.api import operations
from xiaoneng.kit import problems
from xiaoneng.kit.addresses import Addresses
from xiaoneng.kit.endpoint import handler_of

pytestmark = pytest.mark.anyio


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Narrowed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[int, Field(ge=1, le=9)] = 5
    colour: list[Colour] | None = None
    q: str | None = None


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2)]
    numbers: list[int] = []


class Told(BaseModel):
    said: Any
    tag: str | None = None


async def caller(request: Request, name: Annotated[str | None, Header(alias="X-Name")] = None) -> str:
    """Whoever is refused is refused before anything else is looked at."""
    if name == "nobody":
        raise problems.NotFound
    return f"{name} {request.method}"


Caller = Annotated[str, Depends(caller)]


async def look(who: Caller, chosen: Annotated[Narrowed, Query()]) -> Told:
    return Told(said=[who, chosen.limit, chosen.colour, chosen.q])


async def one(thing_id: UUID, who: Caller, again: Caller, response: Response) -> Told:
    response.headers["ETag"] = '"7"'
    return Told(said=[str(thing_id), who, again])


async def send(thing_id: UUID, body: Sent, who: Caller) -> Told:
    return Told(said=[who, body.name, body.numbers])


async def drop(who: Caller) -> None:
    """Nothing to say."""


def _router() -> APIRouter:
    router = APIRouter()
    router.get("/things")(look)
    router.get("/things/{thing_id}")(one)
    router.post("/things/{thing_id}", status_code=201)(send)
    router.delete("/things", status_code=204)(drop)
    return router


def _app(*, planned: bool) -> FastAPI:
    app = FastAPI()
    problems.install(app)
    if not planned:
        app.include_router(_router())
        return app
    routes = [route for route in _router().routes if isinstance(route, APIRoute)]
    for route in routes:
        handle = handler_of(route)
        assert handle is not None, f"{route.path} has no plan"
        route.app = _serving(handle)
    app.router.routes.append(Addresses(routes))
    return app


def _serving(handle: Any) -> Any:
    async def serve(scope: Any, receive: Any, send: Any) -> None:
        await (await handle(Request(scope, receive, send)))(scope, receive, send)

    return serve


@pytest.fixture(params=[True, False], ids=["planned", "framework"])
async def client(request: pytest.FixtureRequest) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(_app(planned=request.param)) as made:
        yield made


def _client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


KEY = "01900000-0000-7000-8000-000000000001"
JSON = {"content-type": "application/json"}
ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/things", {}),
    ("GET", "/things?limit=9&colour=red&colour=blue&q=", {"headers": {"X-Name": "甲".encode()}}),
    ("GET", "/things?limit=10&colour=green&other=1&other=2", {}),
    ("GET", "/things?limit=1&limit=2&colour=red", {}),
    ("GET", "/things?limit=", {}),
    ("GET", "/things?limit=99", {"headers": {"X-Name": "nobody"}}),
    ("GET", f"/things/{KEY}", {"headers": {"X-Name": "a"}}),
    ("GET", "/things/none", {}),
    ("POST", f"/things/{KEY}", {"json": {"name": "路灯", "numbers": [1, "2"]}}),
    ("POST", f"/things/{KEY}", {"json": {"name": "x", "numbers": ["y"], "more": 1}}),
    ("POST", "/things/none", {"json": {"name": "x"}}),
    ("POST", f"/things/{KEY}", {"json": None}),
    ("POST", f"/things/{KEY}", {"json": []}),
    ("POST", f"/things/{KEY}", {"json": "text"}),
    ("POST", f"/things/{KEY}", {}),
    ("POST", f"/things/{KEY}", {"content": b"{", "headers": JSON}),
    ("POST", f"/things/{KEY}", {"content": b"\xff\xfe\xfd", "headers": JSON}),
    ("POST", f"/things/{KEY}", {"content": b"[" * 100_000, "headers": JSON}),
    ("POST", f"/things/{KEY}", {"content": b'{"name":"ab"}', "headers": {"content-type": "text/plain"}}),
    ("POST", f"/things/{KEY}", {"content": b'{"name":"ab"}', "headers": {"content-type": "Application/x+json; a=b"}}),
    ("POST", f"/things/{KEY}", {"content": b'{"name":"ab"}'}),
    ("DELETE", "/things", {}),
]


@pytest.mark.parametrize(
    "asked", ASKED, ids=[f"{number} {method} {path}" for number, (method, path, _) in enumerate(ASKED)]
)
async def test_a_plan_answers_as_the_framework_does(asked: tuple[str, str, dict[str, Any]]) -> None:
    method, path, more = asked
    answers = []
    for planned in (True, False):
        async with _client(_app(planned=planned)) as client:
            first = await client.request(method, path, **more)
            answer = await client.request(method, path, **more)
        assert first.status_code == answer.status_code, "a question that was read before is answered like the first"
        body = json.loads(answer.content) if answer.content else None
        if isinstance(body, dict):
            body.pop("request_id", None)
        headers = dict(answer.headers)
        if answer.status_code == 204:
            headers.pop("content-type", None)  # the framework names the type of a body that is not there
        answers.append((answer.status_code, body, headers))
    planned_answer, framework_answer = answers
    assert planned_answer == framework_answer


async def test_questions_are_not_confused_by_what_is_remembered_of_others() -> None:
    async with _client(_app(planned=True)) as client:
        for number in [*range(1, 10), *range(1, 10)]:
            answer = await client.get(f"/things?limit={number}&q=" + "x" * (number * 100))
            assert answer.json()["said"][1] == number
        for number in range(1100):
            assert (await client.get(f"/things?q={number}")).json()["said"][3] == str(number)
        assert (await client.get("/things?q=3")).json()["said"][3] == "3"


async def test_a_body_that_is_too_deep_is_a_bad_request(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"/things/{KEY}", content=b"[" * 200_000, headers=JSON)
    assert answer.status_code in {400, 422}


async def test_unusual_signatures_have_no_plan() -> None:
    async def streams(request: Request) -> Response:
        return Response()

    def waits(request: Request) -> Told:
        return Told(said=None)

    router = APIRouter()
    for number, endpoint in enumerate((streams, waits)):
        router.get(f"/{number}", response_model=None)(endpoint)
    assert [handler_of(route) for route in router.routes if isinstance(route, APIRoute)] == [None, None]


async def test_addresses_prefer_fixed_segments_and_know_their_methods() -> None:
    async def fixed() -> Told:
        return Told(said="fixed")

    async def named(name: str) -> Told:
        return Told(said=name)

    router = APIRouter()
    router.get("/a/{name}/c")(named)
    router.get("/a/b")(fixed)
    router.get("/a/b/d")(fixed)
    router.get("/a/{name}")(named)
    router.post("/a/new")(fixed)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.router.routes.append(Addresses(router.routes))
    async with _client(app) as client:
        assert (await client.get("/a/b")).json()["said"] == "fixed"
        assert (await client.get("/a/b/c")).json()["said"] == "b", "back from a fixed segment that leads nowhere"
        assert (await client.get("/a/b/d")).json()["said"] == "fixed"
        assert [(await client.get(path)).status_code for path in ("/a", "/a//c", "/a/b/c/d")] == [404] * 3
        assert (await client.post("/a/b")).status_code == 404
        assert (await client.get("/a/e")).json()["said"] == "e"
        assert (await client.get("/a/new")).status_code == 404, "not the thing called `new`: that address takes a POST"
    with pytest.raises(ValueError, match="two operations"):
        Addresses([*router.routes, *router.routes])


def test_the_operations_of_the_hot_paths_have_plans() -> None:
    planned = {route.operation_id for route in operations if isinstance(route, APIRoute) and handler_of(route)}
    assert {"cases_list", "cases_get", "cases_create", "cases_timeline", "hotline_events_receive"} <= planned
