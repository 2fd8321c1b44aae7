"""One matter reported several times: found, merged, answered once for everybody, and split again without a trace."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from tests.features.cases.test_assignments import of, shared
from tests.features.cases.test_requests import at, finish, shown
from tests.features.cases.test_statements import fewest, heard
from tests.fixtures.region import World, act, done, register

from xiaoneng.core.worktime.repository import calendars
from xiaoneng.features.cases.models.merges import Trait
from xiaoneng.features.cases.rules import Likeness
from xiaoneng.kit import clock
from xiaoneng.kit.problems import AppError

pytestmark = pytest.mark.anyio
SAME = {"place": "城南市场东门", "category_code": None}
WHY = "同一盏路灯"
NAMED = {"kind": "report", "title": "反映违规收费", "content": "窗口人员违规收费。"}


async def given(world: World, case: dict[str, Any], unit: str = "ML17") -> dict[str, Any]:
    return await done(world, "operator", case, "dispatch", unit_id=str(world.units[unit]))


async def answered(world: World, case: dict[str, Any], text: str = "路灯已修复。") -> dict[str, Any]:
    case = await done(world, "cg.liaison", case, "sign")
    case = await done(world, "cg.liaison", case, "contact", reached=True, note="已电话联系")
    return await done(world, "cg.liaison", case, "reply", text=text, file_ids=[])


async def merged(world: World, case: dict[str, Any], into: dict[str, Any]) -> dict[str, Any]:
    return await done(world, "operator", case, "merge", into_id=into["id"], reason=WHY)


async def refused(world: World, case: dict[str, Any], into_id: str, login: str = "operator") -> httpx.Response:
    return await act(world, login, case, "merge", into_id=into_id, reason=WHY)


def limits(case: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """What the clocks of a case and of its parts say, apart from what is left of them."""
    clocks = [one for part in [case, *case["assignments"]] for one in part["clocks"]]
    return sorted((one["kind"], one["state"], one["due_at"]) for one in clocks)


def standing(case: dict[str, Any]) -> dict[str, Any]:
    """Everything that a round trip must bring back."""
    moving = {"rev", "updated_at", "clocks", "deadline", "available_actions"}
    kept = {name: value for name, value in case.items() if name not in moving}
    kept["assignments"] = [{**part, "clocks": None, "rev": 0} for part in case["assignments"]]
    return {**kept, "limits": limits(case), "may": [one["action"] for one in case["available_actions"]]}


async def ledger(world: World, case: dict[str, Any]) -> list[str]:
    client = await world.as_("office")
    told = (await client.get(f"/cases/{case['id']}/clocks/finish/explanation")).json()
    return [entry["action"] for entry in told["ledger"]]


async def rest_day(world: World, day: date) -> None:
    """The district rests on a working day more, and the open limits follow."""
    reason = {"reason": "县庆放假一天", "days": [{"day": day.isoformat(), "is_working_day": False, "name": "县庆"}]}
    drafted = (await (await world.as_("office")).post("/worktime/calendars/days", json=reason)).json()
    await world.work_off()
    path = f"/worktime/changes/{drafted['id']}"
    rev = (await (await world.as_("leader")).get(path)).json()["rev"]
    signed = await (await world.as_("leader")).post(f"{path}/actions/sign", json={}, headers={"If-Match": f'"{rev}"'})
    assert signed.status_code == 200, signed.text
    await world.work_off()


class TestRoundTrip:
    async def test_a_split_brings_back_state_limits_and_parts_of_a_case_under_way(self, world: World) -> None:
        first, second = await given(world, await register(world)), await shared(world)
        before = await shown(world, second)
        case = await merged(world, second, first)
        assert (case["status"], case["lamp"], case["deadline"]) == ("merged", "done", None)
        assert {state for _, state, _ in limits(case)} <= {"stopped", "cancelled"}
        assert {one["lamp"] for one in case["clocks"]} == {"done"}
        assert {one["action"] for one in case["available_actions"]} == {"unmerge", "issue_receipt"}
        part = {**of(case, "co"), "no": ""}
        path = f"/cases/{case['id']}/assignments/{part['id']}/actions/sign"
        signing = await (await world.as_("zj.liaison")).post(path, json={}, headers={"If-Match": f'"{part["rev"]}"'})
        assert signing.json()["code"] == "cases.follows_primary"
        rows = (await (await world.as_("zj.liaison")).get("/case-assignments")).json()["items"]
        assert case["id"] not in {row["case_id"] for row in rows}
        case = await done(world, "operator", case, "unmerge", reason="不是同一盏")
        after = await shown(world, case)
        assert standing(after) == standing(before)
        assert await ledger(world, case) == ["cancel", "reopen"]

    async def test_the_limit_went_on_meanwhile_and_warns_at_once_when_it_is_over(self, world: World) -> None:
        first, second = await register(world), await register(world)
        case = await merged(world, second, first)
        with at(world, datetime.fromisoformat(second["due_at"]) + timedelta(hours=1)):
            assert (await shown(world, case))["lamp"] == "done"
            case = await done(world, "operator", case, "unmerge", reason="不是同一盏")
            assert (case["due_at"], case["lamp"], finish(case)["state"]) == (second["due_at"], "red", "running")
            fired = sa.text("SELECT next_fire_at < now() + interval '60 days' FROM clock WHERE id = :id")
            async with world.database.engine.connect() as connection:
                assert await connection.scalar(fired, {"id": finish(case)["id"]})

    async def test_a_holiday_that_was_added_meanwhile_moves_the_dates_of_the_case_and_of_each_part(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(calendars, "FRESH_SECONDS", 0.0)
        first, second = await register(world, kind="petition"), await shared(world)
        [co] = [part for part in second["assignments"] if part["part"] == "co"]
        case = await merged(world, first, second)
        case = await done(world, "operator", case, "unmerge", reason="不是一件")
        assert case["due_at"] == first["due_at"]
        case = await merged(world, await shown(world, second), await register(world))
        await rest_day(world, datetime.fromisoformat(second["due_at"]).date())
        case = await done(world, "operator", case, "unmerge", reason="不是同一盏")
        case = await shown(world, case)
        assert case["due_at"] == finish(case)["due_at"] > second["due_at"]
        assert (of(case, "co")["id"], of(case, "co")["due_at"]) == (co["id"], finish(of(case, "co"))["due_at"])
        assert of(case, "lead")["due_at"] == case["due_at"]
        assert of(case, "co")["due_at"] > co["due_at"]

    async def test_what_was_merged_into_a_merged_case_comes_along_and_goes_back_with_it(self, world: World) -> None:
        first, second, third = [await register(world) for _ in range(3)]
        third = await merged(world, third, second)
        second = await merged(world, await shown(world, second), first)
        assert (await shown(world, third))["merged_into_id"] == first["id"]
        lost = await refused(world, await register(world), second["id"])
        assert lost.json()["code"] == "cases.merge_into_merged"
        first = await given(world, await shown(world, first))
        await answered(world, first)
        assert {(await shown(world, one))["status"] for one in (second, third)} == {"replied"}
        second = await done(world, "operator", await shown(world, second), "unmerge", reason="另一处")
        third = await shown(world, third)
        assert (second["status"], second["reply"]) == ("registered", None)
        assert (third["status"], third["merged_into_id"], third["reply"]) == ("merged", second["id"], None)
        third = await done(world, "operator", third, "unmerge", reason="另一处")
        assert (third["status"], finish(third)["state"]) == ("registered", "running")


class TestOneAnswerForAll:
    async def test_every_reporter_gets_the_reply_and_judges_it_alone(self, world: World) -> None:
        anybody = await world.anybody()
        body = {"kind": "complaint", "title": "门前路灯不亮", "content": "晚上很黑。"}
        first = await given(world, await register(world))
        receipts = [(await anybody.post("/public/cases", json=body)).json()["receipt"] for _ in range(2)]
        waiting = (await (await world.as_("operator")).get("/cases?status=registered")).json()["items"]
        for row in waiting:
            await merged(world, await shown(world, row), first)
        seen = (await anybody.post("/public/receipts/track", json=receipts[0])).json()
        assert (seen["status"], seen["unit"]) == ("merged", first["lead_unit"]["name"])
        assert [promise["due_at"] for promise in seen["promises"] if promise["kind"] == "finish"] == [first["due_at"]]
        first = await answered(world, await shown(world, first))
        for receipt, stars, solved in zip(receipts, (5, 1), ("yes", "no"), strict=True):
            seen = (await anybody.post("/public/receipts/track", json=receipt)).json()
            assert (seen["reply"]["text"], seen["can_rate"]) == ("路灯已修复。", True)
            judged = await anybody.post("/public/receipts/rate", json={**receipt, "stars": stars, "solved": solved})
            assert judged.json()["status"] == "closed"
        assert (await shown(world, first))["status"] == "replied", "who reported first judges for himself too"
        latency = (await (await world.as_("office")).get("/statistics/reply-latency")).json()
        assert latency["replied"] == 1
        await world.work_off()
        items = await (await world.as_("office")).get(f"/rectification-items?source_type=case&source_id={first['id']}")
        assert [item["title"] for item in items.json()["items"]] == [f"差评整改：{first['title']}"]
        relations = (await (await world.as_("office")).get(f"/cases/{first['id']}/merges")).json()
        assert sorted(item["stars"] for item in relations["items"]) == [1, 5]

    async def test_a_redo_of_the_matter_waits_for_those_who_have_not_judged(self, world: World) -> None:
        first = await given(world, await register(world))
        second = await merged(world, await register(world), first)
        first = await answered(world, await shown(world, first))
        second = await shown(world, second)
        alone = await act(world, "office", second, "redo", reason="答复与事实不符")
        assert alone.json()["code"] == "cases.follows_primary"
        first = await done(world, "office", first, "redo", reason="答复与事实不符")
        second = await shown(world, second)
        assert (second["status"], second["reply"]) == ("merged", None)
        await done(world, "cg.liaison", first, "reply", text="已重新接线。", file_ids=[])
        assert (await shown(world, second))["reply"]["text"] == "已重新接线。"

    async def test_what_is_answered_already_is_answered_for_a_newcomer_at_once(self, world: World) -> None:
        first = await answered(world, await given(world, await register(world)))
        late = await merged(world, await register(world), first)
        assert (late["status"], late["reply"]["text"]) == ("replied", "路灯已修复。")
        late = await done(world, "operator", late, "call_back", solved="yes", stars=4)
        assert late["status"] == "closed"


class TestRefusals:
    async def test_nobodys_promise_gets_worse(self, world: World) -> None:
        slow, urgent = await register(world), await register(world, urgency="emergency")
        answer = await refused(world, urgent, slow["id"])
        assert (answer.status_code, answer.json()["code"]) == (409, "cases.merge_later")
        assert (await merged(world, slow, urgent))["merged_into_id"] == urgent["id"]

    async def test_a_case_is_not_merged_into_itself_nor_into_one_that_is_over(self, world: World) -> None:
        case = await register(world)
        assert (await refused(world, case, case["id"])).json()["code"] == "cases.merge_self"
        over = await done(world, "operator", await register(world), "answer_on_spot", text="当场已说明。")
        assert (await refused(world, case, over["id"])).json()["code"] == "cases.merge_into_closed"
        alone = await act(world, "operator", case, "unmerge", reason="不是一件")
        assert alone.json()["code"] == "illegal_transition"
        assert (await shown(world, case))["rev"] == case["rev"]

    async def test_a_report_is_no_case_to_merge_with_and_reads_as_none(self, world: World) -> None:
        case = await register(world)
        report = await register(world, **NAMED, named_unit_ids=[str(world.units["ML17"])])
        none = "0198c0de-0000-7000-8000-000000000000"
        for login in ("office", "operator", "operator2"):
            answers = [await refused(world, case, into, login) for into in (report["id"], none)]
            assert answers[0].status_code == 404
            bodies = [{**answer.json(), "request_id": ""} for answer in answers]
            assert bodies[0] == bodies[1], login
        for login in ("office", "cg.head", "leader", "operator2"):
            for path in ("alike", "merges"):
                pair = [await (await world.as_(login)).get(f"/cases/{key}/{path}") for key in (report["id"], none)]
                if login == "leader" and path == "merges":
                    assert pair[0].json() == {"primary": None, "items": [], "hidden": 0}
                    continue
                bodies = [{**one.json(), "request_id": "", "instance": ""} for one in pair]
                assert bodies[0] == bodies[1], (login, path)
        wanted = {"title": NAMED["title"]}
        for login in ("office", "operator"):
            found = await (await world.as_(login)).post("/cases/alike", json=wanted)
            assert report["id"] not in {one["id"] for one in found.json()["items"]}


class TestAlike:
    async def test_suggestions_say_how_alike_and_in_what(self, world: World) -> None:
        caller = {"name": "王小明", "phone": "13812345678"}
        lamp = await register(world, title="城南市场东门路灯不亮", place=SAME["place"])
        other = await register(world, title="幼儿园报名咨询", caller=caller, kind="consultation")
        await register(world, title="公交线路调整建议")
        wanted = {"title": "东门路灯不亮三天", "place": SAME["place"], "phone": caller["phone"]}
        client = await world.as_("operator")
        found = (await client.post("/cases/alike", json=wanted)).json()["items"]
        assert [(one["id"], one["traits"]) for one in found] == [
            (lamp["id"], ["place", "text"]),
            (other["id"], ["caller"]),
        ]
        new = await register(world, title="东门路灯不亮三天", place=SAME["place"])
        found = (await client.get(f"/cases/{new['id']}/alike")).json()["items"]
        assert [one["id"] for one in found] == [lamp["id"]]
        await merged(world, new, lamp)
        with at(world, clock.now() + timedelta(days=31)):
            assert (await (await world.as_("operator")).post("/cases/alike", json=wanted)).json()["items"] == []

    async def test_units_do_not_search_and_operators_find_their_own_only(self, world: World) -> None:
        await register(world, title="城南市场东门路灯不亮", place=SAME["place"])
        wanted = {"title": "城南市场东门路灯不亮", "place": SAME["place"]}
        assert (await (await world.as_("cg.liaison")).post("/cases/alike", json=wanted)).status_code == 403
        assert (await (await world.as_("operator2")).post("/cases/alike", json=wanted)).json()["items"] == []

    @pytest.mark.parametrize(
        ("alike", "percent", "traits"),
        [
            (Likeness(100, 100, same_category=True, same_caller=True), 100, list(Trait)),
            (Likeness(30, 60, same_category=True, same_caller=False), 40, [Trait.PLACE, Trait.CATEGORY, Trait.TEXT]),
            (Likeness(10, 0, same_category=True, same_caller=False), 15, [Trait.CATEGORY]),
            (Likeness(0, 0, same_category=False, same_caller=True), 15, [Trait.CALLER]),
        ],
    )
    def test_likeness(self, alike: Likeness, percent: int, traits: list[Trait]) -> None:
        assert (alike.percent, alike.traits) == (percent, traits)
        assert alike.is_worth_a_look is (percent >= 30 or Trait.CALLER in traits)


async def test_statements_of_searching_and_merging(world: World) -> None:
    first, second = await register(world), await register(world)
    client = await world.as_("operator")
    assert len(await fewest(world, lambda: client.post("/cases/alike", json={"title": "路灯不亮"}))) == 1
    assert len(await fewest(world, lambda: client.get(f"/cases/{first['id']}/alike"))) == 2
    assert len(await fewest(world, lambda: client.get(f"/cases/{first['id']}/merges"))) <= 3
    async with heard(world) as statements:
        await merged(world, second, first)
    assert len(statements) <= 14, statements


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [one.code for one in AppError.__subclasses__() if "merge" in one.code]
    assert len(codes) == len(set(codes))
