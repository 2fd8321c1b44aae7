"""Inspections from the plan to the end: who may do what, what is refused, and who must not know (SM-19, 回避)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.features.campaigns.test_work import done
from tests.features.cases.test_machines import FOREIGN, ME, OWN, PERSON, agreed, open_cells, somebody
from tests.features.cases.test_requests import at
from tests.features.cases.test_substitution import person
from tests.fixtures.region import World

from xiaoneng.core.access.models import Role
from xiaoneng.features.inspections.models.findings import Finding, FindingSeverity, FindingStatus
from xiaoneng.features.inspections.models.inspections import Inspection, InspectionStatus, InspectionType
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.service import carrying_out, plans
from xiaoneng.features.inspections.service.findings import FINDINGS_DOOR, deem_confirmed
from xiaoneng.features.inspections.transitions.inspections import FINDINGS, INSPECTIONS, PLANS
from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio
PLAN_TABLE = """
draft: approve LGL
approved: close LGO
"""
TABLE = """
planned: set_units LGO; draw_units LGO; set_team LGO; draw_team LGO; approve LGL; cancel LGO
approved: set_team LGO; send_notice LGO; begin INS; cancel LGO
noticed: set_team LGO; begin INS; cancel LGO
executing: set_team LGO; finish_unit INS; skip_unit INS; release INS
confirming: conclude INS
confirmed: report INS
reported: follow_up LGO
follow_up: close LGO
"""
FINDING_TABLE = """
recorded: revise INS; withdraw INS
released: confirm UHD ULN; object UHD ULN
objected: uphold LGO; overrule LGO
confirmed: dispose LGO
"""


@pytest.mark.parametrize(
    ("machine", "table", "far"),
    [(PLANS, PLAN_TABLE, {"LGL", "LGO"}), (INSPECTIONS, TABLE, {"LGL", "LGO"}), (FINDINGS, FINDING_TABLE, {"LGO"})],
    ids=["plans", "inspections", "findings"],
)
def test_everything_is_open_exactly_as_agreed(machine: Any, table: str, far: set[str]) -> None:
    assert set(open_cells(machine, OWN)) == agreed(table)
    assert {role for _, _, role in open_cells(machine, FOREIGN)} == far
    blind = [replace(OWN, named_units=OWN.units), replace(OWN, named_persons=frozenset([PERSON]))]
    assert [list(open_cells(machine, standing)) for standing in blind] == [[], []]


def test_every_action_has_an_effect_and_every_effect_an_action() -> None:
    doors = ((plans.DOOR, PLANS), (carrying_out.DOOR, INSPECTIONS), (FINDINGS_DOOR, FINDINGS))
    for door, machine in doors:
        assert set(door._effects) == {row.action for row in machine.transitions}


def made(**more: Any) -> Inspection:
    plain = {"type": InspectionType.DAILY, "status": InspectionStatus.PLANNED, "is_secret": False, "title": "检查"}
    team = {"team_ids": [PERSON, uuid4()], "leader_id": PERSON, "unit_ids": [uuid4()], "created_by": uuid4()}
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 5), "scope": "范围", "created_by_name": "某人"}
    return Inspection(**{**plain, **team, **days, "checklist_id": uuid4(), **more})


@pytest.mark.parametrize(
    ("action", "more", "facts", "code"),
    [
        ("approve", {}, {}, None),
        ("approve", {"unit_ids": []}, {}, "inspections.nothing_to_inspect"),
        ("approve", {"team_ids": [PERSON]}, {}, "inspections.team_incomplete"),
        ("approve", {"leader_id": uuid4()}, {}, "inspections.team_incomplete"),
        ("send_notice", {"status": InspectionStatus.APPROVED, "is_secret": True}, {}, "inspections.is_secret"),
        ("begin", {"status": InspectionStatus.APPROVED}, {}, "inspections.notice_needed"),
        ("begin", {"status": InspectionStatus.APPROVED, "is_secret": True}, {}, None),
        ("begin", {"status": InspectionStatus.NOTICED}, {}, None),
        ("release", {"leader_id": uuid4()}, {}, "inspections.leader_only"),
        ("release", {}, {"visits_left": 1}, "inspections.units_left"),
        ("conclude", {}, {"findings": [FindingStatus.OBJECTED]}, "inspections.findings_open"),
        ("conclude", {}, {"findings": [FindingStatus.CONFIRMED, FindingStatus.DISMISSED]}, None),
        ("follow_up", {}, {"findings": [FindingStatus.CONFIRMED]}, "inspections.findings_open"),
        ("follow_up", {}, {"findings": [FindingStatus.DISPOSED, FindingStatus.WITHDRAWN]}, None),
        ("close", {}, {"items_open": True}, "inspections.items_open"),
    ],
)
def test_rules_of_inspections(action: str, more: dict, facts: dict, code: str | None) -> None:
    refused = policies.denial(action, somebody(Role.INS), made(**more), policies.Facts(**facts))
    assert (refused and refused.code) == code


@pytest.mark.parametrize(
    ("action", "mine", "more", "code"),
    [
        ("revise", True, {}, None),
        ("withdraw", True, {"team_ids": [uuid4()]}, "inspections.not_on_team"),
        ("overrule", True, {}, "inspections.own_finding"),
        ("overrule", False, {}, None),
        ("uphold", False, {"blind_unit_ids": list(OWN.units)}, "inspections.own_unit_inspected"),
        ("dispose", False, {"status": InspectionStatus.CONFIRMED}, "inspections.not_reported"),
        ("dispose", False, {"status": InspectionStatus.REPORTED}, None),
    ],
)
def test_rules_of_findings(action: str, mine: bool, more: dict, code: str | None) -> None:
    finding = Finding(id=uuid4(), unit_id=uuid4(), recorded_by=ME if mine else uuid4(), severity=FindingSeverity.MINOR)
    refused = policies.finding_denial(action, somebody(Role.LGO), finding, made(**more))
    assert (refused and refused.code) == code


TEAM = ("inspector", "inspector2")


async def checklist(world: World) -> str:
    items = (await (await world.as_("office")).get("/inspection-checklists")).json()["items"]
    return next(one["id"] for one in items if one["code"] == "windows")


async def create(world: World, login: str = "office", **more: Any) -> dict[str, Any]:
    body = {"title": "窗口作风检查", "type": "daily", "scope": "政务服务窗口", "starts_on": "2026-12-01", **more}
    body = {"ends_on": "2026-12-31", "checklist_id": await checklist(world), **body}
    answer = await (await world.as_(login)).post("/inspections", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def step(world: World, login: str, about: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    return await done(world, login, "inspections", about, action, **body)


async def approved(world: World, units: tuple[str, ...] = ("ML17", "ML11"), **more: Any) -> dict[str, Any]:
    inspection = await create(world, **more)
    unit_ids = [str(world.units[unit]) for unit in units]
    inspection = await step(world, "office", inspection, "set_units", unit_ids=unit_ids)
    people = [await person(world, login) for login in TEAM]
    inspection = await step(world, "office", inspection, "set_team", leader_id=people[0], person_ids=people)
    return await step(world, "leader", inspection, "approve")


async def executing(world: World, **more: Any) -> dict[str, Any]:
    inspection = await approved(world, **more)
    if not inspection["is_secret"]:
        inspection = await step(world, "office", inspection, "send_notice")
    return await step(world, TEAM[0], inspection, "begin")


def row_of(inspection: dict[str, Any], world: World, unit: str) -> dict[str, Any]:
    return next(row for row in inspection["units"] if row["unit"]["id"] == str(world.units[unit]))


async def record(world: World, row: dict[str, Any], login: str = TEAM[1], **more: Any) -> httpx.Response:
    body = {"id": str(uuid4()), "row_id": row["id"], "problem_code": "TC301", "severity": "ordinary"}
    body |= {"place": "一楼大厅", "facts": "窗口人员态度生硬", "seen_at": clock.now().isoformat(), **more}
    return await (await world.as_(login)).post("/inspection-findings", json=body)


async def found(world: World, row: dict[str, Any], login: str = TEAM[1], **more: Any) -> dict[str, Any]:
    answer = await record(world, row, login, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def visited(world: World, inspection: dict[str, Any]) -> dict[str, Any]:
    """All units answered and finished."""
    client = await world.as_(TEAM[0])
    for row in inspection["units"]:
        sheet = (await client.get(f"/inspection-units/{row['id']}")).json()
        for line in sheet["lines"]:
            body = {"id": str(uuid4()), "item_key": line["key"], "result": "ok", "base_rev": 0}
            body["seen_at"] = clock.now().isoformat()
            answer = await client.post(f"/inspection-units/{row['id']}/answers", json=body)
            assert answer.status_code == 201, answer.text
        inspection = await step(world, TEAM[0], inspection, "finish_unit", unit_id=row["unit"]["id"])
    return inspection


async def finding(world: World, key: str, login: str = "office") -> dict[str, Any]:
    answer = await (await world.as_(login)).get(f"/inspection-findings/{key}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def find(world: World, login: str, about: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    now = await finding(world, about["id"], login)
    return await done(world, login, "inspection-findings", now, action, **body)


async def again(world: World, inspection: dict[str, Any]) -> dict[str, Any]:
    return (await (await world.as_("office")).get(f"/inspections/{inspection['id']}")).json()


async def test_silence_confirms_once_when_the_inspection_says_so(world: World) -> None:
    for silence in (True, False):
        inspection = await executing(world, units=("ML17",), silence_confirms=silence)
        row = row_of(inspection, world, "ML17")
        one = await found(world, row)
        inspection = await visited(world, await again(world, inspection))
        await step(world, TEAM[0], inspection, "release")
        due = (await finding(world, one["id"]))["deadline"]["due_at"]
        for late, count in ((-5, 0), (5, int(silence)), (10, 0)):
            with at(world, datetime.fromisoformat(due) + timedelta(seconds=late)):
                async with world.database.unit_of_work() as session:
                    assert await deem_confirmed(session) == count
        now = await finding(world, one["id"])
        assert (now["status"], now["is_deemed"]) == (("confirmed", True) if silence else ("released", False))
