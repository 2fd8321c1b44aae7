"""Drafts and approval, audit, call-backs, problem orders, and what never reaches a unit."""

from datetime import datetime, timedelta

import pytest
from tests.contract.test_access_matrix import staff
from tests.features.cases.test_assignments import of
from tests.features.cases.test_lifecycle import dispatched, replied
from tests.features.cases.test_requests import at, upload
from tests.fixtures.region import World, act, done, register

pytestmark = pytest.mark.anyio


async def test_a_reply_is_drafted_by_one_and_stood_for_by_another(world: World) -> None:
    case = await dispatched(world)
    people = await staff(world, "ML17")
    case = await done(world, "cg.liaison", case, "assign_handler", person_id=people["HDL"])
    case = await done(world, "cg.handler", case, "sign")
    proof = await upload(world, "cg.handler")
    case = await done(world, "cg.handler", case, "note_progress", note="已更换灯具", file_ids=[proof])
    assert (await act(world, "cg.handler", case, "reply", text="已修复。")).status_code == 403
    none = await act(world, "cg.head", case, "approve_reply")
    assert none.json()["code"] == "cases.no_draft"
    case = await done(world, "cg.handler", case, "draft_reply", text="已修复。")
    case = await done(world, "cg.liaison", case, "return_draft", reason="请写明修复时间")
    assert case["draft"] is None
    case = await done(world, "cg.liaison", case, "draft_reply", text="路灯已于昨晚修复。")
    own = await act(world, "cg.liaison", case, "approve_reply")
    assert own.json()["code"] == "cases.same_person"
    assert "approve_reply" not in {one["action"] for one in case["available_actions"]}
    case = await done(world, "cg.head", case, "approve_reply")
    assert (case["status"], case["reply"]["text"], case["draft"]) == ("replied", "路灯已于昨晚修复。", None)
    records = (await (await world.as_("cg.head")).get(f"/cases/{case['id']}/records")).json()["items"]
    assert [(one["kind"], one["note"], len(one["files"])) for one in records] == [("progress", "已更换灯具", 1)]


async def test_the_desk_audits_once_and_the_citizen_has_the_last_word(world: World) -> None:
    case = await done(world, "operator", await replied(world), "accept_result")
    assert case["audited_by"] is not None
    assert (await act(world, "operator", case, "accept_result")).json()["code"] == "cases.already_audited"
    answer = {"solved": "yes", "stars": 1}
    refused = await act(world, "operator", case, "call_back", **answer)
    assert (refused.status_code, refused.json()["code"]) == (422, "cases.dissatisfied_needs_note")
    case = await done(world, "operator", case, "call_back_redo", **answer, reason="当晚又不亮")
    assert (case["status"], case["redo_count"], case["audited_at"], case["rating"]) == ("handling", 1, None, None)
    assert of(case, "lead")["status"] == "handling"
    case = await done(world, "cg.liaison", case, "reply", text="已更换整灯。")
    case = await done(world, "operator", case, "call_back", solved="partly", stars=3)
    assert case["status"] == "closed"
    records = (await (await world.as_("operator")).get(f"/cases/{case['id']}/records")).json()["items"]
    said = [(one["solved"], one["stars"]) for one in records if one["kind"] == "call_back"]
    assert said == [("partly", 3), ("yes", 1)]


async def test_nobody_is_called_back_before_reply_or_the_end_of_the_limit(world: World) -> None:
    case = await dispatched(world)
    early = await act(world, "operator", case, "ask_after_limit", solved="no", stars=1)
    assert early.json()["code"] == "cases.call_back_too_early"
    assert (await act(world, "operator", case, "call_back", solved="yes", stars=5)).json()[
        "code"
    ] == "illegal_transition"
    with at(world, datetime.fromisoformat(case["due_at"]) + timedelta(minutes=1)):
        case = await done(world, "operator", case, "ask_after_limit", solved="no", stars=1)
    assert (case["status"], case["rating"]) == ("to_sign", None)


async def test_what_was_redone_as_often_as_allowed_becomes_a_problem_order_once(world: World) -> None:
    case = await replied(world)
    for round_ in range(2):
        early = await act(world, "office", case, "step_up", reason="多次重办未解决")
        assert early.json()["code"] == "cases.no_problem_yet"
        case = await done(world, "office", case, "redo", reason=f"第 {round_ + 1} 次重办")
        case = await done(world, "cg.liaison", case, "reply", text="已再次处理。")
    for action, body in (("redo", {}), ("call_back_redo", {"solved": "no", "stars": 1})):
        used_up = await act(world, "office", case, action, reason="仍未解决", **body)
        assert used_up.json()["code"] == "cases.redos_used_up"
    case = await done(world, "office", case, "step_up", reason="多次重办未解决")
    assert (case["status"], case["redo_count"], bool(case["problem_at"])) == ("handling", 3, True)
    await world.work_off()
    told = (await (await world.as_("cg.head")).get("/notifications")).json()["items"]
    assert f"已提级督办 {case['no']}" in {one["title"] for one in told}
    case = await done(world, "cg.liaison", case, "reply", text="已由分管领导现场解决。")
    again = await act(world, "office", case, "step_up", reason="仍未解决")
    assert again.json()["code"] == "cases.no_problem_yet"
    assert (await done(world, "operator", case, "call_back", solved="no", stars=1))["status"] == "closed"


async def test_a_case_nobody_wants_is_designated_as_a_problem_order(world: World) -> None:
    case = await dispatched(world)
    case = await done(world, "cg.liaison", case, "return", reason="不属于本单位职责")
    case = await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML11"]))
    case = await done(world, "zj.liaison", case, "return", reason="不属于本单位职责")
    decision = {"unit_id": str(world.units["ML17"]), "basis": "专题会议纪要", "reason": "无单位认领"}
    case = await done(world, "office", case, "designate", **decision)
    assert (case["status"], bool(case["problem_at"]), case["return_forbidden"]) == ("to_sign", True, True)


@pytest.mark.parametrize(
    ("action", "body", "reason", "finish"),
    [
        ("answer_on_spot", {"text": "办事大厅周末不开门。"}, "answered_on_spot", "stopped"),
        ("refuse_acceptance", {"reason": "已进入诉讼程序", "channel": "请向区法院反映"}, "not_accepted", "cancelled"),
        ("transfer_emergency", {"service": "119", "note": "已转消防救援"}, "transferred_emergency", "cancelled"),
    ],
)
async def test_what_never_reaches_a_unit_ends_with_words_on_record(
    world: World, action: str, body: dict, reason: str, finish: str
) -> None:
    case = await done(world, "operator", await register(world), action, **body)
    assert (case["status"], case["close_reason"], bool(case["reply"]["text"])) == ("closed", reason, True)
    assert [clock["state"] for clock in case["clocks"]] == [finish]


async def test_what_enterprises_bring_by_the_green_channel_is_urgent(world: World) -> None:
    case = await register(world, channel="green_channel")
    assert case["urgency"] == "urgent"
    assert (await register(world, channel="green_channel", urgency="emergency"))["urgency"] == "emergency"
