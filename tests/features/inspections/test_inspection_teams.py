"""Who inspects whom: recusal, draws that anyone can repeat, secondments that end, plans and checklists."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from tests.features.campaigns.test_work import act, done
from tests.features.cases.test_requests import at
from tests.features.cases.test_substitution import person
from tests.features.inspections.test_inspections import (
    TEAM,
    again,
    checklist,
    create,
    executing,
    found,
    record,
    row_of,
    step,
)
from tests.fixtures.region import World

from xiaoneng.core.organization.schemas.bodies import MembershipEnd
from xiaoneng.core.organization.service import bodies
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.kit import clock, lots

pytestmark = pytest.mark.anyio


async def test_the_team_is_of_two_who_inspect_and_none_of_whom_is_recused(world: World) -> None:
    inspection = await create(world)
    people = {login: await person(world, login) for login in ("inspector", "inspector2", "cg.handler")}
    own = [str(world.units["ML03"])]
    inspection = await step(world, "office", inspection, "set_units", unit_ids=own)

    async def team(*logins: str) -> httpx.Response:
        wanted = [people[login] for login in logins]
        return await act(world, "office", "inspections", inspection, "set_team", leader_id=wanted[0], person_ids=wanted)

    assert (await team("inspector")).json()["code"] == "inspections.team_incomplete"
    assert (await team("inspector", "cg.handler")).json()["code"] == "inspections.not_an_inspector"
    recused = (await team("inspector", "inspector2")).json()
    assert (recused["code"], recused["errors"][0]["code"]) == ("inspections.recused", "own_unit")
    inspection = await step(world, "office", inspection, "set_units", unit_ids=[str(world.units["ML1702"])])
    relation = {"unit_id": str(world.units["ML17"]), "reason": "配偶在该局工作"}
    declared = await (await world.as_("inspector2")).post("/inspector-relations", json=relation)
    assert declared.status_code == 201, declared.text
    again_ = await (await world.as_("inspector2")).post("/inspector-relations", json=relation)
    assert again_.json()["code"] == "inspections.declared_already"
    recused = (await team("inspector", "inspector2")).json()
    assert (recused["code"], recused["errors"][0]["code"]) == ("inspections.recused", "relation")
    ended = await (await world.as_("office")).post(f"/inspector-relations/{declared.json()['id']}/end", json={})
    assert ended.json()["ended_at"]
    assert (await team("inspector", "inspector2")).status_code == 200
    home = await act(
        world, "office", "inspections", await again(world, inspection), "set_units", unit_ids=[str(world.units["ML01"])]
    )
    assert home.json()["code"] == "inspections.own_unit_inspected"


async def test_a_secondment_that_ends_ends_the_rights_in_the_middle_of_the_work(world: World) -> None:
    inspection = await executing(world, units=("ML17",))
    row = row_of(inspection, world, "ML17")
    one = await found(world, row)
    async with world.database.unit_of_work() as session:
        who = UUID(await person(world, TEAM[1]))
        services = (await (await world.as_("office")).get(f"/people/{who}")).json()["services"]
        order = MembershipEnd(valid_to=clock.today(), reason="借调期满")
        await bodies.end_membership(session, SYSTEM, UUID(services[0]["id"]), order)
    with at(world, clock.now() + timedelta(days=1)):
        assert (await record(world, row)).status_code == 403
        assert (await (await world.as_(TEAM[1])).get(f"/inspections/{inspection['id']}")).status_code == 403
        assert (await act(world, TEAM[1], "inspection-findings", one, "withdraw", reason="误登记")).status_code == 403
        assert (await (await world.as_(TEAM[0])).get(f"/inspection-units/{row['id']}")).status_code == 200


async def test_whoever_leaves_the_team_corrects_nothing_more(world: World) -> None:
    inspection = await executing(world, units=("ML17",))
    one = await found(world, row_of(inspection, world, "ML17"))
    people = [await person(world, login) for login in ("inspector", "inspector3")]
    inspection = await again(world, inspection)
    await step(world, "office", inspection, "set_team", leader_id=people[0], person_ids=people)
    assert (await act(world, TEAM[1], "inspection-findings", one, "withdraw", reason="误登记")).status_code == 404


async def test_anyone_can_repeat_a_draw_and_another_needs_a_reason(world: World) -> None:
    inspection = await create(world)
    out = {"id": str(world.units["ML18"]), "reason": "正在搬迁"}
    body = {"seed": "今日福彩 0917", "count": 3, "types": ["government_department"], "keep_out": [out]}
    inspection = await step(world, "office", inspection, "draw_units", **body)
    [draw] = (await (await world.as_("office")).get(f"/inspections/{inspection['id']}/draws")).json()["items"]
    names = [one["name"] for one in draw["population"]]
    assert [one["name"] for one in draw["drawn"]] == lots.drawn(body["seed"], names, 3)
    assert (draw["repeats"], draw["population_hash"]) == (True, lots.fingerprint(names))
    excluded = {one["name"]: (one["code"], one["reason"]) for one in draw["excluded"]}
    assert excluded["ML18"] == ("named", "正在搬迁")
    assert excluded["ML01"][0] == "own_unit"
    assert {row["unit"]["id"] for row in inspection["units"]} == {
        str(world.units[one["name"]]) for one in draw["drawn"]
    }
    redraw = await act(world, "office", "inspections", inspection, "draw_units", **body)
    assert redraw.json()["code"] == "inspections.redraw_needs_reason"
    many = await act(
        world, "office", "inspections", inspection, "draw_units", **{**body, "count": 200, "reason": "加抽"}
    )
    assert many.json()["code"] == "inspections.nothing_to_inspect"
    inspection = await step(
        world, "office", inspection, "draw_units", **{**body, "seed": "第二次抽取", "reason": "扩大"}
    )
    bodies_ = (await (await world.as_("office")).get("/bodies")).json()["items"]
    group = [one["id"] for one in bodies_ if one["name"] == "明察暗访组"]
    inspection = await step(world, "office", inspection, "draw_team", count=2, body_ids=group)
    draws = (await (await world.as_("office")).get(f"/inspections/{inspection['id']}/draws")).json()["items"]
    assert [one["kind"] for one in draws] == ["inspectors", "units", "units"]
    assert len(draws[0]["seed"]) == 32
    assert all(one["repeats"] for one in draws)
    assert [one["ground"] for one in inspection["team"]] == ["drawn", "drawn"]
    assert inspection["team"][0]["is_leader"]


async def test_plans_are_the_offices_and_count_what_the_caller_may_know_of(world: World) -> None:
    body = {"title": "2026 年第四季度检查计划", "kind": "quarterly", "first_on": "2026-10-01", "last_on": "2026-12-31"}
    plan = (await (await world.as_("office")).post("/inspection-plans", json=body)).json()
    assert (await (await world.as_("cg.head")).get("/inspection-plans")).status_code == 403
    await create(world, type="undercover", is_secret=True, plan_id=plan["id"])
    counts = {}
    for login in ("office", "leader", "inspector"):
        [shown] = (await (await world.as_(login)).get("/inspection-plans", params={"year": 2026})).json()["items"]
        counts[login] = shown["inspections_count"]
    assert counts == {"office": 1, "leader": 1, "inspector": 0}
    plan = await done(world, "leader", "inspection-plans", plan, "approve")
    assert (plan["status"], plan["approved_by_name"]) == ("approved", "秦望舒")


async def test_an_unannounced_inspection_is_secret_and_an_inspection_follows_a_checklist(world: World) -> None:
    client = await world.as_("office")
    body = {
        "title": "突击抽查",
        "type": "surprise",
        "scope": "各窗口",
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-02",
    }
    refused = await client.post("/inspections", json={**body, "checklist_id": await checklist(world)})
    assert refused.json()["code"] == "inspections.must_be_secret"
    refused = await client.post("/inspections", json={**body, "is_secret": True, "checklist_id": str(uuid4())})
    assert refused.json()["code"] == "inspections.checklist_unknown"
    lines = [{"key": "a", "section": "纪律", "text": "在岗在位", "problem_code": "TC301"}]
    edition = {"code": "windows", "title": "窗口清单（修订）", "valid_from": "2026-01-01", "lines": lines}
    made_ = (await client.post("/inspection-checklists", json=edition)).json()
    assert (made_["version"], made_["lines_count"]) == (2, 1)
    wrong = {**edition, "lines": [{**lines[0], "problem_code": "NOPE"}]}
    assert (await client.post("/inspection-checklists", json=wrong)).status_code == 422
