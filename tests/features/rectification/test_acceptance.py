"""Joint acceptance where all sign, public notice with objections, look-back with rebound, and both at once."""

import asyncio
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from tests.features.rectification.test_chain import PNG, proven
from tests.fixtures.region import World, act, done

from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio


async def bodies(world: World) -> dict[str, str]:
    """The bodies of the district by the role that their members hold."""
    found = (await (await world.as_("office")).get("/bodies", params={"limit": 100})).json()["items"]
    return {body["role"]: body["id"] for body in found if body["role"]}


async def verified(world: World, item: dict | None = None) -> dict:
    item = await done(world, "cg.head", item or await proven(world), "apply_closeout", statement="情况属实")
    return await done(world, "inspector", item, "verify", method="on_site", conclusion="已整改到位")


async def closed(world: World) -> dict:
    return await done(world, "office", await verified(world), "close", conclusion="同意销号")


async def signed(world: World, login: str, item: dict, body_id: str, *, passed: bool = True) -> dict:
    seen = (await (await world.as_(login)).get(f"/rectification-items/{item['id']}")).json()
    return (await act(world, login, seen, "sign_acceptance", body_id=body_id, passed=passed, opinion="意见意见")).json()


class TestJoint:
    async def test_the_item_is_accepted_when_every_body_has_signed(self, world: World) -> None:
        named = await bodies(world)
        item = await verified(world)
        three = [named["LGO"], named["INS"], named["ACC"]]
        item = await done(world, "office", item, "convene", body_ids=three)
        assert [one["passed"] for one in item["acceptances"][0]["signatures"]] == [None] * 3
        for action in ("accept", "close"):
            alone = await act(world, "leader", item, action, conclusion="同意")
            assert alone.json()["code"] == "rectification.joint_required"
        assert (await signed(world, "office", item, named["INS"]))["code"] == "rectification.not_a_member"
        item = await signed(world, "office", item, named["LGO"])
        assert item["status"] == "verified"
        assert (await signed(world, "office", item, named["LGO"]))["code"] == "rectification.signed_already"
        item = await signed(world, "inspector", item, named["INS"])
        item = await signed(world, "accountability", item, named["ACC"])
        assert item["status"] == "accepted"
        seen = (await (await world.as_("office")).get(f"/rectification-items/{item['id']}")).json()
        assert (seen["deadline"], seen["acceptances"][0]["result"]) == (None, "passed")
        gone = await (await world.as_("accountability")).get(f"/rectification-items/{item['id']}")
        assert gone.status_code == 404
        assert (await done(world, "leader", seen, "close", conclusion="同意销号"))["status"] == "closed"

    async def test_one_body_that_refuses_sends_the_item_back(self, world: World) -> None:
        named = await bodies(world)
        item = await done(world, "office", await verified(world), "convene", body_ids=[named["LGO"], named["INS"]])
        item = await signed(world, "inspector", item, named["INS"], passed=False)
        assert (item["status"], item["returned_count"]) == ("rectifying", 1)
        assert item["acceptances"][0]["result"] == "failed"

    async def test_two_bodies_are_called_and_none_of_the_unit_itself(self, world: World) -> None:
        named = await bodies(world)
        client = await world.as_("office")
        own = {"unit_id": str(world.units["ML17"]), "kind": "working_group", "name": "局内整改组"}
        made = await client.post("/bodies", json=own)
        item = await verified(world)
        twice = await act(world, "office", item, "convene", body_ids=[named["LGO"]] * 2)
        assert twice.json()["code"] == "rectification.bodies_refused"
        if made.status_code == 201:
            inside = await act(world, "office", item, "convene", body_ids=[named["LGO"], made.json()["id"]])
            assert inside.json()["code"] == "rectification.bodies_refused"


NOTICE = {"title": "路灯整改", "target": "路灯全部修复", "outcome": "已更换灯具十二盏", "contact": "电话 0000000"}


class TestNotice:
    async def test_the_notice_runs_out_before_the_item_closes(self, world: World) -> None:
        item = await done(world, "office", await verified(world), "accept", conclusion="同意验收")
        item = await done(world, "office", item, "announce", **NOTICE)
        early = await act(world, "leader", item, "close", conclusion="同意销号")
        assert early.json()["code"] == "rectification.notice_running"
        [told] = (await (await world.anybody()).get("/public/closeouts")).json()["items"]
        assert (told["title"], told["unit"]) == ("路灯整改", "区城市管理局")
        item = await done(world, "office", item, "record_objection", text="还有两盏不亮")
        async with world.database.unit_of_work() as session:
            await session.execute(sa.text("UPDATE rectification_notice SET until = until - interval '20 days'"))
        waiting = await act(world, "leader", item, "close", conclusion="同意销号")
        assert waiting.json()["code"] == "rectification.objection_waiting"
        objection = item["objections"][0]["id"]
        item = await done(
            world, "office", item, "answer_objection", objection_id=objection, upheld=False, answer="已现场复核"
        )
        item = await done(world, "leader", item, "close", conclusion="同意销号")
        assert {one["state"] for one in item["clocks"]} == {"stopped"}
        assert (await (await world.anybody()).get("/public/closeouts")).json()["items"] == []

    async def test_an_objection_that_holds_sends_the_item_back(self, world: World) -> None:
        item = await done(world, "office", await verified(world), "accept", conclusion="同意验收")
        item = await done(world, "office", item, "announce", **NOTICE)
        item = await done(world, "office", item, "record_objection", text="还有两盏不亮")
        item = await done(
            world,
            "office",
            item,
            "answer_objection",
            objection_id=item["objections"][0]["id"],
            upheld=True,
            answer="属实，继续整改",
        )
        assert (item["status"], item["returned_count"], item["notice"]["running"]) == ("rectifying", 1, False)
        assert {one["kind"] for one in item["clocks"] if one["state"] == "running"} == {"rectify"}


async def draw(world: World, percent: int = 100, seed: str = "2026-11-25") -> dict:
    today = clock.today().isoformat()
    body = {"closed_from": today, "closed_to": today, "percent": percent, "seed": seed}
    answer = await (await world.as_("inspector")).post("/look-backs", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def only_item(world: World, drawn: dict) -> dict:
    client = await world.as_("inspector")
    [row] = (await client.get(f"/look-backs/{drawn['id']}/items")).json()["items"]
    return row


class TestLookBack:
    async def test_a_rebound_reopens_with_a_link_and_counts(self, world: World) -> None:
        item = await closed(world)
        drawn = await draw(world)
        check = await only_item(world, drawn)
        due = (clock.today() + timedelta(days=7)).isoformat()
        item = await done(world, "inspector", item, "rebound", reason="又不亮了", due_on=due, check_id=check["id"])
        assert (item["status"], item["reopened_count"], item["due_on"]) == ("rectifying", 1, due)
        assert [(one["result"], one["no"]) for one in item["look_backs"]] == [("rebounded", drawn["no"])]
        assert {measure["done_at"] for measure in item["measures"]} == {None}
        stale = await act(world, "cg.head", item, "apply_closeout", statement="情况属实")
        codes = {error["code"] for error in stale.json()["errors"]}
        assert codes == {"not_done", "no_evidence"}
        again = (await (await world.as_("office")).get(f"/look-backs/{drawn['id']}")).json()
        assert (again["pending"], again["rebounded"]) == (0, 1)

    async def test_one_that_holds_stays_closed(self, world: World) -> None:
        item = await closed(world)
        check = await only_item(world, await draw(world))
        item = await done(world, "inspector", item, "pass_look_back", check_id=check["id"], finding="没有反弹")
        assert (item["status"], item["look_backs"][0]["result"]) == ("closed", "passed")
        twice = await act(world, "inspector", item, "pass_look_back", check_id=check["id"], finding="没有反弹")
        assert twice.json()["code"] == "rectification.check_unknown"

    async def test_close_out_and_rebound_at_once_leave_one_state(self, world: World) -> None:
        item = await verified(world)
        due = (clock.today() + timedelta(days=7)).isoformat()
        closing = act(world, "office", item, "close", conclusion="同意销号")
        ahead = {**item, "rev": item["rev"] + 1}
        backs = [act(world, "inspector", ahead, "rebound", reason="反弹反弹", due_on=due) for _ in range(3)]
        answers = [answer.status_code for answer in await asyncio.gather(closing, *backs)]
        assert answers[0] == 200
        assert answers[1:].count(200) <= 1
        seen = (await (await world.as_("office")).get(f"/rectification-items/{item['id']}")).json()
        expected = "rectifying" if 200 in answers[1:] else "closed"
        assert (seen["status"], seen["reopened_count"]) == (expected, answers[1:].count(200))
        running = [one["kind"] for one in seen["clocks"] if one["state"] == "running"]
        assert running == (["rectify"] if expected == "rectifying" else [])
        if expected == "closed":
            again = await asyncio.gather(
                *(act(world, "inspector", seen, "rebound", reason="反弹反弹", due_on=due) for _ in range(3))
            )
            assert sum(answer.status_code == 200 for answer in again) == 1


async def test_evidence_after_a_rebound_closes_again(world: World) -> None:
    item = await closed(world)
    due = (clock.today() + timedelta(days=7)).isoformat()
    item = await done(world, "office", item, "rebound", reason="又不亮了", due_on=due)
    client = await world.as_("cg.liaison")
    upload = await client.post("/files", files={"file": ("再次整改.png", PNG, "image/png")})
    measure = item["measures"][0]["id"]
    evidence = {"file_id": upload.json()["id"], "measure_id": measure, "description": "再次整改后照片"}
    item = await done(world, "cg.liaison", item, "add_evidence", **evidence)
    item = await done(
        world, "cg.liaison", item, "report_progress", text="完成", percent=100, measure_ids_done=[measure]
    )
    item = await done(world, "leader", await verified(world, item), "close", conclusion="同意销号")
    assert (item["status"], item["reopened_count"]) == ("closed", 1)
    assert date.fromisoformat(item["due_on"]) == date.fromisoformat(due)
