"""First receivers, hand-downs and whistles: who answers for what, and until when."""

from typing import Any

import pytest
from tests.features.cases.test_assignments import did, of, on_part, seen
from tests.features.cases.test_lifecycle import dispatched
from tests.fixtures.region import World, act, done, register

pytestmark = pytest.mark.anyio
CG, ZJ, HB, STREET, COMMUNITY = "ML17", "ML11", "ML10", "ML31", "ML3101"


def unit_of(world: World, case: dict[str, Any], code: str) -> dict[str, Any]:
    [found] = [one for one in case["assignments"] if one["unit"]["id"] == str(world.units[code])]
    return found


async def test_the_first_receiver_answers_until_the_other_signs_for_it(world: World) -> None:
    case = await dispatched(world)
    due = case["due_at"]
    case = await done(world, "cg.liaison", case, "hand_over", unit_id=str(world.units[ZJ]), reason="管线归住建部门管理")
    assert (case["lead_unit"]["id"], of(case, "co")["way"]) == (str(world.units[CG]), "handed_over")
    taken = await did(world, "zj.liaison", of(case, "co"), "sign")
    assert (taken["part"], taken["status"], bool(taken["signed_by"])) == ("lead", "signed", True)
    case = await seen(world, "zj.liaison", case)
    assert (case["status"], case["lead_unit"]["id"], case["first_unit"]["id"], case["due_at"]) == (
        "handling",
        str(world.units[ZJ]),
        str(world.units[CG]),
        due,
    )
    assert [(p["part"], p["status"]) for p in case["assignments"]] == [("lead", "handed_over"), ("lead", "signed")]
    assert {c["kind"]: c["state"] for c in case["clocks"]}["sign"] == "stopped"
    assert (await (await world.as_("cg.liaison")).get(f"/cases/{case['id']}")).status_code == 404
    case = await done(world, "zj.liaison", case, "reply", text="管线已迁改。")
    assert of(case, "lead")["status"] == "replied"


async def test_a_hand_over_that_is_not_wanted_leaves_the_case_where_it_was(world: World) -> None:
    case = await dispatched(world)
    case = await done(world, "cg.liaison", case, "hand_over", unit_id=str(world.units[ZJ]), reason="不属本单位")
    await did(world, "zj.liaison", of(case, "co"), "return", reason="管线不归本单位")
    case = await seen(world, "cg.liaison", case)
    assert (case["lead_unit"]["id"], of(case, "lead")["status"]) == (str(world.units[CG]), "to_sign")


async def test_work_goes_down_and_its_answer_comes_up(world: World) -> None:
    case = await register(world)
    units = {"unit_id": str(world.units[CG]), "co_unit_ids": [str(world.units[STREET])]}
    case = await done(world, "operator", case, "dispatch", **units)
    above = await act(world, "cg.liaison", case, "hand_down", co_unit_ids=[str(world.units[ZJ])])
    assert (above.status_code, above.json()["code"]) == (422, "cases.not_below")
    street = await did(world, "dh.liaison", unit_of(world, case, STREET), "sign")
    below = await on_part(world, "dh.liaison", street, "hand_down", co_unit_ids=[str(world.units[HB])])
    assert below.json()["code"] == "cases.not_below"
    street = await did(world, "dh.liaison", street, "hand_down", co_unit_ids=[str(world.units[COMMUNITY])])
    early = await on_part(world, "dh.liaison", street, "reply", text="已汇总。")
    assert early.json()["code"] == "cases.parts_below_open"
    case = await seen(world, "office", case)
    community = unit_of(world, case, COMMUNITY)
    assert (community["way"], community["answers_to"]["id"]) == ("handed_down", str(world.units[STREET]))
    community = await did(world, "dh.liaison", community, "sign")
    community = await did(world, "dh.head", community, "reply", text="已入户核实。")
    assert (await on_part(world, "cg.liaison", community, "accept")).status_code == 403
    await did(world, "dh.liaison", community, "accept")
    street = await did(world, "dh.liaison", street, "reply", text="已汇总社区情况。")
    assert (await did(world, "cg.liaison", street, "accept"))["status"] == "accepted"


async def test_whoever_is_whistled_for_has_thirty_minutes_to_arrive(world: World) -> None:
    case = await dispatched(world)
    call = {"unit_ids": [str(world.units[ZJ]), str(world.units[HB])], "ground": "emergency", "place": "城南市场东门"}
    assert (await act(world, "cg.liaison", case, "whistle", **call)).status_code == 403
    case = await done(world, "cg.head", case, "whistle", **call)
    called = unit_of(world, case, ZJ)
    [arrive] = [clock for clock in called["clocks"] if clock["kind"] == "arrive"]
    assert (called["way"], arrive["state"], arrive["amount"], arrive["unit"]) == ("whistled", "running", 30, "minute")
    called = await did(world, "zj.liaison", called, "arrive")
    assert called["arrived_at"] is not None
    assert {clock["kind"]: clock["state"] for clock in called["clocks"]}["arrive"] == "stopped"
    assert (await on_part(world, "zj.liaison", called, "arrive")).json()["code"] == "cases.other_way"
