"""Views of lists: one's own, the default, and those of the unit."""

import pytest
from tests.fixtures.region import World

pytestmark = pytest.mark.anyio
BODY = {"list_name": "cases", "title": "我的超期", "filters": {"due": "overdue"}, "sort": "due_at"}
COLUMNS = {"order": ["no", "title"], "hidden": ["stars"], "shown": []}


async def kept(world: World, login: str, **more: object) -> dict:
    answer = await (await world.as_(login)).post("/saved-views", json={**BODY, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def seen(world: World, login: str, name: str = "cases") -> list[tuple[str, bool, bool]]:
    items = (await (await world.as_(login)).get(f"/saved-views?list_name={name}")).json()["items"]
    return [(one["title"], one["is_own"], one["is_default"]) for one in items]


async def test_a_view_is_its_owners_with_order_and_columns_wherever_they_sign_in(world: World) -> None:
    view = await kept(world, "cg.liaison", columns=COLUMNS)
    assert (view["filters"], view["sort"], view["columns"]) == ({"due": "overdue"}, "due_at", COLUMNS)
    assert await seen(world, "cg.liaison") == [("我的超期", True, False)]
    assert await seen(world, "cg.liaison", "rectification") == []
    assert await seen(world, "cg.head") == []
    again = await (await world.as_("cg.liaison")).post("/saved-views", json=BODY)
    assert (again.status_code, again.json()["code"]) == (409, "views.name_taken")


async def test_a_shared_one_is_seen_in_the_unit_and_changed_by_its_owner_alone(world: World) -> None:
    view = await kept(world, "cg.liaison", is_shared=True, is_default=True)
    assert await seen(world, "cg.head") == [("我的超期", False, False)], "it opens by itself for its owner only"
    assert await seen(world, "zj.head") == []
    headers = {"If-Match": '"1"'}
    stranger = await (await world.as_("cg.head")).post(f"/saved-views/{view['id']}/actions/remove", headers=headers)
    assert stranger.status_code == 404
    owner = await world.as_("cg.liaison")
    settings = {name: view[name] for name in ("filters", "sort")} | {"title": "超期", "is_shared": False}
    changed = await owner.post(f"/saved-views/{view['id']}/actions/change", json=settings, headers=headers)
    assert (changed.status_code, changed.json()["rev"], changed.json()["is_shared"]) == (200, 2, False)
    assert await seen(world, "cg.head") == []
    stale = await owner.post(f"/saved-views/{view['id']}/actions/remove", headers=headers)
    assert stale.status_code == 412
    gone = await owner.post(f"/saved-views/{view['id']}/actions/remove", headers={"If-Match": '"2"'})
    assert gone.status_code == 204
    assert await seen(world, "cg.liaison") == []


async def test_one_view_of_a_list_opens_by_itself(world: World) -> None:
    await kept(world, "office", title="一", is_default=True)
    await kept(world, "office", title="二", is_default=True)
    await kept(world, "office", title="三", list_name="rectification", is_default=True)
    assert await seen(world, "office") == [("一", True, False), ("二", True, True)]
    assert await seen(world, "office", "rectification") == [("三", True, True)]
