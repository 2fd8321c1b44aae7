"""What the desk proposes as the next thing to do."""

import pytest
from tests.fixtures.region import World, done, register

pytestmark = pytest.mark.anyio


async def proposed(world: World, login: str) -> list[str]:
    desk = (await (await world.as_(login)).get("/desk")).json()
    return [row["next_action"]["action"] for group in ("overdue", "today", "next") for row in desk[group]]


async def test_the_office_dispatches_what_nobody_has_and_urges_what_a_unit_has(world: World) -> None:
    case = await register(world)
    assert await proposed(world, "office") == ["dispatch"]
    case = await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
    assert await proposed(world, "office") == ["urge"], (
        "to designate another unit is an intervention, not the next step"
    )
    assert await proposed(world, "cg.liaison") == ["sign"]


async def test_an_item_without_a_unit_waits_for_the_office_and_one_with_a_unit_for_the_unit(world: World) -> None:
    body = {"title": "窗口服务态度", "problem": "窗口工作人员态度生硬。", "lead_unit_id": str(world.units["ML17"])}
    assert (await (await world.as_("office")).post("/rectification-items", json=body)).status_code == 201
    assert await proposed(world, "office") == []
    assert await proposed(world, "cg.liaison") == ["plan"]
