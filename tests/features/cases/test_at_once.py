"""Two change one matter at the same moment, over connections of their own: one order or the other, nothing lost."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from tests.features.cases.test_lifecycle import dispatched
from tests.features.cases.test_merging import answered, given, merged
from tests.features.cases.test_requests import shown
from tests.fixtures.region import World, act, done, register

pytestmark = pytest.mark.anyio
Call = Callable[[], Coroutine[Any, Any, httpx.Response]]
WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
PATIENCE = 200
ORDERS = pytest.mark.parametrize("reverse", [False, True], ids=["as named", "the other way round"])


@asynccontextmanager
async def kept_waiting(
    world: World, *cases: dict[str, Any]
) -> AsyncIterator[Callable[[int], Coroutine[Any, Any, None]]]:
    """Hold some cases; the block gets a function that returns once so many others wait for them."""
    async with world.database.engine.connect() as holder, world.database.engine.connect() as other:
        watcher = await other.execution_options(isolation_level="AUTOCOMMIT")
        query = sa.text('SELECT 1 FROM "case" WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE')
        await holder.execute(query, {"ids": [case["id"] for case in cases]})

        async def until(count: int) -> None:
            for _ in range(PATIENCE):
                if await watcher.scalar(WAITING) >= count:
                    return
                await asyncio.sleep(0.02)
            pytest.fail("nobody waits")

        yield until
        await holder.rollback()


async def both(
    world: World, held: tuple[dict[str, Any], ...], first: Call, second: Call, *, reverse: bool
) -> tuple[httpx.Response, httpx.Response]:
    """The answers of two calls that come to the same lock one right after the other, in that order or reversed."""
    calls = {0: first, 1: second}
    running: dict[int, asyncio.Task[httpx.Response]] = {}
    async with kept_waiting(world, *held) as until:
        for count, number in enumerate((1, 0) if reverse else (0, 1), start=1):
            running[number] = asyncio.create_task(calls[number]())
            await until(count)
    return await running[0], await running[1]


async def history(world: World, case: dict[str, Any]) -> list[str]:
    items = (await (await world.as_("office")).get(f"/cases/{case['id']}/timeline?limit=100")).json()["items"]
    return [entry["action"] for entry in items]


async def signed(world: World) -> dict[str, Any]:
    case = await done(world, "cg.liaison", await dispatched(world), "sign")
    return await done(world, "cg.liaison", case, "contact", reached=True, note="已电话联系")


@ORDERS
async def test_a_case_is_merged_or_replied_to_never_half_of_both(world: World, reverse: bool) -> None:
    case, primary = await signed(world), await register(world)
    primary = await given(world, primary)
    await world.as_("operator")
    merge, reply = await both(
        world,
        (case, primary),
        lambda: act(world, "operator", case, "merge", into_id=primary["id"], reason="同一盏路灯"),
        lambda: act(world, "cg.liaison", case, "reply", text="路灯已修复。", file_ids=[]),
        reverse=reverse,
    )
    after, told = await shown(world, case), await history(world, case)
    if reverse:
        assert (reply.status_code, merge.status_code) == (200, 412)
        assert (after["status"], after["reply"]["text"], after["merged_into_id"]) == ("replied", "路灯已修复。", None)
        assert (told.count("reply"), told.count("merge")) == (1, 0)
        assert {clock["state"] for clock in after["clocks"]} == {"stopped"}
    else:
        assert (merge.status_code, reply.status_code) == (200, 412)
        assert (after["status"], after["reply"], after["merged_into_id"]) == ("merged", None, primary["id"])
        assert (told.count("reply"), told.count("merge")) == (0, 1)


@ORDERS
async def test_who_joins_a_matter_while_it_is_answered_gets_the_answer(world: World, reverse: bool) -> None:
    primary, case = await signed(world), await register(world)
    merge, reply = await both(
        world,
        (case, primary),
        lambda: act(world, "operator", case, "merge", into_id=primary["id"], reason="同一盏路灯"),
        lambda: act(world, "cg.liaison", primary, "reply", text="路灯已修复。", file_ids=[]),
        reverse=reverse,
    )
    assert (merge.status_code, reply.status_code) == (200, 200)
    after = await shown(world, case)
    assert (after["status"], after["reply"]["text"], after["merged_into_id"]) == (
        "replied",
        "路灯已修复。",
        primary["id"],
    )
    told = await history(world, case)
    assert (told.count("merge"), told.count("reply_of_primary")) == (1, 1)
    assert (await history(world, primary)).count("take_in") == 1


@ORDERS
async def test_a_rating_stands_or_the_split_does(world: World, reverse: bool) -> None:
    primary, case = await dispatched(world), await register(world)
    case = await merged(world, case, primary)
    receipt = (await act(world, "operator", case, "issue_receipt")).json()["receipt"]
    await answered(world, await shown(world, primary))
    case = await shown(world, case)
    assert case["status"] == "replied"
    citizen = await world.anybody()
    rating = {**receipt, "stars": 5, "solved": "yes"}
    split, rate = await both(
        world,
        (case,),
        lambda: act(world, "operator", case, "unmerge", reason="是另一盏灯"),
        lambda: citizen.post("/public/receipts/rate", json=rating),
        reverse=reverse,
    )
    after, told = await shown(world, case), await history(world, case)
    if reverse:
        assert (rate.status_code, split.status_code) == (200, 412)
        assert (after["status"], after["rating"]["stars"], after["merged_into_id"]) == ("closed", 5, primary["id"])
        assert (told.count("rate"), told.count("unmerge")) == (1, 0)
    else:
        assert (split.status_code, rate.status_code, rate.json()["code"]) == (200, 409, "public.not_rateable")
        assert (after["status"], after["rating"], after["reply"]) == ("registered", None, None)
        assert (after["merged_into_id"], told.count("unmerge"), told.count("rate")) == (None, 1, 0)
        assert {clock["state"] for clock in after["clocks"] if clock["kind"] == "finish"} == {"running"}
