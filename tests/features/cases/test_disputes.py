"""What citizens say by the receipt: more about the case, or that a closed one is not solved; and what is flagged."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.features.cases.test_lifecycle import dispatched, replied
from tests.features.cases.test_merging import answered, given, merged
from tests.features.cases.test_requests import at, finish, shown
from tests.fixtures.region import World, act, done, register

from xiaoneng.features.cases import rules
from xiaoneng.features.cases.models.case import Case, CaseFlag, CaseStatus, Solved
from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio


async def say(world: World, receipt: dict[str, str], how: str, **words: Any) -> httpx.Response:
    return await (await world.anybody()).post(f"/public/receipts/{how}", json={**receipt, **words})


async def receipt_of(world: World, case: dict[str, Any]) -> dict[str, str]:
    return (await done(world, "operator", case, "issue_receipt"))["receipt"]


async def closed(world: World, stars: int = 5, solved: str = "yes") -> tuple[dict[str, Any], dict[str, str]]:
    case = await replied(world)
    receipt = await receipt_of(world, case)
    assert (await say(world, receipt, "rate", stars=stars, solved=solved)).status_code == 200
    return await shown(world, case), receipt


async def listed(world: World, flag: str, login: str = "office") -> list[str]:
    return [one["no"] for one in (await (await world.as_(login)).get(f"/cases?flag={flag}")).json()["items"]]


class TestSupplement:
    async def test_it_stands_in_the_history_and_the_handler_is_told(self, world: World) -> None:
        case = await dispatched(world)
        receipt = await receipt_of(world, case)
        before = await shown(world, case)
        seen = (await say(world, receipt, "supplement", text=" 昨晚又吵到两点。 ")).json()
        assert [(one["title"], one["detail"]) for one in seen["entries"]][-1] == ("您补充了情况", "昨晚又吵到两点。")
        office = await world.as_("office")
        entry = (await office.get(f"/cases/{case['id']}/timeline")).json()["items"][0]
        assert (entry["action"], entry["actor"]["kind"], entry["changes"]["note"]) == (
            "supplement",
            "citizen",
            "昨晚又吵到两点。",
        )
        [record] = (await office.get(f"/cases/{case['id']}/records")).json()["items"]
        assert (record["kind"], record["by_name"]) == ("supplement", None)
        assert (await shown(world, case))["rev"] == before["rev"], "whoever is writing a reply is not interrupted"
        await world.work_off()
        notices = (await (await world.as_("cg.liaison")).get("/notifications")).json()["items"]
        assert f"群众补充了情况 {case['no']}" in {notice["title"] for notice in notices}

    async def test_it_is_bounded_and_ends_with_the_case(self, world: World) -> None:
        receipt = await receipt_of(world, await register(world))
        assert (await say(world, receipt, "supplement", text="字" * 2001)).status_code == 422
        codes = [(await say(world, receipt, "supplement", text="又想起一点")).status_code for _ in range(6)]
        assert codes == [200] * 5 + [409]
        with at(world, clock.now() + timedelta(hours=25)):
            assert (await say(world, receipt, "supplement", text="又想起一点")).status_code == 200
        _, over = await closed(world)
        late = await say(world, over, "supplement", text="又想起一点")
        assert (late.status_code, late.json()["code"]) == (409, "public.case_over")

    async def test_many_tries_are_throttled_with_those_of_the_receipt(self, world: World) -> None:
        receipt = {**await receipt_of(world, await register(world)), "secret": "0" * 20}
        codes = [(await say(world, receipt, "supplement", text="又想起一点")).status_code for _ in range(11)]
        assert codes == [404] * 10 + [429]


class TestDispute:
    async def test_within_the_window_the_case_goes_back_to_its_unit_under_new_limits(self, world: World) -> None:
        case, receipt = await closed(world)
        with at(world, clock.now() + timedelta(days=3)):
            seen = (await say(world, receipt, "dispute", reason="灯又不亮了")).json()
            assert (seen["status"], seen["reply"], seen["rating"], seen["can_dispute"]) == (
                "to_sign",
                None,
                None,
                False,
            )
            assert sorted(promise["kind"] for promise in seen["promises"]) == ["contact", "finish"], "those of now only"
            again = await shown(world, case)
            assert (again["reopened_count"], again["close_reason"], again["redo_count"]) == (1, None, 0)
            assert again["due_at"] > case["clocks"][0]["due_at"]
            running = [one["kind"] for one in again["clocks"] if one["state"] == "running"]
            assert sorted(running) == ["contact", "finish", "sign"]
            assert again["flags"] == ["false_closure", *again["flags"][1:]]
            entry = (await (await world.as_("office")).get(f"/cases/{case['id']}/timeline")).json()["items"][0]
            assert (entry["action"], entry["from_state"], entry["to_state"]) == ("dispute", "closed", "to_sign")
            assert (entry["changes"]["earlier_reply"], entry["changes"]["stars"]) == ("路灯已修复。", 5)
            await world.work_off()
            notices = (await (await world.as_("cg.liaison")).get("/notifications")).json()["items"]
            assert f"重新办理诉求 {case['no']}" in {notice["title"] for notice in notices}
            again = await answered(world, again, "已更换线路。")
            judged = (await say(world, receipt, "rate", stars=5, solved="yes")).json()
            assert judged["status"] == "closed"
            assert "false_closure" not in (await shown(world, again))["flags"]

    async def test_outside_the_window_and_before_the_end_it_is_refused_with_a_code(self, world: World) -> None:
        case = await replied(world)
        receipt = await receipt_of(world, case)
        early = await say(world, receipt, "dispute", reason="还没有解决")
        assert (early.status_code, early.json()["code"]) == (409, "public.not_disputable")
        over, receipt = await closed(world)
        until = (await say(world, receipt, "track")).json()["dispute_until"]
        assert until is not None
        with at(world, clock.now() + timedelta(days=21)):
            late = await say(world, receipt, "dispute", reason="还没有解决")
            assert (late.status_code, late.json()["code"]) == (409, "public.dispute_too_late")
            assert (await say(world, receipt, "track")).json()["can_dispute"] is False
        assert (await shown(world, over))["status"] == "closed"

    async def test_the_third_time_is_a_problem_order(self, world: World) -> None:
        case, receipt = await closed(world)
        for times in (1, 2, 3):
            assert (await say(world, receipt, "dispute", reason="还是不亮")).status_code == 200
            case = await shown(world, case)
            assert (case["reopened_count"], case["problem_at"] is not None) == (times, times == 3)
            case = await answered(world, case)
            await say(world, receipt, "rate", stars=3, solved="partly")
            case = await shown(world, case)

    async def test_a_merged_case_that_is_disputed_stands_by_itself(self, world: World) -> None:
        first, second = await given(world, await register(world)), await register(world)
        receipt = await receipt_of(world, second)
        second = await merged(world, await shown(world, second), first)
        first = await answered(world, await shown(world, first))
        await done(world, "operator", first, "call_back", solved="yes", stars=5)
        await say(world, receipt, "rate", stars=1, solved="no")
        assert (await shown(world, second))["flags"] == ["false_closure"]
        seen = (await say(world, receipt, "dispute", reason="我家门口的没有修")).json()
        second = await shown(world, second)
        assert (seen["status"], second["merged_into_id"], second["status"]) == ("registered", None, "registered")
        assert [one["state"] for one in second["clocks"] if one["kind"] == "finish"] == ["cancelled", "running"]
        assert (await shown(world, first))["status"] == "closed"

    async def test_the_office_may_reopen_by_decision_after_the_window(self, world: World) -> None:
        case, _ = await closed(world)
        with at(world, clock.now() + timedelta(days=60)):
            refused = await act(world, "operator", case, "reopen", reason="媒体反映未解决")
            assert refused.status_code == 403
            case = await done(world, "office", case, "reopen", reason="媒体反映未解决")
            assert (case["status"], case["reopened_count"], finish(case)["state"]) == ("to_sign", 1, "running")


class TestFlags:
    async def test_lists_find_what_the_pages_flag(self, world: World) -> None:
        good, _ = await closed(world)
        bad, _ = await closed(world, 2, "no")
        assert (good["flags"], bad["flags"]) == (["quick_closure"], ["false_closure", "quick_closure"])
        assert await listed(world, "false_closure") == [bad["no"]]
        assert sorted(await listed(world, "quick_closure")) == sorted([good["no"], bad["no"]])
        assert await listed(world, "quick_closure", "zj.liaison") == []

    @pytest.mark.parametrize(
        ("facts", "minutes", "found"),
        [
            ({"took": 9}, 10, ["quick_closure"]),
            ({"took": 10}, 10, []),
            ({"took": 10}, 11, ["quick_closure"]),
            ({"took": -1}, 10, []),
            ({"took": 1}, None, []),
            ({"took": 1, "merged_into_id": rules.new_receipt}, 10, []),
            ({"solved": Solved.NO}, 10, ["false_closure"]),
            ({"solved": Solved.NO, "status": CaseStatus.REPLIED}, 10, []),
            ({"disputed_at": clock.now(), "status": CaseStatus.TO_SIGN}, 10, ["false_closure"]),
            ({"disputed_at": clock.now(), "solved": Solved.PARTLY}, 10, ["false_closure"]),
            ({"disputed_at": clock.now(), "solved": Solved.YES}, 10, []),
        ],
    )
    def test_what_is_flagged(self, facts: dict[str, Any], minutes: int | None, found: list[CaseFlag]) -> None:
        now = clock.now()
        took = facts.pop("took", None)
        moments = {} if took is None else {"dispatched_at": now, "replied_at": now + timedelta(minutes=took)}
        case = Case.model_construct(
            **{**dict.fromkeys(Case.model_fields), "status": CaseStatus.CLOSED, **moments, **facts}
        )
        assert rules.flags(case, minutes) == found
