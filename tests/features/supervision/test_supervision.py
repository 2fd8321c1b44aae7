"""Leaders' instructions and listed complaints: state × action × role, two people, lateness, what the public reads."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from tests.features.cases.test_machines import FOREIGN, OWN, agreed, open_cells
from tests.features.cases.test_requests import at
from tests.features.cases.test_substitution import person
from tests.fixtures.region import World, done, register

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.worktime.models.words import ClockState
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.supervision.models.instructions import INSTRUCTION
from xiaoneng.features.supervision.models.listings import LISTING
from xiaoneng.features.supervision.service import instructions, listings
from xiaoneng.features.supervision.transitions import INSTRUCTIONS, LISTINGS
from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio
TABLES = {
    "instructions": (
        INSTRUCTIONS,
        """
issued: report UHD ULN HDL; withdraw LGL
returned: report UHD ULN HDL; withdraw LGL
reported: accept LGO LGL; send_back LGO LGL; withdraw LGL
""",
    ),
    "listings": (
        LISTINGS,
        """
proposed: approve LGL; decline LGL
listed: report_progress UHD ULN; record_meeting LGO; draft_text LGO; publish LGO LGL; apply_unlist LGO
unlisting: report_progress UHD ULN; unlist LGL; keep LGL
""",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_matter_of_ones_own_is_open_exactly_as_agreed(name: str) -> None:
    machine, table = TABLES[name]
    assert set(open_cells(machine, OWN)) == agreed(table)


@pytest.mark.parametrize("name", TABLES)
def test_a_matter_of_another_unit_is_open_to_the_jurisdiction_only(name: str) -> None:
    machine, table = TABLES[name]
    permissions = {row.action: row.permission for row in machine.transitions}
    far = {cell for cell in agreed(table) if "jurisdiction" in pivot().grants[permissions[cell[1]]][Role(cell[2])]}
    assert set(open_cells(machine, FOREIGN)) == far


def test_every_action_has_an_effect_and_every_effect_an_action() -> None:
    for door, machine in ((instructions.DOOR, INSTRUCTIONS), (listings.DOOR, LISTINGS)):
        assert set(door._effects) == {row.action for row in machine.transitions}


async def post(world: World, login: str, path: str, about: dict[str, Any] | None, **body: Any) -> httpx.Response:
    headers = {"If-Match": f'"{about["rev"]}"'} if about else {}
    return await (await world.as_(login)).post(path, json=body, headers=headers)


async def step(world: World, login: str, kind: str, about: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    answer = await post(world, login, f"/{kind}/{about['id']}/actions/{action}", about, **body)
    assert answer.status_code == 200, f"{action} by {login}: {answer.text}"
    return answer.json()


async def dispatched(world: World) -> dict[str, Any]:
    caller = {"name": "张某某", "phone": "13800000000"}
    case = await register(world, caller=caller)
    return await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))


async def test_an_instruction_is_a_task_with_a_limit_until_it_is_accepted(world: World) -> None:
    case = await dispatched(world)
    to = [{"unit_id": str(world.units["ML17"])}, {"unit_id": str(world.units["ML11"])}]
    told = {"case_id": case["id"], "text": "请两单位会商，限期解决", "grade": "urgent", "addressees": to}
    assert (await post(world, "office", "/case-instructions", None, **told)).status_code == 403
    given = (await post(world, "leader", "/case-instructions", None, **told)).json()["items"]
    assert [one["unit"]["name"] for one in given] == ["区城市管理局", "区住房和城乡建设局"]
    assert {one["batch_id"] for one in given} == {given[0]["batch_id"]}
    await world.work_off()
    notes = (await (await world.as_("cg.head")).get("/notifications")).json()["items"]
    assert any(one["title"].startswith("领导批示") for one in notes)
    task = (await (await world.as_("cg.liaison")).get("/case-instructions")).json()["items"][0]
    assert ([one["action"] for one in task["available_actions"]], task["lamp"]) == (["report"], "blue")
    task = await step(world, "cg.liaison", "case-instructions", task, "report", text="已会商，方案附后")
    assert task["deadline"] is None
    task = await step(world, "office", "case-instructions", task, "send_back", reason="没有时间表")
    assert (task["status"], task["returned_count"]) == ("returned", 1)
    task = await step(world, "cg.liaison", "case-instructions", task, "report", text="本周五前完成")
    task = await step(world, "office", "case-instructions", task, "accept", judgement="同意")
    assert (task["status"], task["available_actions"]) == ("accepted", [])
    history = (await (await world.as_("office")).get(f"/cases/{case['id']}/timeline")).json()["items"]
    titles = [entry["title"] for entry in history]
    assert titles[:4] == ["批示：采纳反馈", "批示：反馈落实情况", "批示：退回补办", "批示：反馈落实情况"]
    assert "作出批示" in titles
    with at(world, clock.now() + timedelta(days=9)):
        [late] = (await (await world.as_("zj.head")).get("/case-instructions")).json()["items"]
        assert late["lamp"] == "red"
    assert (await (await world.as_("operator")).get("/case-instructions")).status_code == 403


async def test_a_listing_goes_its_way_with_two_people_and_the_public_reads_no_name(world: World) -> None:
    case, anybody = await dispatched(world), await world.anybody()
    until = (clock.today() + timedelta(days=40)).isoformat()
    asked = {
        "case_id": case["id"],
        "leader_id": await person(world, "leader"),
        "grounds": "群众反复反映",
        "due_on": until,
    }
    listing = (await post(world, "office", "/case-listings", None, **asked)).json()
    assert (await post(world, "office", "/case-listings", None, **asked)).json()["code"] == "supervision.listed_already"
    listing = await step(world, "leader", "case-listings", listing, "approve")
    assert (listing["status"], listing["no"][:3]) == ("listed", "GP-")
    path = f"/case-listings/{listing['id']}/actions/"
    for text in ("联系电话 13800000000", "张某某反映的路灯"):
        named = await post(world, "office", path + "draft_text", listing, title="路灯", text=text)
        assert named.json()["code"] == "supervision.personal_data"
    listing = await step(world, "office", "case-listings", listing, "draft_text", title="道路照明", text="限期修复路灯")
    alone = await post(world, "office", path + "publish", listing)
    early = await post(world, "office", path + "apply_unlist", listing, conclusion="已解决")
    codes = [alone.json()["code"], early.json()["code"]]
    assert codes == ["supervision.second_person", "supervision.no_decision"]
    listing = await step(world, "leader", "case-listings", listing, "publish")
    with at(world, clock.now() + timedelta(days=9)):
        late = (await (await world.as_("cg.liaison")).get("/case-listings")).json()["items"][0]
        assert late["report_late"] is True
        [seen] = (await anybody.get("/public/listings")).json()["items"]
        assert seen["late_reports"] == 1
        listing = await step(world, "cg.liaison", "case-listings", late, "report_progress", text="已采购灯具")
        assert (listing["late_count"], listing["progress"][0]["is_late"], listing["report_late"]) == (1, True, False)
        await settled(world, listing)
        shown = await anybody.get("/public/listings")
    [seen] = shown.json()["items"]
    assert (seen["settled"], seen["conclusion"], seen["unit"]) == (True, "路灯全部修复", "区城市管理局")
    assert shown.headers["cache-control"] == "public, max-age=300"
    assert not {"张某某", "13800000000", case["no"]} & set(shown.text.split('"'))


async def settled(world: World, listing: dict[str, Any]) -> None:
    """Decide at a meeting, conclude, and take the case off the list."""
    meeting = {"met_on": clock.today().isoformat(), "chaired_by": "秦望舒", "decision": "月底前修复"}
    listing = await step(world, "office", "case-listings", listing, "record_meeting", **meeting)
    listing = await step(world, "office", "case-listings", listing, "apply_unlist", conclusion="路灯全部修复")
    await step(world, "leader", "case-listings", listing, "unlist")


async def states(world: World, kind: str, about: dict[str, Any]) -> dict[str, ClockState]:
    """How the last clock of each kind stands."""
    async with world.database.unit_of_work() as session:
        shown = await worktime.clocks_of(session, kind, [about["id"]])
    return {one.kind: one.state for one in shown[UUID(about["id"])]}


async def test_a_withdrawn_instruction_has_no_limit_any_more(world: World) -> None:
    case = await dispatched(world)
    to = [{"unit_id": str(world.units["ML17"])}]
    told = {"case_id": case["id"], "text": "请限期解决", "grade": "urgent", "addressees": to}
    [task] = (await post(world, "leader", "/case-instructions", None, **told)).json()["items"]
    assert await states(world, INSTRUCTION, task) == {"finish": ClockState.RUNNING}
    task = await step(world, "leader", "case-instructions", task, "withdraw", reason="已由专题会议明确")
    assert (task["status"], task["deadline"], task["lamp"]) == ("withdrawn", None, "done")
    assert await states(world, INSTRUCTION, task) == {"finish": ClockState.CANCELLED}


async def test_a_listing_that_is_kept_loses_its_conclusion_and_one_that_is_settled_its_clocks(world: World) -> None:
    case, anybody = await dispatched(world), await world.anybody()
    until = (clock.today() + timedelta(days=40)).isoformat()
    asked = {"case_id": case["id"], "grounds": "群众反复反映", "due_on": until}
    asked["leader_id"] = await person(world, "leader")
    listing = (await post(world, "office", "/case-listings", None, **asked)).json()
    listing = await step(world, "leader", "case-listings", listing, "approve")
    listing = await step(world, "office", "case-listings", listing, "draft_text", title="道路照明", text="限期修复路灯")
    listing = await step(world, "leader", "case-listings", listing, "publish")
    meeting = {"met_on": clock.today().isoformat(), "chaired_by": "秦望舒", "decision": "月底前修复"}
    listing = await step(world, "office", "case-listings", listing, "record_meeting", **meeting)
    listing = await step(world, "office", "case-listings", listing, "apply_unlist", conclusion="路灯修复")
    running = {"finish": ClockState.RUNNING, "report": ClockState.RUNNING}
    listing = await step(world, "leader", "case-listings", listing, "keep", reason="仍有两盏不亮")
    assert (listing["status"], listing["conclusion"]) == ("listed", None)
    assert await states(world, LISTING, listing) == running
    [seen] = (await anybody.get("/public/listings")).json()["items"]
    assert (seen["settled"], seen["conclusion"]) == (False, None)
    listing = await step(world, "office", "case-listings", listing, "apply_unlist", conclusion="路灯全部修复")
    listing = await step(world, "leader", "case-listings", listing, "unlist")
    assert await states(world, LISTING, listing) == {"finish": ClockState.STOPPED, "report": ClockState.CANCELLED}
    with at(world, clock.now() + timedelta(days=9)):
        [seen] = (await anybody.get("/public/listings")).json()["items"]
        assert (seen["late_reports"], seen["conclusion"]) == (0, "路灯全部修复")


async def test_a_report_against_somebody_is_not_supervised_in_the_open(world: World) -> None:
    sealed = await register(world, kind="report", named_unit_ids=[str(world.units["ML17"])])
    asked = {
        "case_id": sealed["id"],
        "leader_id": await person(world, "leader"),
        "grounds": "挂牌",
        "due_on": "2099-01-01",
    }
    assert (await post(world, "office", "/case-listings", None, **asked)).status_code == 404
    told = {"case_id": sealed["id"], "text": "请办理", "addressees": [{"unit_id": str(world.units["ML11"])}]}
    assert (await post(world, "leader", "/case-instructions", None, **told)).json()[
        "code"
    ] == "supervision.case_not_open"
