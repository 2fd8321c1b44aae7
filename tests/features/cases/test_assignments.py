"""Several units in one case: the lead's part follows the case, helpers have their own, and returns end somewhere."""

from typing import Any

import httpx
import pytest
from tests.contract.test_access_matrix import staff
from tests.features.cases.test_recusal import NAMED, report
from tests.fixtures.region import World, act, done, register

pytestmark = pytest.mark.anyio
CG, ZJ, HB = "ML17", "ML11", "ML10"


async def shared(world: World) -> dict[str, Any]:
    """A case led by the city management bureau with the housing bureau's help."""
    case = await register(world)
    units = {"unit_id": str(world.units[CG]), "co_unit_ids": [str(world.units[ZJ])]}
    return await done(world, "operator", case, "dispatch", **units)


def of(case: dict[str, Any], part: str) -> dict[str, Any]:
    [found] = [one for one in case["assignments"] if one["part"] == part and one["ended_at"] is None]
    return found


async def on_part(world: World, login: str, part: dict[str, Any], action: str, **body: Any) -> httpx.Response:
    path = f"/cases/{part['case_id']}/assignments/{part['id']}/actions/{action}"
    return await (await world.as_(login)).post(path, json=body, headers={"If-Match": f'"{part["rev"]}"'})


async def did(world: World, login: str, part: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    answer = await on_part(world, login, part, action, **body)
    assert answer.status_code == 200, f"{action} by {login}: {answer.text}"
    return answer.json()


async def seen(world: World, login: str, case: dict[str, Any]) -> dict[str, Any]:
    return (await (await world.as_(login)).get(f"/cases/{case['id']}")).json()


class TestTwoUnits:
    async def test_lead_and_helper_go_through_their_parts_with_clocks_of_their_own(self, world: World) -> None:
        case = await shared(world)
        helper = of(case, "co")
        assert {clock["kind"]: clock["state"] for clock in helper["clocks"]} == {"sign": "running", "finish": "running"}
        assert helper["answers_to"]["id"] == str(world.units[CG])
        helper = await did(world, "zj.liaison", helper, "sign")
        helper = await did(world, "zj.liaison", helper, "contact", reached=True, note="已到现场")
        helper = await did(world, "zj.liaison", helper, "reply", text="管线已移交。")
        assert (helper["status"], {clock["state"] for clock in helper["clocks"]}) == ("replied", {"stopped"})
        again = await did(world, "cg.liaison", helper, "redo", reason="缺少移交清单")
        assert [c["state"] for c in again["clocks"] if c["kind"] == "finish"] == ["stopped", "running"]
        helper = await did(world, "zj.head", again, "reply", text="管线已移交，附清单。")
        helper = await did(world, "cg.liaison", helper, "accept")
        assert (helper["status"], helper["redo_count"], helper["available_actions"]) == ("accepted", 1, [])
        case = await done(world, "cg.liaison", case, "sign")
        assert (of(case, "lead")["status"], of(case, "lead")["signed_by"]) == ("signed", "罗知秋")
        case = await done(world, "cg.liaison", case, "contact", reached=True, note="已电话联系")
        case = await done(world, "cg.liaison", case, "reply", text="路灯已修复。")
        assert of(case, "lead")["status"] == "replied"
        case = await done(world, "operator", case, "call_back", solved="yes", stars=5)
        assert [(p["part"], p["status"]) for p in case["assignments"]] == [("lead", "accepted"), ("co", "accepted")]
        told = (await (await world.as_("zj.liaison")).get(f"/cases/{case['id']}/timeline")).json()["items"]
        assert "assignment.accept" in {entry["action"] for entry in told}

    async def test_a_helper_sees_the_case_but_does_not_lead_it(self, world: World) -> None:
        case = await shared(world)
        helper = await world.as_("zj.liaison")
        assert (await helper.get("/cases?with_total=true")).json()["total"] == 1
        rows = (await helper.get("/case-assignments")).json()["items"]
        assert [(row["case_no"], row["part"]) for row in rows] == [(case["no"], "co")]
        mine = await seen(world, "zj.liaison", case)
        assert mine["available_actions"] == []
        assert {one["action"] for one in of(mine, "co")["available_actions"]} == {"sign", "assign_handler", "return"}
        assert (await act(world, "zj.liaison", case, "sign")).status_code == 403
        assert (await on_part(world, "hb.liaison", of(case, "co"), "sign")).status_code == 404
        assert (await on_part(world, "zj.liaison", of(case, "co"), "cancel", reason="不需要")).status_code == 403
        assert (await on_part(world, "cg.liaison", of(case, "co"), "sign")).status_code == 403
        assert (await on_part(world, "cg.liaison", of(case, "lead"), "sign")).json()["code"] == (
            "cases.lead_goes_through_case"
        )

    async def test_a_helper_loses_sight_with_its_part(self, world: World) -> None:
        case = await shared(world)
        people = await staff(world, ZJ)
        helper = await did(world, "zj.liaison", of(case, "co"), "assign_handler", person_id=people["HDL"])
        assert (await seen(world, "zj.handler", case))["no"] == case["no"]
        helper = await did(world, "zj.liaison", helper, "return", reason="不涉及管线")
        assert {clock["state"] for clock in helper["clocks"]} == {"cancelled"}
        for login in ("zj.liaison", "zj.handler"):
            assert (await (await world.as_(login)).get(f"/cases/{case['id']}")).status_code == 404
            assert (await (await world.as_(login)).get("/case-assignments?with_total=true")).json()["total"] == 0

    async def test_a_unit_has_one_part_and_a_stale_revision_changes_nothing(self, world: World) -> None:
        case = await shared(world)
        for unit in (CG, ZJ):
            answer = await act(world, "operator", case, "add_co_units", co_unit_ids=[str(world.units[unit])])
            assert answer.json()["code"] == "cases.unit_taken"
        await did(world, "zj.liaison", of(case, "co"), "sign")
        assert (await on_part(world, "zj.liaison", of(case, "co"), "return", reason="不属实")).status_code == 412
        case = await done(world, "operator", case, "add_co_units", co_unit_ids=[str(world.units[HB])])
        assert [p["unit"]["id"] for p in case["assignments"] if p["part"] == "co"] == [
            str(world.units[ZJ]),
            str(world.units[HB]),
        ]


class TestReturns:
    async def test_the_loop_is_refused_and_a_refused_return_is_the_last(self, world: World) -> None:
        case = await shared(world)
        case = await done(world, "cg.liaison", case, "return", reason="不属于本单位职责")
        again = await act(world, "operator", case, "dispatch", unit_id=str(world.units[CG]))
        assert again.json()["code"] == "cases.return_loop"
        case = await done(world, "operator", case, "dispatch", unit_id=str(world.units[ZJ]))
        assert [(p["part"], p["status"]) for p in case["assignments"]] == [
            ("lead", "returned"),
            ("co", "cancelled"),
            ("lead", "to_sign"),
        ]
        case = await done(world, "zj.liaison", case, "return", reason="不属于本单位职责")
        third = await act(world, "operator", case, "dispatch", unit_id=str(world.units[HB]))
        assert third.json()["code"] == "cases.must_be_designated"
        case = await done(world, "operator", case, "refuse_return", reason="三定方案第四条")
        assert (case["lead_unit"]["id"], case["status"], case["return_forbidden"]) == (
            str(world.units[ZJ]),
            "to_sign",
            True,
        )
        refused = await act(world, "zj.liaison", case, "return", reason="仍不属于")
        assert refused.json()["code"] == "cases.return_forbidden"

    async def test_designation_stands_with_its_basis_and_takes_the_case_from_its_unit(self, world: World) -> None:
        case = await shared(world)
        decision = {"unit_id": str(world.units[HB]), "basis": "专题会议纪要〔2026〕3号", "reason": "职责交叉，指定牵头"}
        assert (await act(world, "operator", case, "designate", **decision)).status_code == 403
        case = await done(world, "office", case, "designate", **decision)
        lead = of(case, "lead")
        assert (lead["unit"]["id"], lead["way"], lead["basis"]) == (
            str(world.units[HB]),
            "designated",
            decision["basis"],
        )
        assert of(case, "co")["answers_to"]["id"] == str(world.units[HB])
        assert sorted(c["state"] for c in case["clocks"] if c["kind"] == "sign") == ["cancelled", "running"]
        assert case["first_unit"]["id"] == str(world.units[CG])
        refused = await act(world, "hb.liaison", case, "return", reason="不属于本单位职责")
        assert refused.json()["code"] == "cases.return_forbidden"
        assert (await (await world.as_("cg.liaison")).get(f"/cases/{case['id']}")).status_code == 404


async def test_nobody_who_is_named_finds_anything_through_parts(world: World) -> None:
    """A report never gets parts, whoever tries; and the lists of parts stay byte for byte what they were."""
    lists = ["/case-assignments", "/case-assignments?status=returned", f"/case-assignments?unit_id={world.units[CG]}"]
    before = [[(await (await world.as_(login)).get(path)).content for path in lists] for login in NAMED]
    case = await report(world)
    ways = {
        "dispatch": {"unit_id": str(world.units[ZJ]), "co_unit_ids": [str(world.units[CG])]},
        "designate": {"unit_id": str(world.units[ZJ]), "basis": "会议纪要", "reason": "指定承办"},
    }
    for action, body in ways.items():
        for login in ("operator", "office", "leader", "accountability", *NAMED):
            assert (await act(world, login, case, action, **body)).status_code in {403, 404}, f"{action} {login}"
    after = [[(await (await world.as_(login)).get(path)).content for path in lists] for login in NAMED]
    assert after == before
