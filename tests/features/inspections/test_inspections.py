"""Inspections from the plan to the end: who may do what, what is refused, and who must not know (SM-19, 回避)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from tests.features.campaigns.test_work import act, done
from tests.features.cases.test_machines import FOREIGN, ME, OWN, PERSON, agreed, open_cells, somebody
from tests.features.cases.test_requests import at, upload
from tests.features.cases.test_substitution import person
from tests.fixtures.region import World

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.schemas.bodies import MembershipEnd
from xiaoneng.core.organization.service import bodies
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.features.inspections.models.findings import Finding, FindingStatus, Severity
from xiaoneng.features.inspections.models.inspections import Inspection, InspectionStatus, InspectionType
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.service import carrying_out, plans
from xiaoneng.features.inspections.service.findings import FINDINGS_DOOR, deem_confirmed
from xiaoneng.features.inspections.transitions.inspections import FINDINGS, INSPECTIONS, PLANS
from xiaoneng.kit import clock, lots

pytestmark = pytest.mark.anyio
PLAN_TABLE = """
draft: approve LGL
approved: close LGO
"""
TABLE = """
planned: set_units LGO; draw_units LGO; set_team LGO; draw_team LGO; approve LGL; cancel LGO
approved: set_team LGO; send_notice LGO; begin INS; cancel LGO
noticed: set_team LGO; begin INS; cancel LGO
executing: set_team LGO; finish_unit INS; skip_unit INS; release INS
confirming: conclude INS
confirmed: report INS
reported: follow_up LGO
follow_up: close LGO
"""
FINDING_TABLE = """
recorded: revise INS; withdraw INS
released: confirm UHD ULN; object UHD ULN
objected: uphold LGO; overrule LGO
confirmed: dispose LGO
"""


@pytest.mark.parametrize(
    ("machine", "table", "far"),
    [(PLANS, PLAN_TABLE, {"LGL", "LGO"}), (INSPECTIONS, TABLE, {"LGL", "LGO"}), (FINDINGS, FINDING_TABLE, {"LGO"})],
    ids=["plans", "inspections", "findings"],
)
def test_everything_is_open_exactly_as_agreed(machine: Any, table: str, far: set[str]) -> None:
    assert set(open_cells(machine, OWN)) == agreed(table)
    assert {role for _, _, role in open_cells(machine, FOREIGN)} == far
    blind = [replace(OWN, named_units=OWN.units), replace(OWN, named_persons=frozenset([PERSON]))]
    assert [list(open_cells(machine, standing)) for standing in blind] == [[], []]


def test_every_action_has_an_effect_and_every_effect_an_action() -> None:
    doors = ((plans.DOOR, PLANS), (carrying_out.DOOR, INSPECTIONS), (FINDINGS_DOOR, FINDINGS))
    for door, machine in doors:
        assert set(door._effects) == {row.action for row in machine.transitions}


def made(**more: Any) -> Inspection:
    plain = {"type": InspectionType.DAILY, "status": InspectionStatus.PLANNED, "is_secret": False, "title": "检查"}
    team = {"team_ids": [PERSON, uuid4()], "leader_id": PERSON, "unit_ids": [uuid4()], "created_by": uuid4()}
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 5), "scope": "范围", "created_by_name": "某人"}
    return Inspection(**{**plain, **team, **days, "checklist_id": uuid4(), **more})


@pytest.mark.parametrize(
    ("action", "more", "facts", "code"),
    [
        ("approve", {}, {}, None),
        ("approve", {"unit_ids": []}, {}, "inspections.nothing_to_inspect"),
        ("approve", {"team_ids": [PERSON]}, {}, "inspections.team_incomplete"),
        ("approve", {"leader_id": uuid4()}, {}, "inspections.team_incomplete"),
        ("send_notice", {"status": InspectionStatus.APPROVED, "is_secret": True}, {}, "inspections.is_secret"),
        ("begin", {"status": InspectionStatus.APPROVED}, {}, "inspections.notice_needed"),
        ("begin", {"status": InspectionStatus.APPROVED, "is_secret": True}, {}, None),
        ("begin", {"status": InspectionStatus.NOTICED}, {}, None),
        ("release", {"leader_id": uuid4()}, {}, "inspections.leader_only"),
        ("release", {}, {"visits_left": 1}, "inspections.units_left"),
        ("conclude", {}, {"findings": [FindingStatus.OBJECTED]}, "inspections.findings_open"),
        ("conclude", {}, {"findings": [FindingStatus.CONFIRMED, FindingStatus.DISMISSED]}, None),
        ("follow_up", {}, {"findings": [FindingStatus.CONFIRMED]}, "inspections.findings_open"),
        ("follow_up", {}, {"findings": [FindingStatus.DISPOSED, FindingStatus.WITHDRAWN]}, None),
        ("close", {}, {"items_open": True}, "inspections.items_open"),
    ],
)
def test_rules_of_inspections(action: str, more: dict, facts: dict, code: str | None) -> None:
    refused = policies.denial(action, somebody(Role.INS), made(**more), policies.Facts(**facts))
    assert (refused and refused.code) == code


@pytest.mark.parametrize(
    ("action", "mine", "more", "code"),
    [
        ("revise", True, {}, None),
        ("withdraw", True, {"team_ids": [uuid4()]}, "inspections.not_on_team"),
        ("overrule", True, {}, "inspections.own_finding"),
        ("overrule", False, {}, None),
        ("uphold", False, {"blind_unit_ids": list(OWN.units)}, "inspections.own_unit_inspected"),
        ("dispose", False, {"status": InspectionStatus.CONFIRMED}, "inspections.not_reported"),
        ("dispose", False, {"status": InspectionStatus.REPORTED}, None),
    ],
)
def test_rules_of_findings(action: str, mine: bool, more: dict, code: str | None) -> None:
    finding = Finding(id=uuid4(), unit_id=uuid4(), recorded_by=ME if mine else uuid4(), severity=Severity.MINOR)
    refused = policies.finding_denial(action, somebody(Role.LGO), finding, made(**more))
    assert (refused and refused.code) == code


TEAM = ("inspector", "inspector2")


async def checklist(world: World) -> str:
    items = (await (await world.as_("office")).get("/inspection-checklists")).json()["items"]
    return next(one["id"] for one in items if one["code"] == "windows")


async def create(world: World, login: str = "office", **more: Any) -> dict[str, Any]:
    body = {"title": "窗口作风检查", "type": "daily", "scope": "政务服务窗口", "starts_on": "2026-12-01", **more}
    body = {"ends_on": "2026-12-31", "checklist_id": await checklist(world), **body}
    answer = await (await world.as_(login)).post("/inspections", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def step(world: World, login: str, about: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    return await done(world, login, "inspections", about, action, **body)


async def approved(world: World, units: tuple[str, ...] = ("ML17", "ML11"), **more: Any) -> dict[str, Any]:
    inspection = await create(world, **more)
    unit_ids = [str(world.units[unit]) for unit in units]
    inspection = await step(world, "office", inspection, "set_units", unit_ids=unit_ids)
    people = [await person(world, login) for login in TEAM]
    inspection = await step(world, "office", inspection, "set_team", leader_id=people[0], person_ids=people)
    return await step(world, "leader", inspection, "approve")


async def executing(world: World, **more: Any) -> dict[str, Any]:
    inspection = await approved(world, **more)
    if not inspection["is_secret"]:
        inspection = await step(world, "office", inspection, "send_notice")
    return await step(world, TEAM[0], inspection, "begin")


def row_of(inspection: dict[str, Any], world: World, unit: str) -> dict[str, Any]:
    return next(row for row in inspection["units"] if row["unit"]["id"] == str(world.units[unit]))


async def record(world: World, row: dict[str, Any], login: str = TEAM[1], **more: Any) -> httpx.Response:
    body = {"id": str(uuid4()), "row_id": row["id"], "problem_code": "TC301", "severity": "ordinary"}
    body |= {"place": "一楼大厅", "facts": "窗口人员态度生硬", "seen_at": clock.now().isoformat(), **more}
    return await (await world.as_(login)).post("/inspection-findings", json=body)


async def found(world: World, row: dict[str, Any], login: str = TEAM[1], **more: Any) -> dict[str, Any]:
    answer = await record(world, row, login, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def visited(world: World, inspection: dict[str, Any]) -> dict[str, Any]:
    """All units answered and finished."""
    client = await world.as_(TEAM[0])
    for row in inspection["units"]:
        sheet = (await client.get(f"/inspection-units/{row['id']}")).json()
        for line in sheet["lines"]:
            body = {"id": str(uuid4()), "item_key": line["key"], "result": "ok", "base_rev": 0}
            body["seen_at"] = clock.now().isoformat()
            answer = await client.post(f"/inspection-units/{row['id']}/answers", json=body)
            assert answer.status_code == 201, answer.text
        inspection = await step(world, TEAM[0], inspection, "finish_unit", unit_id=row["unit"]["id"])
    return inspection


async def finding(world: World, key: str, login: str = "office") -> dict[str, Any]:
    answer = await (await world.as_(login)).get(f"/inspection-findings/{key}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def find(world: World, login: str, about: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    now = await finding(world, about["id"], login)
    return await done(world, login, "inspection-findings", now, action, **body)


async def test_an_inspection_goes_all_the_way(world: World) -> None:
    inspection = await executing(world)
    assert re.fullmatch(r"JC-\d{4}-0001", inspection["no"])
    await world.work_off()
    told = (await (await world.as_("cg.head")).get("/notifications")).json()["items"]
    assert any("检查通知" in one["title"] for one in told)
    rows = {unit: row_of(inspection, world, unit) for unit in ("ML17", "ML11")}
    file_id = await upload(world, TEAM[1])
    bad = await found(world, rows["ML17"], file_ids=[file_id], people="窗口王某")
    wrong = await found(world, rows["ML17"], facts="大厅没有意见箱", problem_code="TC302")
    grave = await found(world, rows["ML11"], severity="serious", facts="收受红包", problem_code="TC201")
    good = await found(world, rows["ML11"], severity="good", problem_code=None, facts="首创延时服务")
    early = await act(world, TEAM[0], "inspections", await again(world, inspection), "release")
    assert early.json()["code"] == "inspections.units_left"
    inspection = await visited(world, await again(world, inspection))
    assert (await (await world.as_("cg.head")).get("/inspection-findings")).json()["items"] == []
    inspection = await step(world, TEAM[0], inspection, "release")
    mine = (await (await world.as_("cg.head")).get("/inspection-findings")).json()["items"]
    assert {one["id"] for one in mine} == {bad["id"], wrong["id"]}
    seen = await finding(world, bad["id"], "cg.liaison")
    assert (seen["people"], seen["recorded_by_name"], seen["deadline"]["kind"]) == (None, None, "confirm")
    assert (await (await world.as_("cg.head")).get(f"/files/{file_id}")).status_code == 200
    assert (await (await world.as_("zj.head")).get(f"/files/{file_id}")).status_code == 404
    await find(world, "cg.head", bad, "confirm")
    await find(world, "cg.liaison", wrong, "object", reason="意见箱在二楼，已有照片", file_ids=[])
    await find(world, "zj.head", grave, "confirm")
    await find(world, "zj.liaison", good, "confirm")
    waiting = await act(world, TEAM[0], "inspections", await again(world, inspection), "conclude")
    assert waiting.json()["code"] == "inspections.findings_open"
    wrong = await find(world, "office", wrong, "uphold", reason="经复核属实")
    assert (wrong["status"], wrong["judgement"]) == ("dismissed", "经复核属实")
    inspection = await step(world, TEAM[0], await again(world, inspection), "conclude")
    soon = await act(
        world, "office", "inspection-findings", await finding(world, bad["id"]), "dispose", disposition="item"
    )
    assert soon.json()["code"] == "inspections.not_reported"
    inspection = await step(world, TEAM[0], inspection, "report", report="共检查两个单位，发现问题三个。")
    bad = await find(world, "office", bad, "dispose", disposition="item")
    item = (await (await world.as_("cg.head")).get(f"/rectification-items/{bad['item_id']}")).json()
    assert (item["source"]["type"], item["source"]["label"], item["problem_code"]) == (
        "finding",
        inspection["no"],
        "TC301",
    )
    silent = await act(
        world, "office", "inspection-findings", await finding(world, good["id"]), "dispose", disposition="item"
    )
    assert silent.json()["code"] == "inspections.praise_refused"
    await find(world, "office", good, "dispose", disposition="praise", note="通报表扬")
    grave = await find(world, "office", grave, "dispose", disposition="case")
    assert grave["case_id"]
    for filter_ in ({}, {"status": "confirmed"}):
        [hidden] = [
            one
            for one in (await (await world.as_("zj.head")).get("/inspection-findings", params=filter_)).json()["items"]
            if one["id"] == grave["id"]
        ]
        assert (hidden["status"], hidden["case_id"], hidden["disposition"]) == ("confirmed", None, None)
    for filter_ in ({"disposition": "case"}, {"status": "disposed"}):
        answer = await (await world.as_("zj.head")).get("/inspection-findings", params=filter_)
        assert grave["id"] not in answer.text
    inspection = await step(world, "office", await again(world, inspection), "follow_up")
    open_ = await act(world, "office", "inspections", inspection, "close", conclusion="办结")
    assert open_.json()["code"] == "inspections.items_open"
    figures = (await (await world.as_("office")).get(f"/inspections/{inspection['id']}/summary")).json()
    assert (figures["units"], figures["visited"], figures["findings"]) == (2, 2, 3)
    assert {one["disposition"]: one["count"] for one in figures["by_disposition"]} == {
        "item": 1,
        "praise": 1,
        "case": 1,
    }
    theirs = (await (await world.as_("zj.head")).get(f"/inspections/{inspection['id']}/summary")).json()
    assert {one["disposition"] for one in theirs["by_disposition"]} == {None, "praise"}
    history = (await (await world.as_("office")).get(f"/inspections/{inspection['id']}/timeline")).json()["items"]
    assert [one["action"] for one in history][-4:] == ["approve", "set_team", "set_units", "create"]


async def again(world: World, inspection: dict[str, Any]) -> dict[str, Any]:
    return (await (await world.as_("office")).get(f"/inspections/{inspection['id']}")).json()


async def test_silence_confirms_once_when_the_inspection_says_so(world: World) -> None:
    for silence in (True, False):
        inspection = await executing(world, units=("ML17",), silence_confirms=silence)
        row = row_of(inspection, world, "ML17")
        one = await found(world, row)
        inspection = await visited(world, await again(world, inspection))
        await step(world, TEAM[0], inspection, "release")
        due = (await finding(world, one["id"]))["deadline"]["due_at"]
        for late, count in ((-5, 0), (5, int(silence)), (10, 0)):
            with at(world, datetime.fromisoformat(due) + timedelta(seconds=late)):
                async with world.database.unit_of_work() as session:
                    assert await deem_confirmed(session) == count
        now = await finding(world, one["id"])
        assert (now["status"], now["is_deemed"]) == (("confirmed", True) if silence else ("released", False))


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


def cells() -> Iterator[tuple[Role, bool, bool, bool, str]]:
    for role in Role:
        for secret in (False, True):
            for shown in (False, True):
                for released in (False, True):
                    if shown or not released:
                        for relation in ("none", "team", "maker", "staff", "unit"):
                            yield role, secret, shown, released, relation


def test_what_the_rules_say_of_sight() -> None:
    """The office does not see a secret inspection of others, and no staff of the units any raw material."""
    for role, secret, shown, released, relation in cells():
        unit = next(iter(OWN.units))
        inspection = made(
            is_secret=secret,
            shown_at=clock.now() if shown else None,
            released_at=clock.now() if released else None,
            team_ids=[PERSON] if relation == "team" else [],
            created_by=ME if relation == "maker" else uuid4(),
            unit_ids=[unit] if relation in {"staff", "unit"} else [uuid4()],
            blind_unit_ids=[unit] if relation in {"staff", "unit"} else [],
        )
        actor = replace(somebody(role), member_units=OWN.units if relation == "staff" else frozenset())
        whole, extract = policies.sees_whole(actor, inspection), policies.sees_extract(actor, inspection)
        hidden = secret and not shown
        if relation == "staff" and not released:
            assert not whole
        if hidden:
            assert not extract
            free = relation != "staff"
            office = role is Role.LGO and relation in {"team", "maker"}
            named = role in {Role.INS, Role.ACC, Role.MON} and relation == "team"
            assert whole == (free and (role is Role.LGL or office or named)), (role, relation)
