"""A/B posts: whoever is away, their work is done the same day, and the record says in whose place (R-25, R-17)."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.features.cases.test_lifecycle import replied
from tests.features.cases.test_requests import at
from tests.fixtures.region import World, act, done, register

from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio


async def person(world: World, login: str) -> str:
    client = await world.as_("office")
    name = (await (await world.as_(login)).get("/auth/me")).json()["name"]
    [found] = (await client.get("/people", params={"q": name})).json()["items"]
    return found["id"]


async def substitute(world: World, login: str, by: str, *, who: str = "cg.head") -> httpx.Response:
    """Name somebody for the post of `login`."""
    shown = (await (await world.as_("office")).get(f"/people/{await person(world, login)}")).json()
    post = shown["posts"][0]
    body = {"substitute_id": await person(world, by), "reason": "确定 A/B 岗"}
    client = await world.as_(who)
    path = f"/appointments/{post['id']}/actions/name_substitute"
    return await client.post(path, json=body, headers={"If-Match": f'"{post["rev"]}"'})


async def away(world: World, login: str, days: int = 3) -> dict[str, Any]:
    first, last = clock.today(), clock.today() + timedelta(days=days)
    body = {"first_day": first.isoformat(), "last_day": last.isoformat(), "reason": "年休假"}
    client = await world.as_("cg.liaison")
    answer = await client.post(f"/people/{await person(world, login)}/leaves", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def handled(world: World) -> dict[str, Any]:
    """A case that the handler of the city management has."""
    case = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML17"]))
    case = await done(world, "cg.liaison", case, "sign")
    return await done(world, "cg.liaison", case, "assign_handler", person_id=await person(world, "cg.handler"))


async def seen(world: World, case: dict[str, Any], login: str) -> int:
    return (await (await world.as_(login)).get(f"/cases/{case['id']}")).status_code


async def test_the_work_goes_to_the_substitute_and_comes_back(world: World) -> None:
    case = await handled(world)
    assert (await substitute(world, "cg.handler", "cg.liaison")).status_code == 200
    leave = await away(world, "cg.handler")
    await world.work_off()
    shown = (await (await world.as_("office")).get(f"/cases/{case['id']}")).json()
    [part] = shown["assignments"]
    assert (shown["handler"]["name"], part["handler"]["name"], part["acting_for"]["name"]) == (
        "罗知秋",
        "罗知秋",
        "万里",
    )
    other = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML17"]))
    other = await done(world, "cg.liaison", other, "assign_handler", person_id=await person(world, "cg.handler"))
    assert other["handler"]["name"] == "罗知秋"
    client = await world.as_("cg.liaison")
    ended = await client.post(
        f"/leaves/{leave['id']}/actions/end", json={"reason": "提前返岗"}, headers={"If-Match": f'"{leave["rev"]}"'}
    )
    assert ended.status_code == 200, ended.text
    await world.work_off()
    for one in (case, other):
        shown = (await (await world.as_("office")).get(f"/cases/{one['id']}")).json()
        assert (shown["handler"]["name"], shown["assignments"][0]["acting_for"]) == ("万里", None)
    entries = (await (await world.as_("office")).get(f"/cases/{case['id']}/timeline")).json()["items"]
    assert [one["action"] for one in entries][:2] == ["give_back", "stand_in"]


async def test_whoever_stands_in_for_the_head_has_the_head_s_role_for_those_days_only(world: World) -> None:
    case = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML17"]))
    assert (await act(world, "cg.handler", case, "sign")).status_code == 404
    assert (await substitute(world, "cg.liaison", "cg.handler")).status_code == 200
    await away(world, "cg.liaison")
    with at(world, clock.now() + timedelta(seconds=2)):
        case = await done(world, "cg.handler", case, "sign")
        entries = (await (await world.as_("cg.handler")).get(f"/cases/{case['id']}/timeline")).json()["items"]
        assert entries[0]["actor"]["name"] == "万里（代罗知秋）"
        assert (await (await world.as_("cg.handler")).get("/auth/me")).json()["name"] == "万里"
    with at(world, clock.now() + timedelta(days=5)):
        assert await seen(world, case, "cg.handler") == 404


async def test_who_may_stand_in_and_who_says_so(world: World) -> None:
    outsider = await substitute(world, "cg.handler", "zj.liaison")
    assert outsider.json()["code"] == "organization.substitute_refused"
    assert (await substitute(world, "cg.handler", "cg.liaison", who="cg.liaison")).status_code == 403
    assert (await substitute(world, "cg.handler", "cg.liaison", who="zj.head")).status_code == 404
    await away(world, "cg.handler")
    body = {"first_day": clock.today().isoformat(), "last_day": clock.today().isoformat(), "reason": "再次"}
    again = await (await world.as_("cg.liaison")).post(f"/people/{await person(world, 'cg.handler')}/leaves", json=body)
    assert again.json()["code"] == "organization.away_already"


async def test_a_third_redo_wakes_the_leader_of_the_office(world: World) -> None:
    case = await replied(world)
    for _ in range(2):
        case = await done(world, "office", case, "redo", reason="答复与事实不符")
        case = await done(world, "cg.liaison", case, "reply", text="已再次处理。", file_ids=[])
    assert (await act(world, "office", case, "redo", reason="再次重办")).json()["code"] == "cases.redos_used_up"
    await done(world, "office", case, "step_up", reason="三次未解决，提级督办")
    await world.work_off()
    for login in ("leader", "office", "cg.head"):
        told = (await (await world.as_(login)).get("/notifications")).json()["items"]
        assert any(one["title"].startswith("已提级督办") for one in told), login
