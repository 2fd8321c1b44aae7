"""What units owe a campaign, the gate of its stages, and the tasks of the matrix with their results (SM-2b, R-12)."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.features.campaigns.test_campaigns import create, moved, running, step
from tests.features.cases.test_machines import FOREIGN, OWN, agreed, open_cells
from tests.features.cases.test_requests import at, upload
from tests.features.cases.test_substitution import person
from tests.fixtures.region import World

from xiaoneng.core.organization.schemas.bodies import MembershipEnd
from xiaoneng.core.organization.service import bodies
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.features.campaigns.rules.names import is_named, named
from xiaoneng.features.campaigns.service import deliverables, tasks
from xiaoneng.features.campaigns.transitions import DELIVERABLES, TASKS
from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio
PAPERS = """
pending: submit UHD ULN
rejected: submit UHD ULN
submitted: approve LGO; reject LGO
"""
MATRIX = """
open: assign LGO
assigned: assign LGO; name_owner UHD ULN; cascade UHD ULN; answer UHD ULN HDL
answered: accept LGO UHD; send_back LGO UHD
"""


@pytest.mark.parametrize(("machine", "table"), [(DELIVERABLES, PAPERS), (TASKS, MATRIX)], ids=["papers", "tasks"])
def test_what_is_of_the_own_unit_is_open_exactly_as_agreed(machine: Any, table: str) -> None:
    assert set(open_cells(machine, OWN)) == agreed(table)
    assert {role for _, _, role in open_cells(machine, FOREIGN)} == {"LGO"}


def test_every_action_has_an_effect() -> None:
    for door, machine in ((deliverables.DOOR, DELIVERABLES), (tasks.DOOR, TASKS)):
        assert set(door._effects) == {row.action for row in machine.transitions}


@pytest.mark.parametrize(
    ("words", "unit", "same"),
    [
        ("市发改局", "区发展和改革局", True),
        ("区纪委", "区纪委监委机关", True),
        ("发展改革局", "区发展和改革局", True),
        ("财政局", "区财政局", True),
        ("市司法局", "区信访局", False),
        ("相关部门", "区财政局", False),
        ("组织部", "区委组织部", True),
    ],
)
def test_units_are_found_by_what_documents_call_them(words: str, unit: str, same: bool) -> None:
    assert is_named(unit, words) is same
    assert named({1: unit, 2: "区教育局"}, [words]) == ([1] if same else [])


async def papers(world: World, login: str, **chosen: Any) -> list[dict[str, Any]]:
    answer = await (await world.as_(login)).get("/campaign-deliverables", params={"limit": 100, **chosen})
    return answer.json()["items"]


async def act(world: World, login: str, kind: str, about: dict[str, Any], action: str, **body: Any) -> httpx.Response:
    path = f"/{kind}/{about['id']}/actions/{action}"
    return await (await world.as_(login)).post(path, json=body, headers={"If-Match": f'"{about["rev"]}"'})


async def done(world: World, login: str, kind: str, about: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    answer = await act(world, login, kind, about, action, **body)
    assert answer.status_code == 200, f"{action} by {login}: {answer.text}"
    return answer.json()


async def test_a_stage_closes_complete_or_with_the_reason_for_an_exception(world: World) -> None:
    campaign = await running(world, unit_ids=[str(world.units[code]) for code in ("ML17", "ML11")])
    owed = await papers(world, "cg.liaison", campaign_id=campaign["id"])
    assert len(owed) == 12
    assert {one["unit"]["name"] for one in owed} == {"区城市管理局"}
    assert (await step(world, "office", campaign, "close_stage", seq=2)).json()["code"] == "campaigns.stage_unknown"
    blocked = (await step(world, "office", campaign, "close_stage", seq=1)).json()
    assert (blocked["code"], blocked["detail"]) == ("campaigns.gate_blocked", "4 份材料未审核通过")
    for login in ("cg.liaison", "zj.liaison"):
        first = [one for one in await papers(world, login) if one["title"] in {"调研报告", "工作方案"}]
        for paper in first:
            handed = await done(world, login, "campaign-deliverables", paper, "submit", note="见附件")
            await done(world, "office", "campaign-deliverables", handed, "approve")
    shown = (await (await world.as_("office")).get(f"/campaigns/{campaign['id']}/board")).json()
    assert (shown["stage"], shown["stages"][0]["approved"], shown["stages"][0]["blocked_by"]) == (1, 4, [])
    assert [(row["approved"], row["total"]) for row in shown["rows"]] == [(2, 2), (2, 2)]
    campaign = await moved(world, campaign, "close_stage", seq=1)
    assert campaign["stages"][0]["status"] == "closed"
    with at(world, clock.now() + timedelta(days=31)):
        campaign = await moved(world, await moved(world, campaign, "suspend", reason="防汛优先"), "resume")
        campaign = await moved(world, campaign, "except_stage", seq=2, reason="两家单位机构改革，材料另行补报")
    assert campaign["stages"][1]["exception_reason"] == "两家单位机构改革，材料另行补报"


async def test_a_paper_comes_with_its_files_is_sent_back_and_late_when_it_is(world: World) -> None:
    campaign = await running(world, unit_ids=[str(world.units["ML17"])])
    paper = (await papers(world, "cg.liaison", campaign_id=campaign["id"]))[0]
    file_id = await upload(world, "cg.liaison")
    paper = await done(world, "cg.liaison", "campaign-deliverables", paper, "submit", note="初稿", file_ids=[file_id])
    assert (paper["is_late"], [one["id"] for one in paper["files"]]) == (False, [file_id])
    paper = await done(world, "office", "campaign-deliverables", paper, "reject", reason="缺少数据")
    assert (paper["status"], paper["returned_count"], paper["reject_reason"]) == ("rejected", 1, "缺少数据")
    assert (await (await world.as_("zj.liaison")).get(f"/campaign-deliverables/{paper['id']}")).status_code == 404
    with at(world, clock.now() + timedelta(days=40)):
        [late] = [one for one in await papers(world, "cg.liaison", status="rejected") if one["id"] == paper["id"]]
        assert late["overdue"] is True
        paper = await done(world, "cg.liaison", "campaign-deliverables", late, "submit", note="补报")
        assert (paper["overdue"], paper["is_late"]) == (False, True)


async def test_units_that_leave_owe_nothing_and_those_that_come_owe_what_is_open(world: World) -> None:
    ids = {code: str(world.units[code]) for code in ("ML17", "ML11")}
    campaign = await running(world, unit_ids=[ids["ML17"]])
    campaign = await moved(world, campaign, "add_units", unit_ids=[ids["ML11"]], reason="补充参加")
    assert len(await papers(world, "zj.liaison")) == 12
    campaign = await moved(world, campaign, "remove_units", unit_ids=[ids["ML11"]], reason="误加")
    assert await papers(world, "zj.liaison") == []
    await moved(world, campaign, "add_units", unit_ids=[ids["ML11"]], reason="重新参加")
    assert len(await papers(world, "zj.liaison", status="pending")) == 12


async def test_the_twenty_tasks_go_to_units_and_silence_is_on_a_register(world: World) -> None:
    campaign = await create(world, template_code="twenty_tasks")
    client = await world.as_("office")
    listed = (await client.get("/campaign-tasks", params={"campaign_id": campaign["id"], "limit": 100})).json()["items"]
    assert [one["no"] for one in listed] == [str(number) for number in range(1, 21)]
    assert listed[13]["lead_unit"]["name"] == "区发展和改革局"
    assert listed[9]["lead_unit"] is None
    assert listed[9]["lead_names"] == ["编办"]
    due = (clock.today() + timedelta(days=10)).isoformat()
    lead = str(world.units["ML17"])
    task = await done(world, "office", "campaign-tasks", listed[15], "assign", lead_unit_id=lead, due_on=due)
    assert (await (await world.as_("cg.liaison")).get("/campaign-tasks")).json()["items"] == []
    await moved(world, campaign, "publish", basis_no="明政办〔2026〕12号")
    assert [one["no"] for one in (await (await world.as_("cg.liaison")).get("/campaign-tasks")).json()["items"]] == [
        "16"
    ]
    with at(world, clock.now() + timedelta(days=12)):
        silent = {"unanswered": True, "campaign_id": campaign["id"]}
        assert [
            one["no"]
            for one in (await (await world.as_("office")).get("/campaign-tasks", params=silent)).json()["items"]
        ] == ["16"]
        task = await done(world, "cg.liaison", "campaign-tasks", task, "answer", result="已开展暗访 3 次")
        assert (task["is_late"], task["unanswered"]) == (True, False)
        refused = await act(world, "cg.head", "campaign-tasks", task, "accept")
        assert refused.json()["code"] == "campaigns.own_unit"
        task = await done(world, "office", "campaign-tasks", task, "accept")
        assert task["status"] == "accepted"


async def test_a_task_is_handed_down_as_it_stands_and_needs_its_named_owner(world: World) -> None:
    campaign = await create(world, template_code="hard_to_get_done")
    await moved(world, campaign, "publish", basis_no="珠纪〔2014〕5号")
    office = await world.as_("office")
    task = (await office.get("/campaign-tasks", params={"campaign_id": campaign["id"]})).json()["items"][0]
    due = (clock.today() + timedelta(days=10)).isoformat()
    lead = str(world.units["ML17"])
    task = await done(world, "office", "campaign-tasks", task, "assign", lead_unit_id=lead, due_on=due)
    refused = await act(world, "cg.liaison", "campaign-tasks", task, "answer", result="已完成")
    assert refused.json()["code"] == "campaigns.owner_missing"
    outsider = await person(world, "zj.head")
    refused = await act(world, "cg.head", "campaign-tasks", task, "name_owner", owner_id=outsider)
    assert refused.json()["code"] == "campaigns.owner_refused"
    owner = await person(world, "cg.handler")
    task = await done(world, "cg.head", "campaign-tasks", task, "name_owner", owner_id=owner, section="市容科")
    assert (task["owner"]["name"], task["section"]) == ("万里", "市容科")
    down = {"unit_ids": [str(world.units["ML1701"])], "due_on": due}
    task = await done(world, "cg.head", "campaign-tasks", task, "cascade", **down)
    assert (task["handed_down"], task["handed_down_answered"]) == (1, 0)
    for again in (down, {**down, "unit_ids": [str(world.units["ML11"])]}):
        refused = await act(world, "cg.head", "campaign-tasks", task, "cascade", **again)
        assert refused.json()["code"] == "campaigns.not_below_lead"
    [child] = (await office.get("/campaign-tasks", params={"parent_id": task["id"]})).json()["items"]
    assert (child["title"], child["clause"], child["lead_unit"]["name"]) == (
        task["title"],
        task["clause"],
        "市容环卫中心",
    )
    answered = await done(world, "cg.handler", "campaign-tasks", task, "answer", result="已整改 12 件")
    assert answered["answered_by_name"] == "万里"


async def test_rights_end_with_the_secondment_in_the_midst_of_work(world: World) -> None:
    """S0-02: whoever is on loan works until the last day, and no longer, although the work goes on."""
    campaign = await running(world, unit_ids=[str(world.units["ML17"])])
    paper = (await papers(world, "cg.liaison", campaign_id=campaign["id"]))[0]
    paper = await done(world, "cg.liaison", "campaign-deliverables", paper, "submit", note="见附件")
    async with world.database.unit_of_work() as session:
        who = await person(world, "office")
        [service] = [
            one
            for one in (await (await world.as_("leader")).get(f"/people/{who}")).json()["services"]
            if one["role"] == "LGO"
        ]
        order = MembershipEnd(valid_to=clock.today(), reason="借调期满")
        await bodies.end_membership(session, SYSTEM, service["id"], order)
    path = f"/campaign-deliverables/{paper['id']}"
    assert (await (await world.as_("office")).get(path)).status_code == 200
    with at(world, clock.now() + timedelta(days=1)):
        assert (await (await world.as_("office")).get(path)).status_code in {403, 404}
        refused = await act(world, "office", "campaign-deliverables", paper, "approve")
        assert refused.json()["code"] == "access.permission_denied"
    with at(world, clock.now() + timedelta(days=1)):
        [kept] = [one for one in await papers(world, "leader") if one["id"] == paper["id"]]
        assert kept["status"] == "submitted"
