"""A case from the counter to its end, through the API."""

from datetime import timedelta

import pytest
from tests.fixtures.region import World, act, done, register

from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio


async def dispatched(world: World) -> dict:
    case = await register(world)
    return await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))


async def replied(world: World) -> dict:
    case = await dispatched(world)
    case = await done(world, "cg.liaison", case, "sign")
    case = await done(world, "cg.liaison", case, "contact", reached=True, note="已电话联系")
    return await done(world, "cg.liaison", case, "reply", text="路灯已修复。", file_ids=[])


class TestLifecycle:
    async def test_a_case_goes_from_counter_to_closed_with_its_clocks(self, world: World) -> None:
        case = await register(world, caller={"name": "王小明", "phone": "13812345678"})
        assert case["status"] == "registered"
        assert case["caller"] == {"name_masked": "王**", "phone_masked": "138****5678"}
        assert [(c["kind"], c["state"]) for c in case["clocks"]] == [("finish", "running")]
        case = await replied(world)
        states = {c["kind"]: c["state"] for c in case["clocks"]}
        assert states == {"sign": "stopped", "contact": "stopped", "finish": "stopped"}
        case = await done(world, "operator", case, "call_back", solved="yes", stars=5)
        assert (case["status"], case["close_reason"], case["rating"]["stars"]) == ("closed", "called_back", 5)
        assert case["available_actions"] == []

    async def test_every_change_stands_in_the_timeline_once(self, world: World) -> None:
        case = await replied(world)
        entries = (await (await world.as_("office")).get(f"/cases/{case['id']}/timeline")).json()["items"]
        assert [entry["action"] for entry in entries] == ["reply", "contact", "sign", "dispatch", "register"]
        assert entries[0]["from_state"] == "handling"
        assert entries[0]["actor"]["name"] == "罗知秋"

    async def test_returned_case_waits_for_another_unit_without_clocks_of_the_first(self, world: World) -> None:
        case = await dispatched(world)
        case = await done(world, "cg.liaison", case, "return", reason="不属于本单位职责")
        assert (case["status"], case["returned_count"], case["lead_unit"]) == ("registered", 1, None)
        assert {c["kind"]: c["state"] for c in case["clocks"]}["sign"] == "cancelled"

    async def test_return_after_the_window_answers_409(self, world: World) -> None:
        case = await dispatched(world)
        with clock.frozen(clock.now() + timedelta(hours=25)):
            answer = await act(world, "cg.liaison", case, "return", reason="不属于本单位职责")
        assert (answer.status_code, answer.json()["code"]) == (409, "cases.return_window_closed")

    async def test_redo_starts_a_new_finish_clock_and_keeps_the_earlier_reply_in_history(self, world: World) -> None:
        case = await replied(world)
        case = await done(world, "office", case, "redo", reason="答复与事实不符")
        assert (case["status"], case["redo_count"], case["reply"]) == ("handling", 1, None)
        assert sorted(c["state"] for c in case["clocks"] if c["kind"] == "finish") == ["running", "stopped"]
        entries = (await (await world.as_("office")).get(f"/cases/{case['id']}/timeline")).json()["items"]
        assert entries[0]["changes"]["earlier_reply"] == "路灯已修复。"

    async def test_close_before_rating_window_and_three_attempts_answers_409(self, world: World) -> None:
        case = await replied(world)
        answer = await act(world, "office", case, "close", reason="无人接听")
        assert answer.json()["code"] == "cases.close_too_early"
        for _ in range(3):
            case = await done(world, "operator", case, "record_attempt", note="无人接听")
        case = await done(world, "office", case, "close", reason="三次回访未接通")
        assert (case["status"], case["close_reason"]) == ("closed", "unreachable")


class TestConcurrencyAndErrors:
    async def test_stale_revision_answers_412_and_changes_nothing(self, world: World) -> None:
        case = await dispatched(world)
        stale = {**case, "rev": case["rev"] - 1}
        answer = await act(world, "cg.liaison", stale, "sign")
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
        again = (await (await world.as_("cg.liaison")).get(f"/cases/{case['id']}")).json()
        assert (again["status"], again["rev"]) == ("to_sign", case["rev"])

    async def test_missing_if_match_answers_428(self, world: World) -> None:
        case = await dispatched(world)
        answer = await (await world.as_("cg.liaison")).post(f"/cases/{case['id']}/actions/sign", json={})
        assert answer.status_code == 428

    async def test_illegal_action_answers_409_with_the_allowed_ones(self, world: World) -> None:
        case = await register(world)
        answer = await act(world, "office", case, "redo", reason="请重新办理")
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (409, "illegal_transition")
        assert "dispatch" in problem["allowed"]
        assert answer.headers["content-type"] == "application/problem+json"

    async def test_same_idempotency_key_registers_once(self, world: World) -> None:
        client = await world.as_("operator")
        body = {"kind": "request", "channel": "visit", "title": "反映事项", "content": "请求修补路面。"}
        headers = {"Idempotency-Key": "one-and-the-same"}
        first = await client.post("/cases", json=body, headers=headers)
        second = await client.post("/cases", json=body, headers=headers)
        assert (first.status_code, second.status_code) == (201, 201)
        assert second.content == first.content
        assert second.headers["idempotent-replayed"] == "true"
        other = await client.post("/cases", json={**body, "title": "另一事项"}, headers=headers)
        assert other.json()["code"] == "idempotency.key_reused"
        assert (await client.get("/cases?with_total=true")).json()["total"] == 1

    async def test_refused_input_names_the_field_and_writes_nothing(self, world: World) -> None:
        client = await world.as_("operator")
        body = {"kind": "no-such-kind", "channel": "visit", "title": "反映事项", "content": "内容。。"}
        answer = await client.post("/cases", json=body)
        assert answer.status_code == 422
        assert [error["path"] for error in answer.json()["errors"]] == ["body.kind"]
        assert (await client.get("/cases?with_total=true")).json()["total"] == 0
