"""Whoever a report names cannot find it (信访工作条例 30): byte for byte as if it did not exist."""

import pytest
from tests.fixtures.region import World, act, register

pytestmark = pytest.mark.anyio
NAMED = ("cg.head", "cg.liaison", "cg.handler")
EVERYBODY = (*NAMED, "zj.liaison", "office", "inspector", "monitor", "auditor", "operator2")


def probes(case: dict) -> list[str]:
    return [
        "/cases",
        "/cases?sort=-received_at",
        "/cases?q=%E8%BF%9D%E8%A7%84%E6%94%B6%E8%B4%B9",
        f"/cases?q={case['no']}",
        f"/cases?unit_id={case['unit']}",
        "/cases?status=registered",
        f"/cases/{case['id']}",
        f"/cases/{case['id']}/timeline",
        "/desk",
        "/notifications",
        "/notifications/unread_count",
        "/statistics/reply-latency",
        f"/rectification-items?source_type=case&source_id={case['id']}",
    ]


async def seen(world: World, login: str, paths: list[str]) -> list[tuple[int, dict]]:
    client = await world.as_(login)
    answers = [await client.get(path) for path in paths]
    return [(answer.status_code, {**answer.json(), "request_id": ""}) for answer in answers]


async def report(world: World) -> dict:
    named = {"named_unit_ids": [str(world.units["ML17"])]}
    case = await register(world, kind="report", title="反映违规收费", content="窗口人员违规收费。", **named)
    return {**case, "unit": str(world.units["ML17"])}


async def test_nobody_but_the_leader_and_accountability_sees_a_report(world: World) -> None:
    ghost = {"id": "0198c0de-0000-7000-8000-000000000000", "no": "SQ20260101000001", "unit": str(world.units["ML17"])}
    before = {login: await seen(world, login, probes(ghost)) for login in EVERYBODY}
    case = await report(world)
    await world.work_off()
    for login in EVERYBODY:
        after = await seen(world, login, probes(case))
        for (status, body), (old_status, old_body), path in zip(after, before[login], probes(case), strict=True):
            body.pop("instance", None), old_body.pop("instance", None)
            assert (status, body) == (old_status, old_body), f"{login} {path}"
    for login in ("leader", "accountability"):
        assert (await (await world.as_(login)).get(f"/cases/{case['id']}")).status_code == 200


async def test_named_leader_does_not_see_it_either(world: World) -> None:
    people = (await (await world.as_("office")).get(f"/units/{world.units['ML01']}/people")).json()["items"]
    named = next(person["id"] for person in people if person["name"] == "秦望舒")
    case = await register(
        world, kind="report", title="反映作风问题", content="反映有关作风问题。", named_person_ids=[named]
    )
    assert (await (await world.as_("leader")).get(f"/cases/{case['id']}")).status_code == 404
    assert (await (await world.as_("accountability")).get(f"/cases/{case['id']}")).status_code == 200


async def test_a_report_is_not_dispatched_to_units(world: World) -> None:
    case = await report(world)
    answer = await act(world, "operator", case, "dispatch", unit_id=str(world.units["ML11"]))
    assert answer.status_code == 404
