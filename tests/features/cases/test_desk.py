"""What the desk proposes as the next thing to do."""

from datetime import timedelta

import pytest
from tests.features.cases.test_requests import at
from tests.features.cases.test_substitution import person
from tests.fixtures.region import World, done, register

from xiaoneng.kit import clock

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


async def _instructions(world: World, login: str) -> dict[str, list[tuple[str, str, str]]]:
    desk = (await (await world.as_(login)).get("/desk")).json()
    return {
        group: [(row["title"], row["next_action"]["action"], row["lamp"]) for row in desk[group] if row["case_id"]]
        for group in ("overdue", "today", "next")
    }


async def test_a_leaders_instruction_waits_on_the_desk_of_whoever_must_act_with_its_clock(world: World) -> None:
    case = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML17"]))
    told = {"case_id": case["id"], "text": "三日内上门", "grade": "urgent"}
    told["addressees"] = [{"person_id": await person(world, "cg.handler")}]
    given = await (await world.as_("leader")).post("/case-instructions", json=told)
    [task] = given.json()["items"]
    assert (given.status_code, task["unit"]["name"], task["person"]["name"]) == (201, "区城市管理局", "万里")
    for login in ("cg.handler", "cg.liaison", "cg.head"):
        shown = await _instructions(world, login)
        assert shown == {"overdue": [], "today": [], "next": [("三日内上门", "report", "blue")]}, login
    for login in ("leader", "office", "zj.liaison", "monitor", "operator"):
        assert not any((await _instructions(world, login)).values()), login
    desk = (await (await world.as_("cg.handler")).get("/desk")).json()
    [row] = [one for one in desk["next"] if one["case_id"]]
    assert (row["no"], row["case_id"], row["deadline"]["kind"]) == (case["no"], case["id"], "supervise")
    with at(world, clock.now() + timedelta(days=9)):
        late = await _instructions(world, "cg.handler")
        assert late["overdue"] == [("三日内上门", "report", "red")]
        handler = await world.as_("cg.handler")
        path = f"/case-instructions/{task['id']}/actions/report"
        reported = await handler.post(path, json={"text": "已上门"}, headers={"If-Match": f'"{task["rev"]}"'})
        assert reported.status_code == 200, reported.text
        assert not any((await _instructions(world, "cg.handler")).values())
        waiting = await _instructions(world, "office")
        assert [one[:2] for one in waiting["next"]] == [("三日内上门", "accept")], "what is reported is not late"
        assert waiting["overdue"] == []


async def test_an_instruction_is_for_a_unit_or_one_of_its_people(world: World) -> None:
    case = await done(world, "operator", await register(world), "dispatch", unit_id=str(world.units["ML17"]))
    leader = await world.as_("leader")
    stranger = {"unit_id": str(world.units["ML11"]), "person_id": await person(world, "cg.handler")}
    for addressee, status, code in (({}, 422, None), (stranger, 422, "supervision.addressee_refused")):
        told = {"case_id": case["id"], "text": "三日内上门", "addressees": [addressee]}
        answer = await leader.post("/case-instructions", json=told)
        assert answer.status_code == status
        assert code is None or answer.json()["code"] == code
    assert (await leader.get("/case-instructions")).json()["items"] == []
