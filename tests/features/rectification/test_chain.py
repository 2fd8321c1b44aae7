"""From a bad rating to a closed item, through the API."""

from datetime import timedelta

import pytest
from tests.contract.test_access_matrix import staff
from tests.fixtures.region import World, act, done, register

from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


async def badly_rated(world: World, stars: int = 1) -> dict:
    case = await register(world)
    case = await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
    case = await done(world, "cg.liaison", case, "sign")
    case = await done(world, "cg.liaison", case, "reply", text="已处理。")
    case = await done(world, "operator", case, "call_back", solved="no", stars=stars, note="当事人不再接受重办")
    await world.work_off()
    return case


async def items_of(world: World, case: dict) -> list[dict]:
    query = {"source_type": "case", "source_id": case["id"]}
    answer = await (await world.as_("office")).get("/rectification-items", params=query)
    return answer.json()["items"]


async def opened(world: World) -> dict:
    [item] = await items_of(world, await badly_rated(world))
    return (await (await world.as_("office")).get(f"/rectification-items/{item['id']}")).json()


async def plan_of(world: World, **more: object) -> dict:
    people = await staff(world, "ML17")
    due = clock.today() + timedelta(days=20)
    return {
        "target": "同类问题不再发生",
        "measures": [{"text": "更换灯具", "owner_id": people["HDL"], "due_on": due.isoformat()}],
        "responsible_leader_id": people["UHD"],
        "responsible_person_id": people["HDL"],
        "due_on": due.isoformat(),
        **more,
    }


async def rectifying(world: World) -> dict:
    item = await done(world, "cg.liaison", await opened(world), "plan", **await plan_of(world))
    return await done(world, "office", item, "approve_plan")


async def proven(world: World) -> dict:
    item = await rectifying(world)
    measure = item["measures"][0]["id"]
    client = await world.as_("cg.liaison")
    upload = await client.post("/files", files={"file": ("整改后.png", PNG, "image/png")})
    assert upload.status_code == 201, upload.text
    evidence = {"file_id": upload.json()["id"], "measure_id": measure, "description": "整改后照片"}
    item = await done(world, "cg.liaison", item, "add_evidence", **evidence)
    return await done(
        world, "cg.liaison", item, "report_progress", text="已完成", percent=100, measure_ids_done=[measure]
    )


class TestOpening:
    @pytest.mark.parametrize(("stars", "count"), [(1, 1), (2, 1), (3, 0), (5, 0)])
    async def test_two_stars_or_fewer_open_one_item(self, world: World, stars: int, count: int) -> None:
        assert len(await items_of(world, await badly_rated(world, stars))) == count

    async def test_item_shows_its_case_and_waits_for_the_units_plan(self, world: World) -> None:
        case = await badly_rated(world)
        [item] = await items_of(world, case)
        assert item["source"] == {"type": "case", "id": case["id"], "label": case["no"]}
        assert (item["status"], item["lead_unit"]["name"]) == ("registered", "区城市管理局")
        told = (await (await world.as_("cg.head")).get("/notifications")).json()["items"]
        assert item["id"] in {notice["subject_id"] for notice in told}

    async def test_event_delivered_twice_opens_one_item(self, world: World) -> None:
        case = await badly_rated(world)
        await world.work_off()
        assert len(await items_of(world, case)) == 1


class TestPlan:
    async def test_incomplete_plan_lists_every_missing_field(self, world: World) -> None:
        answer = await act(world, "cg.liaison", await opened(world), "plan", target="目标目标")
        paths = {error["path"] for error in answer.json()["errors"]}
        missing = {"measures", "responsible_leader_id", "responsible_person_id", "due_on"}
        assert paths == {f"body.{name}" for name in missing}

    async def test_people_of_other_units_and_dates_out_of_order_are_refused(self, world: World) -> None:
        foreign = (await staff(world, "ML11"))["UHD"]
        plan = await plan_of(world, responsible_leader_id=foreign, due_on=clock.today().isoformat())
        answer = await act(world, "cg.liaison", await opened(world), "plan", **plan)
        codes = {(error["path"], error["code"]) for error in answer.json()["errors"]}
        assert ("body.responsible_leader_id", "not_in_unit") in codes
        assert ("body.due_on", "in_the_past") in codes
        assert ("body.measures.0.due_on", "after_item") in codes

    async def test_returned_plan_comes_back(self, world: World) -> None:
        item = await done(world, "cg.liaison", await opened(world), "plan", **await plan_of(world))
        item = await done(world, "office", item, "return_plan", reason="措施不具体")
        assert (item["status"], item["plan_returned_count"]) == ("plan_returned", 1)
        item = await done(world, "cg.liaison", item, "plan", **await plan_of(world))
        assert (item["status"], len(item["measures"])) == ("planned", 1)


class TestCloseout:
    async def test_item_closes_with_evidence_and_a_second_pair_of_eyes(self, world: World) -> None:
        item = await done(world, "cg.head", await proven(world), "apply_closeout", statement="情况属实，申请销号")
        item = await done(world, "inspector", item, "verify", method="on_site", conclusion="现场已整改到位")
        item = await done(world, "office", item, "close", conclusion="同意销号")
        assert (item["status"], item["lamp"]) == ("closed", "done")
        assert item["verification"]["by"] == "韩青禾"
        assert {clock_["state"] for clock_ in item["clocks"]} == {"stopped"}

    async def test_closeout_without_evidence_answers_409_and_names_the_measures(self, world: World) -> None:
        answer = await act(world, "cg.head", await rectifying(world), "apply_closeout", statement="情况属实")
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (409, "rectification.closeout_incomplete")
        assert {error["code"] for error in problem["errors"]} == {"not_done", "no_evidence"}

    async def test_returned_closeout_counts_and_can_be_applied_for_again(self, world: World) -> None:
        item = await done(world, "cg.head", await proven(world), "apply_closeout", statement="情况属实")
        item = await done(world, "inspector", item, "return_closeout", reason="现场仍有问题")
        assert (item["status"], item["returned_count"], item["verification"]) == ("rectifying", 1, None)
        assert (await done(world, "cg.head", item, "apply_closeout", statement="已再次整改"))[
            "status"
        ] == "closeout_applied"

    async def test_liaison_may_not_sign_for_the_head(self, world: World) -> None:
        answer = await act(world, "cg.liaison", await proven(world), "apply_closeout", statement="情况属实")
        assert answer.status_code == 403
