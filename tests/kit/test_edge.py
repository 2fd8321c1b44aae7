"""The edge: operations with a plan take the short way, and it answers as the framework behind it does."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from xiaoneng.kit import edge
from xiaoneng.kit.db import Database
from xiaoneng.kit.edge import EdgeApp
from xiaoneng.kit.http import public_router
from xiaoneng.kit.problems import Conflict
from xiaoneng.kit.schemas import Input, Schema

pytestmark = pytest.mark.anyio
PLACE = "/api/v1/scratch"
router = public_router("/scratch", "scratch")


class Text(Input):
    text: str


class Echo(Schema):
    text: str


@router.post("", operation_id="scratch_echo")
async def echo(given: Text) -> Echo:
    """Say it again."""
    return Echo(text=given.text)


@router.get("/{fate}", operation_id="scratch_fate")
async def fate(fate: str) -> Echo:
    """End in one way or another."""
    if fate == "conflict":
        raise Conflict
    if fate == "surprise":
        raise RuntimeError("nobody expected this")
    return Echo(text=fate)


@router.post("/form", operation_id="scratch_raw")
async def behind(given: dict[str, Any]) -> dict[str, Any]:
    """Has no plan: the framework serves it."""
    return given


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = EdgeApp(operations=list(router.routes), title="scratch")
    app.state.database = Database("postgresql://nowhere/none")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as made:
        yield made


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [("/fine", 200, None), ("/conflict", 409, "conflict"), ("/surprise", 500, "internal"), ("/a/b", 404, None)],
)
async def test_every_end_is_answered_with_an_id_and_safe_headers(
    client: httpx.AsyncClient, path: str, status: int, code: str | None
) -> None:
    answer = await client.get(f"{PLACE}{path}")
    assert answer.status_code == status
    assert answer.headers["x-request-id"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    if code:
        assert (answer.json()["code"], answer.json()["request_id"]) == (code, answer.headers["x-request-id"])


@pytest.mark.parametrize("path", ["", "/form"])
async def test_a_body_is_bounded_whether_or_not_it_tells_its_length(
    client: httpx.AsyncClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "MAX_BODY_BYTES", 64)

    async def pieces(count: int) -> AsyncIterator[bytes]:
        yield b'{"text": "'
        for _ in range(count):
            yield b"x" * 20
        yield b'"}'

    json = {"content-type": "application/json"}
    assert (await client.post(f"{PLACE}{path}", content=pieces(2), headers=json)).status_code == 200
    assert (await client.post(f"{PLACE}{path}", content=pieces(3), headers=json)).status_code == 413
    assert (await client.post(f"{PLACE}{path}", json={"text": "x" * 20})).status_code == 200
    assert (await client.post(f"{PLACE}{path}", json={"text": "x" * 60})).status_code == 413
