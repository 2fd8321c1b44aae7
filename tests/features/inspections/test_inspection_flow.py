"""One inspection all the way, seen by everybody: findings, answers of the units, what they led to."""

import re
from typing import Any

import pytest
from tests.features.campaigns.test_work import act
from tests.features.cases.test_requests import upload
from tests.features.inspections.test_inspections import (
    TEAM,
    again,
    executing,
    find,
    finding,
    found,
    row_of,
    step,
    visited,
)
from tests.fixtures.region import World

pytestmark = pytest.mark.anyio


async def begun(world: World) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """An inspection under way with four findings."""
    inspection = await executing(world)
    rows = {unit: row_of(inspection, world, unit) for unit in ("ML17", "ML11")}
    file_id = await upload(world, TEAM[1])
    findings = {
        "bad": await found(world, rows["ML17"], file_ids=[file_id], people="窗口王某"),
        "wrong": await found(world, rows["ML17"], facts="大厅没有意见箱", problem_code="TC302"),
        "grave": await found(world, rows["ML11"], severity="serious", facts="收受红包", problem_code="TC201"),
        "good": await found(world, rows["ML11"], severity="good", problem_code=None, facts="首创延时服务"),
    }
    return inspection, findings


async def reported(world: World) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The same, released, answered by the units, judged and reported."""
    inspection, findings = await begun(world)
    inspection = await visited(world, await again(world, inspection))
    inspection = await step(world, TEAM[0], inspection, "release")
    await find(world, "cg.head", findings["bad"], "confirm")
    await find(world, "cg.liaison", findings["wrong"], "object", reason="意见箱在二楼，已有照片", file_ids=[])
    await find(world, "zj.head", findings["grave"], "confirm")
    await find(world, "zj.liaison", findings["good"], "confirm")
    waiting = await act(world, TEAM[0], "inspections", await again(world, inspection), "conclude")
    assert waiting.json()["code"] == "inspections.findings_open"
    wrong = await find(world, "office", findings["wrong"], "uphold", reason="经复核属实")
    assert (wrong["status"], wrong["judgement"]) == ("dismissed", "经复核属实")
    inspection = await step(world, TEAM[0], await again(world, inspection), "conclude")
    soon = await act(
        world,
        "office",
        "inspection-findings",
        await finding(world, findings["bad"]["id"]),
        "dispose",
        disposition="item",
    )
    assert soon.json()["code"] == "inspections.not_reported"
    return await step(world, TEAM[0], inspection, "report", report="共检查两个单位，发现问题三个。"), findings


async def test_units_learn_of_it_by_the_notice_and_of_findings_by_their_release(world: World) -> None:
    inspection, findings = await begun(world)
    assert re.fullmatch(r"JC-\d{4}-0001", inspection["no"])
    await world.work_off()
    told = (await (await world.as_("cg.head")).get("/notifications")).json()["items"]
    assert any("检查通知" in one["title"] for one in told)
    early = await act(world, TEAM[0], "inspections", await again(world, inspection), "release")
    assert early.json()["code"] == "inspections.units_left"
    inspection = await visited(world, await again(world, inspection))
    assert (await (await world.as_("cg.head")).get("/inspection-findings")).json()["items"] == []
    other = await act(world, TEAM[1], "inspections", inspection, "release")
    assert other.json()["code"] == "inspections.leader_only"
    await step(world, TEAM[0], inspection, "release")
    mine = (await (await world.as_("cg.head")).get("/inspection-findings")).json()["items"]
    assert {one["id"] for one in mine} == {findings["bad"]["id"], findings["wrong"]["id"]}
    seen = await finding(world, findings["bad"]["id"], "cg.liaison")
    assert (seen["people"], seen["recorded_by_name"], seen["deadline"]["kind"]) == (None, None, "confirm")
    file_id = seen["files"][0]["id"]
    assert (await (await world.as_("cg.head")).get(f"/files/{file_id}")).status_code == 200
    assert (await (await world.as_("zj.head")).get(f"/files/{file_id}")).status_code == 404
    theirs = (await (await world.as_("zj.head")).get(f"/inspections/{inspection['id']}")).json()
    assert ([row["unit"]["name"] for row in theirs["units"]], theirs["is_extract"]) == (["区住房和城乡建设局"], True)
    for path in ("timeline", "draws"):
        assert (await (await world.as_("zj.head")).get(f"/inspections/{inspection['id']}/{path}")).status_code == 404


async def test_what_is_found_becomes_an_item_a_case_or_praise(world: World) -> None:
    inspection, findings = await reported(world)
    bad = await find(world, "office", findings["bad"], "dispose", disposition="item")
    item = (await (await world.as_("cg.head")).get(f"/rectification-items/{bad['item_id']}")).json()
    assert (item["source"]["type"], item["source"]["label"], item["problem_code"]) == (
        "finding",
        inspection["no"],
        "TC301",
    )
    good = await finding(world, findings["good"]["id"])
    wrongly = await act(world, "office", "inspection-findings", good, "dispose", disposition="item")
    assert wrongly.json()["code"] == "inspections.praise_refused"
    grave = await finding(world, findings["grave"]["id"])
    silent = await act(world, "office", "inspection-findings", grave, "dispose", disposition="no_action")
    assert silent.json()["code"] == "inspections.note_needed"
    await find(world, "office", good, "dispose", disposition="praise", note="通报表扬")
    grave = await find(world, "office", grave, "dispose", disposition="case")
    assert grave["case_id"]
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
    history = (await (await world.as_("office")).get(f"/inspections/{inspection['id']}/timeline")).json()["items"]
    assert [one["action"] for one in history][-4:] == ["approve", "set_team", "set_units", "create"]


async def test_a_letter_is_drafted_in_the_name_of_the_body(world: World) -> None:
    _, findings = await reported(world)
    bad = await finding(world, findings["bad"]["id"])
    without = await act(world, "office", "inspection-findings", bad, "dispose", disposition="letter")
    assert without.json()["code"] == "letters.no_issuer"
    assert (await finding(world, bad["id"]))["status"] == "confirmed"
    groups = (await (await world.as_("office")).get("/bodies")).json()["items"]
    [body_id] = [one["id"] for one in groups if one["role"] == "LGO"]
    mark = {"body_id": body_id, "name": "区效能办", "mark": "区效能办文件", "word": "明效"}
    assert (await (await world.as_("office")).post("/letter-issuers", json=mark)).is_success
    bad = await find(world, "office", bad, "dispose", disposition="letter")
    letter = (await (await world.as_("office")).get(f"/letters/{bad['letter_id']}")).json()
    assert (letter["status"], letter["problems"][0]["text"], letter["source_id"]) == ("draft", bad["facts"], bad["id"])


async def test_a_unit_does_not_learn_that_a_lead_against_it_was_handed_over(world: World) -> None:
    inspection, findings = await reported(world)
    key = findings["grave"]["id"]
    await find(world, "office", findings["grave"], "dispose", disposition="case")
    unit = await world.as_("zj.head")
    for chosen in ({}, {"status": "confirmed"}):
        items = (await unit.get("/inspection-findings", params=chosen)).json()["items"]
        [hidden] = [one for one in items if one["id"] == key]
        assert (hidden["status"], hidden["case_id"], hidden["disposition"]) == ("confirmed", None, None)
    for chosen in ({"disposition": "case"}, {"status": "disposed"}):
        assert key not in (await unit.get("/inspection-findings", params=chosen)).text
    shown = await finding(world, key, "zj.liaison")
    assert (shown["status"], shown["disposed_by_name"], shown["disposition_note"]) == ("confirmed", None, None)
    figures = (await unit.get(f"/inspections/{inspection['id']}/summary")).json()
    assert {one["disposition"] for one in figures["by_disposition"]} == {None}
    assert (await unit.get(f"/inspection-findings/{key}/timeline")).status_code == 404
