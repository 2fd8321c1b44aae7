"""How many statements the paths with a budget run, once the process remembers what it may."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from tests.fixtures.region import HOTLINE_SECRET, World, done, register

from xiaoneng.kit import clock, ids
from xiaoneng.kit.signing import sign

pytestmark = pytest.mark.anyio
Ask = Callable[[], Awaitable[httpx.Response]]


@asynccontextmanager
async def heard(world: World) -> AsyncIterator[list[str]]:
    """The statements of the block, whichever way they reach the driver."""
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    engine = world.database.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


async def fewest(world: World, ask: Ask) -> list[str]:
    """The statements of a request that finds everything remembered: the shortest of a few."""
    found: list[list[str]] = []
    for _ in range(4):
        async with heard(world) as statements:
            answer = await ask()
        assert answer.is_success, answer.text
        found.append(statements)
    return min(found, key=len)


async def test_reading_takes_few_statements_and_no_transaction(world: World) -> None:
    case = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML17"]))
    liaison = await world.as_("cg.liaison")
    asked = {
        "/cases?limit=20": 1,
        "/cases?limit=20&with_total=true": 2,
        f"/cases/{case['id']}": 3,
        f"/cases/{case['id']}/timeline": 2,
    }
    for address, most in asked.items():
        statements = await fewest(world, lambda address=address: liaison.get(address))
        assert len(statements) <= most, (address, statements)
        assert all(statement.startswith("SELECT") for statement in statements)


async def test_intake_at_the_counter_is_one_statement(world: World) -> None:
    operator = await world.as_("operator")
    body = {"kind": "complaint", "channel": "visit", "title": "路灯不亮", "content": "三天没有修。"}
    [statement] = await fewest(world, lambda: operator.post("/cases", json=body))
    for table in ('"case"', "clock", "timeline_entry", "outbox_event"):
        assert f"INSERT INTO {table}" in statement


async def test_intake_by_the_hotline_looks_twice_and_writes_once(world: World) -> None:
    anybody = await world.anybody()

    async def send() -> httpx.Response:
        data = {"external_no": ids.new_id().hex, "title": "路灯不亮", "content": "三天没有修。"}
        event = {"type": "case.created", "occurred_at": clock.now().isoformat(), "data": data}
        body = json.dumps(event)
        headers = {**sign(HOTLINE_SECRET, ids.new_id().hex, clock.now(), body), "Content-Type": "application/json"}
        return await anybody.post("/hotline/city/events", content=body, headers=headers)

    statements = await fewest(world, send)
    assert [statement.split()[0] for statement in statements] == ["SELECT", "SELECT", "WITH"]
