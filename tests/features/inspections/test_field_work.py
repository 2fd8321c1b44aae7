"""In the field, from a device that was offline: sent twice, sent late, and somebody else was there first."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.features.inspections.test_inspections import TEAM, again, executing, found, record, row_of, step, visited
from tests.fixtures.region import World

from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio


async def answer(world: World, row: dict[str, Any], login: str = TEAM[0], **more: Any) -> httpx.Response:
    body = {"id": str(uuid4()), "item_key": "manners", "result": "ok", "base_rev": 0, **more}
    body = {"seen_at": clock.now().isoformat(), **body}
    return await (await world.as_(login)).post(f"/inspection-units/{row['id']}/answers", json=body)


async def sheet(world: World, row: dict[str, Any]) -> dict[str, Any]:
    return (await (await world.as_(TEAM[0])).get(f"/inspection-units/{row['id']}")).json()


async def test_an_answer_sent_again_is_the_same_and_over_another_it_is_refused(world: World) -> None:
    row = row_of(await executing(world, units=("ML17",)), world, "ML17")
    key = str(uuid4())
    first = await answer(world, row, id=key)
    assert (first.status_code, first.json()["rev"]) == (201, 1)
    theirs = await answer(world, row, TEAM[1], result="problem", base_rev=1)
    assert theirs.json()["rev"] == 2
    assert (await answer(world, row, id=key)).json()["rev"] == 1
    mine = str(uuid4())
    refused = await answer(world, row, id=mine, result="not_applicable", base_rev=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "inspections.answer_changed")
    assert [one["result"] for one in (await sheet(world, row))["answers"]] == ["problem"]
    kept = await answer(world, row, id=mine, result="not_applicable", base_rev=2)
    assert kept.json()["rev"] == 3
    taken = await answer(world, row, TEAM[1], id=mine, base_rev=3)
    assert taken.json()["code"] == "inspections.id_taken"


async def test_of_two_at_once_one_is_told(world: World) -> None:
    row = row_of(await executing(world, units=("ML17",)), world, "ML17")
    answers = await asyncio.gather(*(answer(world, row, login) for login in TEAM * 4))
    assert sorted(one.status_code for one in answers) == [201] + [409] * 7


async def test_a_finding_sent_again_is_one_and_says_when_it_was_seen(world: World) -> None:
    inspection = await executing(world, units=("ML17",))
    row = row_of(inspection, world, "ML17")
    key, seen_at = str(uuid4()), clock.now() - timedelta(hours=3)
    both = await asyncio.gather(*(record(world, row, id=key, seen_at=seen_at.isoformat()) for _ in range(4)))
    assert {one.status_code for one in both if one.status_code != 409} == {201}
    items = (await (await world.as_("office")).get("/inspection-findings")).json()["items"]
    assert [one["id"] for one in items] == [key]
    assert items[0]["seen_at"] < both[0].json().get("uploaded_at", items[0]["seen_at"] + "Z")
    other = await record(world, row, TEAM[0], id=key)
    assert other.json()["code"] == "inspections.id_taken"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"seen_at": "2031-01-01T08:00:00+08:00"}, "inspections.seen_later"),
        ({"problem_code": None}, "inspections.code_refused"),
        ({"severity": "good"}, "inspections.code_refused"),
        ({"problem_code": "NOPE"}, "taxonomy.unknown_code"),
        ({"item_key": "nope"}, "inspections.line_unknown"),
        ({"file_ids": [str(uuid4())]}, "files.not_attachable"),
    ],
)
async def test_what_a_finding_refuses_leaves_nothing(world: World, more: dict, code: str) -> None:
    row = row_of(await executing(world, units=("ML17",)), world, "ML17")
    refused = await record(world, row, **more)
    assert refused.json()["code"] == code, refused.text
    assert (await sheet(world, row))["findings"] == []


async def test_after_the_visit_nothing_is_added_but_what_arrived_before_is_told_again(world: World) -> None:
    inspection = await executing(world, units=("ML17",))
    row = row_of(inspection, world, "ML17")
    key = str(uuid4())
    one = await found(world, row, id=key)
    await visited(world, await again(world, inspection))
    assert (await record(world, row)).json()["code"] == "inspections.not_in_the_field"
    late = await answer(world, row, base_rev=1)
    assert late.json()["code"] == "inspections.not_in_the_field"
    assert (await found(world, row, id=key))["rev"] == one["rev"]


async def test_a_visit_ends_with_every_line_answered_or_with_a_reason(world: World) -> None:
    inspection = await executing(world, units=("ML17", "ML11"))
    headers = {"If-Match": f'"{inspection["rev"]}"'}
    unit = str(world.units["ML17"])
    path = f"/inspections/{inspection['id']}/actions"
    client = await world.as_(TEAM[0])
    left = await client.post(f"{path}/finish_unit", json={"unit_id": unit}, headers=headers)
    assert left.json()["code"] == "inspections.answers_left"
    inspection = await step(world, TEAM[0], inspection, "skip_unit", unit_id=unit, reason="机构搬迁")
    row = row_of(inspection, world, "ML17")
    assert (row["status"], row["skip_reason"]) == ("skipped", "机构搬迁")
    headers = {"If-Match": f'"{inspection["rev"]}"'}
    gone = await client.post(f"{path}/finish_unit", json={"unit_id": unit}, headers=headers)
    assert gone.json()["code"] == "inspections.unit_unknown"


async def test_the_same_problem_in_the_same_unit_is_warned_about(world: World) -> None:
    row = row_of(await executing(world, units=("ML17",)), world, "ML17")
    one = await found(world, row)
    ask = {"unit_id": str(world.units["ML17"]), "problem_code": "TC301"}
    alike = (await (await world.as_(TEAM[1])).get("/inspection-findings/alike", params=ask)).json()
    assert (alike["days"], [item["id"] for item in alike["items"]]) == (180, [one["id"]])
    other = (await (await world.as_("inspector3")).get("/inspection-findings/alike", params=ask)).json()
    assert other["items"] == []
