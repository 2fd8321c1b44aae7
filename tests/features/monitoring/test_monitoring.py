"""Monitoring points: state × action × role, what the units watched see, information to its end, duties and rates."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from tests.features.cases.test_machines import PERSON, UNIT, agreed, open_cells
from tests.features.cases.test_requests import at
from tests.features.cases.test_statements import fewest
from tests.features.cases.test_substitution import person
from tests.fixtures.region import World

from xiaoneng.core.access.schemas import Standing
from xiaoneng.features.monitoring.models.duties import DutyKind
from xiaoneng.features.monitoring.policies import names_source
from xiaoneng.features.monitoring.service import infos, points
from xiaoneng.features.monitoring.service.duties import oblige_all
from xiaoneng.features.monitoring.transitions import INFOS, MONITORS, POINTS
from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio
NAME, WHO, PHONE = "云杉机械厂", "白云帆", "13900001111"
TERMS = """
nominated: appoint LGO; remove LGO
appointed: activate LGO; remove LGO
active: suspend LGO; evaluate LGO; remove LGO
suspended: resume LGO; evaluate LGO; remove LGO
"""
TABLES = {
    "points": (POINTS, TERMS),
    "monitors": (MONITORS, TERMS + "active: report MON; record_visit LGO MON\n"),
    "infos": (
        INFOS,
        """
submitted: screen LGO
screened: open_case LGO; link_letter LGO; note LGO
case_created: feed_back LGO
letter_linked: feed_back LGO
noted: feed_back LGO
fed_back: close LGO MON
""",
    ),
}
OWN, FOREIGN = Standing(assigned=frozenset([PERSON])), Standing()


@pytest.mark.parametrize("name", TABLES)
def test_what_is_ones_own_is_open_exactly_as_agreed(name: str) -> None:
    machine, table = TABLES[name]
    assert set(open_cells(machine, OWN)) == agreed(table)
    assert set(open_cells(machine, FOREIGN)) == {cell for cell in agreed(table) if cell[2] == "LGO"}
    assert list(open_cells(machine, Standing(assigned=OWN.assigned, named_units=frozenset([UNIT])))) == []


def test_every_action_has_an_effect_and_every_effect_an_action() -> None:
    for door in (points.POINT_DOOR, points.MONITOR_DOOR, infos.DOOR):
        assert set(door._effects) == {row.action for row in door.machine.transitions}


def test_a_text_that_tells_the_source_is_seen_through_spaces_and_case() -> None:
    assert names_source("联系 139-0000-1111", [PHONE])
    assert names_source("由ABC 厂反映", ["abc厂"])
    assert not names_source("窗口态度生硬", [NAME, WHO, PHONE])


async def post(world: World, login: str, path: str, about: dict[str, Any] | None = None, **body: Any) -> httpx.Response:
    headers = {"If-Match": f'"{about["rev"]}"'} if about else {}
    return await (await world.as_(login)).post(path, json=body, headers=headers)


async def step(world: World, login: str, kind: str, about: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    answer = await post(world, login, f"/{kind}/{about['id']}/actions/{action}", about, **body)
    assert answer.status_code == 200, f"{action} by {login}: {answer.text}"
    return dict(answer.json())


async def founded(world: World, unit: str = "ML17", who: str | None = "monitor") -> tuple[dict, dict]:
    """An active point that watches a unit, with an active monitor."""
    told = {"name": NAME, "type": "enterprise", "region": "高新片区", "unit_ids": [str(world.units[unit])]}
    answer = await post(world, "office", "/monitoring-points", **told)
    assert answer.status_code == 201, answer.text
    point = answer.json()
    about = {"name": WHO, "phone": PHONE, "person_id": await person(world, who) if who else None}
    answer = await post(world, "office", f"/monitoring-points/{point['id']}/monitors", **about)
    assert answer.status_code == 201, answer.text
    monitor = answer.json()
    for action in ("appoint", "activate"):
        point = await step(world, "office", "monitoring-points", point, action)
        monitor = await step(world, "office", "monitors", monitor, action)
    return point, monitor


async def told(world: World, monitor: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"monitor_id": monitor["id"], "title": "窗口压件", "content": "材料齐全仍压件十天。", **more}
    answer = await post(world, "monitor", "/monitoring-infos", **body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_information_goes_its_way_and_the_case_names_nobody(world: World) -> None:
    _, monitor = await founded(world)
    info = await told(world, monitor, about_unit_id=str(world.units["ML17"]))
    assert (info["status"], info["lamp"], info["available_actions"]) == ("submitted", "blue", [])
    await world.work_off()
    notes = (await (await world.as_("office")).get("/notifications")).json()["items"]
    assert any(one["title"] == f"收到监测信息 {info['no']}，请筛查" for one in notes)
    info = await step(world, "office", "monitoring-infos", info, "screen")
    assert info["lamp"] is None
    path = f"/monitoring-infos/{info['id']}/actions/open_case"
    refused = await post(world, "office", path, info, title="企业反映压件", content=f"{NAME}反映压件。")
    assert refused.json()["code"] == "monitoring.names_source"
    info = await step(
        world, "office", "monitoring-infos", info, "open_case", title="窗口压件", content="材料齐全仍压件。"
    )
    office = await world.as_("office")
    shown = await office.get(f"/cases/{info['case_id']}")
    history = await office.get(f"/cases/{info['case_id']}/timeline")
    assert "监测点" in history.text
    for secret in (NAME, WHO, PHONE, monitor["id"], info["id"], info["no"]):
        assert secret not in shown.text + history.text
    info = await step(world, "office", "monitoring-infos", info, "feed_back", text="已转办")
    await world.work_off()
    mine = (await (await world.as_("monitor")).get("/notifications")).json()["items"]
    assert any(one["title"] == f"您报送的信息 {info['no']} 已有反馈" for one in mine)
    info = await step(world, "monitor", "monitoring-infos", info, "close")
    assert (info["status"], info["available_actions"]) == ("closed", [])
    told_of = (await (await world.as_("monitor")).get(f"/monitoring-infos/{info['id']}/timeline")).json()["items"]
    assert [one["action"] for one in told_of] == ["close", "feed_back", "open_case", "screen", "submit"]
    assert {told_of[0]["actor"]["name"], told_of[-1]["actor"]["name"]} == {"监督员"}


async def test_what_is_noted_or_dealt_with_by_a_letter_is_answered_too(world: World) -> None:
    _, monitor = await founded(world)
    info = await step(world, "office", "monitoring-infos", await told(world, monitor), "screen")
    path = f"/monitoring-infos/{info['id']}/actions/"
    assert (await post(world, "office", path + "link_letter", info, letter_id=monitor["id"])).status_code == 404
    assert (await post(world, "office", path + "note", info)).status_code == 422
    assert (await post(world, "office", path + "feed_back", info, text="好")).json()["code"] == "illegal_transition"
    info = await step(world, "office", "monitoring-infos", info, "note", reason="情况已知")
    info = await step(world, "office", "monitoring-infos", info, "feed_back", text="情况已知")
    assert (info["status"], info["note"]) == ("fed_back", "情况已知")


TABLE_NAMES = ("monitoring_point", "monitor", "monitoring_info", "monitoring_record")
PATHS = ("/monitoring-points", "/monitors", "/monitoring-infos")


async def _seen(world: World, login: str, keys: dict[str, str]) -> list[tuple[int, bytes]]:
    """Everything that could tell a person of a point, as bytes; keys of things stand as zeros."""
    client, answers = await world.as_(login), []
    for path in PATHS:
        key = keys[path]
        asked = (path, f"{path}?with_total=true", f"{path}/{key}", f"{path}/{key}/timeline")
        answers += [await client.get(one) for one in asked]
    answers += [
        await client.get(asked) for asked in ("/monitoring-duties/rates", "/notifications", "/cases?q=云杉机械厂")
    ]
    drop = ("trace_id", "request_id", "instance")
    seen = []
    for one in answers:
        body = one.json()
        told = {name: value for name, value in body.items() if name not in drop}
        text = str(told)
        for key in keys.values():
            text = text.replace(key, "0")
        seen.append((one.status_code, text.encode()))
    return seen


@pytest.mark.parametrize("login", ["cg.head", "cg.liaison", "cg.handler", "leader", "inspector", "auditor", "operator"])
async def test_whoever_is_watched_sees_what_they_would_see_if_there_were_nothing(world: World, login: str) -> None:
    nothing = dict.fromkeys(PATHS, "00000000-0000-4000-8000-000000000000")
    before = await _seen(world, login, nothing)
    point, monitor = await founded(world)
    info = await told(world, monitor)
    await world.work_off()
    there = dict(zip(PATHS, (point["id"], monitor["id"], info["id"]), strict=True))
    assert await _seen(world, login, there) == before


async def test_an_office_worker_of_a_unit_watched_is_kept_out_like_anybody(world: World) -> None:
    own = {"name": NAME, "type": "enterprise", "region": "高新片区", "unit_ids": [str(world.units["ML01"])]}
    assert (await post(world, "office", "/monitoring-points", **own)).json()["code"] == "monitoring.own_unit"
    point, monitor = await founded(world)
    info = await told(world, monitor)
    there = dict(zip(PATHS, (point["id"], monitor["id"], info["id"]), strict=True))
    async with world.database.unit_of_work() as session:
        for table in TABLE_NAMES[:3]:
            change = sa.text(f"UPDATE {table} SET unit_ids = ARRAY[CAST(:unit AS uuid)]")
            await session.execute(change, {"unit": str(world.units["ML01"])})
    office = await world.as_("office")
    for path, key in there.items():
        assert (await office.get(path)).json()["items"] == []
        assert (await office.get(f"{path}/{key}")).status_code == 404
        assert (await office.get(f"{path}/{key}/timeline")).status_code == 404
    assert (await office.get("/monitoring-duties/rates")).json()["items"] == []


async def test_names_are_sealed_in_the_tables(world: World) -> None:
    _, monitor = await founded(world)
    await told(world, monitor)
    await step(world, "monitor", "monitors", monitor, "report", text=f"{WHO}报送")
    async with world.database.unit_of_work() as session:
        asked = [f"SELECT t::text FROM {table} t" for table in TABLE_NAMES]
        asked.append("SELECT t::text FROM timeline_entry t WHERE subject_type LIKE 'monitor%'")
        rows = [row for query in asked for row in (await session.execute(sa.text(query))).scalars()]
    assert len(rows) > len(asked)
    for secret in (NAME, WHO, PHONE, await person(world, "monitor"), "压件"):
        assert not any(secret in row for row in rows), secret


async def test_a_monitor_is_refused_where_it_would_not_be_right(world: World) -> None:
    point, monitor = await founded(world)
    path = f"/monitoring-points/{point['id']}/monitors"
    about = {"name": "程某", "phone": PHONE}
    for login, code in (("cg.head", "monitoring.own_unit"), ("monitor", "monitoring.monitor_twice")):
        answer = await post(world, "office", path, **about, person_id=await person(world, login))
        assert answer.json()["code"] == code
    elsewhere = {"monitor_id": monitor["id"], "title": "别处的事", "content": "不在范围内"}
    answer = await post(world, "monitor", "/monitoring-infos", **elsewhere, about_unit_id=str(world.units["ML11"]))
    assert answer.json()["code"] == "monitoring.unit_not_watched"
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    answer = await post(
        world, "monitor", f"/monitors/{monitor['id']}/actions/record_visit", monitor, visited_on=ahead, text="走访"
    )
    assert answer.json()["code"] == "monitoring.day_ahead"
    point = await step(world, "office", "monitoring-points", point, "suspend", reason="停产检修")
    assert point["duties"] == []
    answer = await post(world, "monitor", f"/monitors/{monitor['id']}/actions/report", monitor, text="一切正常")
    assert answer.json()["code"] == "monitoring.not_active"
    answer = await post(world, "monitor", "/monitoring-infos", **elsewhere)
    assert answer.json()["code"] == "monitoring.not_active"


async def test_the_yearly_evaluation_decides_who_goes_on(world: World) -> None:
    point, monitor = await founded(world)
    year = clock.today().year
    kept = {"year": year, "result": "renew", "text": "履职良好"}
    monitor = await step(world, "office", "monitors", monitor, "evaluate", **kept)
    assert (monitor["status"], monitor["evaluated_year"]) == ("active", year)
    path = f"/monitors/{monitor['id']}/actions/evaluate"
    assert (await post(world, "office", path, monitor, **kept)).json()["code"] == "monitoring.evaluated_already"
    later = {**kept, "year": year + 1}
    assert (await post(world, "office", path, monitor, **later)).json()["code"] == "monitoring.day_ahead"
    ended = {**kept, "result": "remove", "text": "全年未报送"}
    point = await step(world, "office", "monitoring-points", point, "evaluate", **ended)
    assert (point["status"], point["available_actions"], point["duties"]) == ("removed", [], [])
    assert [one["status"] for one in point["monitors"]] == ["removed"]
    again = {"name": "新监督员", "phone": PHONE}
    answer = await post(world, "office", f"/monitoring-points/{point['id']}/monitors", **again)
    assert answer.json()["code"] == "monitoring.point_removed"


async def test_a_report_a_week_and_a_visit_a_month_are_owed_once_and_counted(world: World) -> None:
    _, monitor = await founded(world)
    assert [one["kind"] for one in monitor["duties"]] != []
    async with world.database.unit_of_work() as session:
        assert await oblige_all(session) == 0
    office = await world.as_("office")

    async def rate() -> tuple[int, ...]:
        [row] = (await office.get("/monitoring-duties/rates")).json()["items"]
        return tuple(row[f"{kind}s_{part}"] for kind in DutyKind for part in ("done", "due"))

    assert await rate() == (0, 0, 0, 0)
    monitor = await step(world, "monitor", "monitors", monitor, "report", text="本周无异常")
    assert await rate() == (1, 1, 0, 0)
    today = clock.today().isoformat()
    monitor = await step(world, "monitor", "monitors", monitor, "report", text="补充一件")
    monitor = await step(world, "office", "monitors", monitor, "record_visit", visited_on=today, text="走访企业")
    assert await rate() == (1, 1, 1, 1)
    with at(world, clock.now() + timedelta(days=32)):
        async with world.database.unit_of_work() as session:
            assert await oblige_all(session) == 2
    with at(world, clock.now() + timedelta(days=70)):
        office = await world.as_("office")
        assert await rate() == (1, 2, 1, 2)
        late = (await office.get("/monitoring-duties/rates?since=2100-01-01")).json()["items"]
        assert (late[0]["reports_due"], late[0]["visits_due"]) == (0, 0)


async def test_lists_cost_the_same_however_many_rows(world: World) -> None:
    office = await world.as_("office")
    _, monitor = await founded(world)
    await told(world, monitor)
    paths = (*PATHS, "/monitoring-duties/rates")

    async def counts() -> dict[str, int]:
        return {path: len(await fewest(world, lambda path=path: office.get(path))) for path in paths}

    few = await counts()
    for _ in range(3):
        _, monitor = await founded(world)
        await told(world, monitor)
    assert await counts() == few
