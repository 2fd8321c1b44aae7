"""Full fields, more time through the clock's ledger, the three lists, and the register of institutions."""

from datetime import date, datetime, timedelta

import pytest
from tests.contract.test_access_matrix import staff
from tests.features.rectification.test_chain import plan_of, proven, rectifying
from tests.fixtures.region import World, act, done

from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio


async def created(world: World, **more: object) -> dict:
    body = {
        "title": "窗口服务态度",
        "problem": "窗口工作人员态度生硬。",
        "lead_unit_id": str(world.units["ML17"]),
        **more,
    }
    answer = await (await world.as_("office")).post("/rectification-items", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def planned(world: World, item: dict, **more: object) -> dict:
    item = await done(world, "cg.liaison", item, "plan", **await plan_of(world, **more))
    return await done(world, "office", item, "approve_plan")


class TestFields:
    async def test_a_cadres_problem_names_the_cadre_and_a_units_nobody(self, world: World) -> None:
        people = await staff(world, "ML17")
        item = await created(world, owner_type="cadre", owner_person_id=people["HDL"], manifestation="十月三日，窗口。")
        assert item["owner_person"]["id"] == people["HDL"]
        for wrong in ({"owner_type": "cadre"}, {"owner_type": "unit", "owner_person_id": people["HDL"]}):
            body = {"title": "标题", "problem": "问题", "lead_unit_id": str(world.units["ML17"]), **wrong}
            answer = await (await world.as_("office")).post("/rectification-items", json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, "rectification.owner_refused")

    async def test_a_co_unit_sees_and_reports_but_neither_plans_nor_signs(self, world: World) -> None:
        item = await created(world, co_unit_ids=[str(world.units["ML11"])])
        refused = await act(world, "zj.liaison", item, "plan", **await plan_of(world))
        assert refused.json()["code"] == "rectification.lead_unit_only"
        item = await planned(world, item)
        seen = (await (await world.as_("zj.liaison")).get(f"/rectification-items/{item['id']}")).json()
        assert {one["action"] for one in seen["available_actions"]} == {"report_progress", "add_evidence"}
        item = await done(
            world, "zj.liaison", item, "report_progress", text="已协助", percent=20, difficulties="缺经费"
        )
        assert [(one["percent"], one["difficulties"]) for one in item["progress"]] == [(20, "缺经费")]

    async def test_what_was_registered_in_error_is_void_and_stays(self, world: World) -> None:
        item = await done(world, "office", await created(world), "void", reason="重复登记")
        assert (item["status"], item["deadline"], item["clocks"][0]["state"]) == ("voided", None, "cancelled")
        assert (await (await world.as_("office")).get(f"/rectification-items/{item['id']}")).status_code == 200

    async def test_a_likely_duplicate_is_told_of_before_it_is_registered(self, world: World) -> None:
        item = await created(world)
        query = {"problem": "窗口工作人员态度很生硬。", "lead_unit_id": str(world.units["ML17"])}
        found = (await (await world.as_("office")).get("/rectification-items/alike", params=query)).json()["items"]
        assert [one["id"] for one in found] == [item["id"]]
        query["lead_unit_id"] = str(world.units["ML11"])
        assert (await (await world.as_("office")).get("/rectification-items/alike", params=query)).json()["items"] == []

    async def test_evidence_keeps_its_hash_and_both_moments(self, world: World) -> None:
        evidence = (await proven(world))["measures"][0]["evidence"][0]
        assert (len(evidence["sha256"]), evidence["taken_at"]) == (64, None)


class TestExtension:
    async def test_the_due_date_moves_through_the_ledger_of_the_clock(self, world: World) -> None:
        item = await rectifying(world)
        due, before = date.fromisoformat(item["due_on"]), item["due_at"]
        later = (due + timedelta(days=10)).isoformat()
        item = await done(world, "cg.liaison", item, "apply_extension", to_due_on=later, reason="设备到货推迟")
        again = await act(world, "cg.head", item, "apply_extension", to_due_on=later, reason="设备到货推迟")
        assert again.json()["code"] == "rectification.extension_open"
        item = await done(world, "office", item, "grant_extension", decision="同意")
        assert (item["due_on"], item["extended_count"]) == (later, 1)
        assert datetime.fromisoformat(item["due_at"]) - datetime.fromisoformat(before) == timedelta(days=10)
        path = f"/rectification-items/{item['id']}/clocks/rectify/explanation"
        told = (await (await world.as_("office")).get(path)).json()
        assert "extend" in {entry["action"] for entry in told["ledger"]}
        assert [one["status"] for one in item["extensions"]] == ["granted"]

    async def test_an_earlier_date_is_refused_and_a_refusal_leaves_the_date(self, world: World) -> None:
        item = await rectifying(world)
        early = await act(world, "cg.liaison", item, "apply_extension", to_due_on=item["due_on"], reason="理由")
        assert early.json()["code"] == "rectification.not_later"
        none = await act(world, "office", item, "grant_extension")
        assert none.json()["code"] == "rectification.no_extension"
        later = (date.fromisoformat(item["due_on"]) + timedelta(days=5)).isoformat()
        asked = await done(world, "cg.head", item, "apply_extension", to_due_on=later, reason="理由理由")
        kept = await done(world, "office", asked, "refuse_extension", reason="不具备条件")
        assert (kept["due_at"], kept["extensions"][0]["status"]) == (item["due_at"], "refused")


async def institution(world: World, login: str = "cg.liaison") -> dict:
    body = {
        "title": "窗口服务规范",
        "task": "create",
        "unit_id": str(world.units["ML17"]),
        "due_on": (clock.today() + timedelta(days=30)).isoformat(),
    }
    answer = await (await world.as_(login)).post("/institutions", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def settle(world: World, made: dict, action: str, **body: object) -> dict:
    headers = {"If-Match": f'"{made["rev"]}"'}
    client = await world.as_("cg.head")
    return (await client.post(f"/institutions/{made['id']}/actions/{action}", json=body, headers=headers)).json()


class TestInstitutions:
    async def test_a_systemic_item_waits_for_its_institution(self, world: World) -> None:
        made = await institution(world)
        item = await proven(world)
        refused = await act(world, "cg.liaison", item, "link_institution", institution_id=made["id"])
        assert refused.json()["code"] == "rectification.not_systemic"
        other = await created(world, is_systemic=True)
        other = await planned(world, other, institution_id=made["id"])
        early = await act(world, "cg.head", other, "apply_closeout", statement="情况属实")
        assert early.json()["code"] == "rectification.institution_missing"
        assert (await settle(world, made, "drop", reason="不再需要"))["code"] == "institutions.needed"
        published = await settle(
            world, made, "publish", doc_no="区城管〔2026〕3号", published_on=clock.today().isoformat()
        )
        assert (published["status"], published["waiting_items"]) == ("published", 1)
        now = await act(world, "cg.head", other, "apply_closeout", statement="情况属实")
        assert now.json()["code"] == "rectification.closeout_incomplete"

    async def test_it_is_waived_with_a_reason_by_somebody_else(self, world: World) -> None:
        item = await planned(world, await created(world, is_systemic=True))
        item = await done(world, "office", item, "waive_institution", reason="上级已有统一规定")
        assert item["institution_waiver"] == "上级已有统一规定"
        refused = await act(world, "cg.head", item, "apply_closeout", statement="情况属实")
        assert refused.json()["code"] == "rectification.closeout_incomplete"


class TestLists:
    async def test_the_three_lists_are_views_of_one_item(self, world: World) -> None:
        made = await institution(world)
        item = await planned(world, await created(world, is_systemic=True), institution_id=made["id"])
        await created(world, title="另一件", problem="另一件事情的情况。")
        client = await world.as_("office")
        rows = {}
        for view in ("rectification", "responsibility", "institution"):
            found = (await client.get("/rectification-items/lists", params={"view": view})).json()["items"]
            rows[view] = {row["id"]: row for row in found}
        assert [len(found) for found in rows.values()] == [2, 2, 1]
        row = rows["institution"][item["id"]]
        assert row == rows["rectification"][item["id"]]
        assert (row["institution"]["no"], row["measures"][0]["text"]) == (made["no"], "更换灯具")
        late = (await client.get("/rectification-items/lists", params={"overdue": True})).json()["items"]
        assert late == []
