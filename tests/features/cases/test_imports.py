"""Tables of cases that are brought in: tried out first, each row once, with its times as they were."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from tests.fixtures.region import World

from xiaoneng.core.transfers.models.imports import ImportState
from xiaoneng.core.transfers.service import importing
from xiaoneng.core.worktime.jobs import fire_due
from xiaoneng.features.cases.service import searching
from xiaoneng.kit import clock
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio
HEAD = "工单编号,标题,受理时间,截止时间,结案时间,按期,承办单位,来电号码,备注"
ROWS = [
    "A1,路灯不亮,2015-03-02 09:00:05,2015-03-09 17:30:00,2015-03-09 17:30:00,是,区城市管理局,13900001234,夜间",
    "A2,路灯不亮,2015-03-02 09:00:05,2015-03-09 17:30:00,2015-03-09 17:30:01,否,区城市管理局,,",
    "A3,水管漏水,2015-03-02 09:00,,2015-03-04 09:00,是,,,",
    "A4,垃圾未清,2015-03-02 09:00,2015-03-09,,,,,",
    "A5,垃圾未清,2015-03-02 09:00,2015-03-09 17:30,2015-03-01 09:00,是,,,",
    "A6,井盖松动,2015-03-02 09:00,2015-03-09 17:30,2015-03-10 09:00,是,,,",
    "A7,,03/02/2015,,,,没有的单位,不是电话,",
    "A1,路灯又坏,2015-03-02 09:00,,,,,,",
    "A8,噪声扰民,2015-03-02 09:00",
]
MAPPING = {
    "external_no": "工单编号",
    "title": "标题",
    "received_at": "受理时间",
    "due_at": "截止时间",
    "closed_at": "结案时间",
    "on_time": "按期",
    "unit": "承办单位",
    "caller_phone": "来电号码",
}
CONSTANTS = {"kind": "投诉", "channel": "12345"}


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


async def _begin(world: World, content: bytes, name: str = "清单.csv", source: str = "old") -> dict[str, Any]:
    office = await world.as_("office")
    file = (await office.post("/files", files={"file": (name, content)})).json()
    answer = await office.post("/imports", json={"kind": "cases", "file_id": file["id"], "source": source})
    assert answer.status_code == 202, answer.text
    await world.work_off()
    return await _see(world, answer.json())


async def _see(world: World, job: dict[str, Any]) -> dict[str, Any]:
    return dict((await (await world.as_("office")).get(f"/imports/{job['id']}")).json())


async def _act(world: World, job: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    headers = {"If-Match": f'"{job["rev"]}"'}
    client = await world.as_("office")
    answer = await client.post(f"/imports/{job['id']}/actions/{action}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    await world.work_off()
    return await _see(world, job)


async def _brought_in(world: World, content: bytes, **more: str) -> dict[str, Any]:
    job = await _begin(world, content, **more)
    job = await _act(world, job, "check", mapping=MAPPING, constants=CONSTANTS)
    return await _act(world, job, "confirm")


async def _sql(world: World, query: str) -> list[tuple[Any, ...]]:
    async with world.database.unit_of_work() as session:
        return [tuple(row) for row in (await session.execute(text(query))).all()]


async def test_a_table_is_tried_out_and_says_what_is_wrong_where(world: World) -> None:
    job = await _begin(world, "\n".join([HEAD, *ROWS]).encode("gb18030"))
    assert (job["state"], job["encoding"], job["headers"]) == ("mapping", "gb18030", HEAD.split(","))
    assert job["samples"][0][:2] == ["A1", "路灯不亮"]
    assert job["mapping"].items() >= {"external_no": "工单编号", "received_at": "受理时间", "unit": "承办单位"}.items()
    job = await _act(world, job, "check", mapping=MAPPING, constants=CONSTANTS)
    faults = (await (await world.as_("office")).get(f"/imports/{job['id']}/faults?limit=100")).json()["items"]
    assert [(one["row"], one["column"], one["severity"], one["code"]) for one in faults] == [
        (5, "截止时间", "warning", "end_of_day"),
        (6, "结案时间", "error", "closed_before_received"),
        (7, "按期", "warning", "flag_contradicts"),
        (8, "标题", "error", "missing"),
        (8, "受理时间", "error", "not_a_moment"),
        (8, "承办单位", "error", "unknown_unit"),
        (8, "来电号码", "error", "bad_phone"),
        (9, "工单编号", "error", "repeated"),
        (10, "", "error", "columns_differ"),
    ]
    counted = {name: job[name] for name in ("rows_total", "rows_added", "rows_known", "rows_refused", "errors")}
    assert counted == {"rows_total": 9, "rows_added": 5, "rows_known": 0, "rows_refused": 4, "errors": 7}
    assert (await _sql(world, 'SELECT count(*) FROM "case"'))[0] == (0,), "nothing is written yet"
    report = await (await world.as_("office")).get(f"/files/{job['report']['id']}/content")
    [_, *rows] = CalamineWorkbook.from_filelike(io.BytesIO(report.content)).get_sheet_by_index(0).to_python()
    assert [row[5] for row in rows] == [one["code"] for one in faults]
    assert (await (await world.as_("leader")).get(f"/files/{job['report']['id']}/content")).status_code == 404


async def test_rows_come_in_once_with_their_times_and_their_judgement(world: World) -> None:
    content = "\n".join([HEAD, *ROWS]).encode()
    job = await _brought_in(world, content)
    assert (job["state"], job["rows_added"], job["rows_refused"]) == ("done", 5, 4)
    cases = await _sql(
        world,
        """SELECT external_no, status, close_reason, l.state, l.stopped_at <= l.due_at, lead_unit_id IS NOT NULL
           FROM "case" k LEFT JOIN clock l ON l.subject_id = k.id ORDER BY external_no""",
    )
    assert cases == [
        ("A1", "closed", "imported", "stopped", True, True),
        ("A2", "closed", "imported", "stopped", False, True),
        ("A3", "closed", "imported", None, None, False),
        ("A4", "registered", None, "running", None, False),
        ("A6", "closed", "imported", "stopped", False, False),
    ]
    office = await world.as_("office")
    async with world.database.unit_of_work() as session:
        await searching.read_texts(session)
    [listed] = (await office.get("/cases?status=closed&q=路灯不亮&sort=received_at&limit=1")).json()["items"]
    shown = (await office.get(f"/cases/{listed['id']}")).json()
    assert (shown["received_at"], shown["closed_at"]) == ("2015-03-02T09:00:05+08:00", "2015-03-09T17:30:00+08:00")
    assert shown["clocks"][0]["deadline"]["overdue"] is False
    assert shown["caller"]["phone_masked"] == "139****1234"
    timeline = (await office.get(f"/cases/{listed['id']}/timeline")).json()["items"]
    assert [(entry["action"], entry["changes"]["row"]) for entry in timeline] == [("import", 2)]
    assert (await _sql(world, "SELECT raw_values FROM \"case\" WHERE external_no = 'A1'")) == [({"备注": "夜间"},)]
    again = await _brought_in(world, content)
    assert (again["state"], again["rows_added"], again["rows_known"]) == ("done", 0, 5)
    other = await _brought_in(world, content, source="other")
    assert other["rows_added"] == 5, "another source has numbers of its own"


async def test_a_limit_that_was_over_before_the_import_does_not_warn(world: World) -> None:
    soon = clock.local(clock.now() + timedelta(days=20)).replace(microsecond=0)
    coming = f"B1,井盖松动,2026-11-02 09:00,{soon:%Y-%m-%d %H:%M:%S},,,,,"
    await _brought_in(world, "\n".join([HEAD, ROWS[3], coming]).encode())
    clocks = await _sql(world, "SELECT level, next_fire_at, due_at, policy_code FROM clock ORDER BY due_at")
    assert clocks[0][:2] == (3, None), "red already, and told to nobody"
    level, fires, due, code = clocks[1]
    assert (level, due, code) == (0, soon, "imported")
    assert clock.now() < fires < due
    async with world.database.unit_of_work() as session:
        assert await fire_due(session, clock.now()) == 0


async def test_a_killed_import_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    rows = [f"C{n},路灯不亮,2015-03-02 09:00,,,,,," for n in range(7)]
    job = await _begin(world, "\n".join([HEAD, *rows]).encode())
    job = await _act(world, job, "check", mapping=MAPPING, constants=CONSTANTS)
    office = await world.as_("office")
    await office.post(f"/imports/{job['id']}/actions/confirm", json={}, headers={"If-Match": f'"{job["rev"]}"'})
    written = importing.move
    calls = 0

    async def die(*given: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise RuntimeError("killed")
        await written(*given)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "move", die)
        with pytest.raises(RuntimeError):
            await importing.do_step(world.database, job["id"])
    assert (await _sql(world, 'SELECT count(*) FROM "case"')) == [(4,)]
    await importing.do_step(world.database, job["id"])
    job = await _see(world, job)
    assert (job["state"], job["rows_done"], job["rows_added"], job["rows_known"]) == ("done", 7, 7, 0)
    await world.work_off()
    assert (await _sql(world, 'SELECT count(*), count(DISTINCT external_no) FROM "case"')) == [(7, 7)]


async def test_steps_are_kept_and_mappings_remembered(world: World) -> None:
    content = "\n".join([HEAD, ROWS[0]]).encode()
    job = await _begin(world, content)
    office = await world.as_("office")
    path = f"/imports/{job['id']}/actions"
    now = {"If-Match": f'"{job["rev"]}"'}
    early = await office.post(f"{path}/confirm", json={}, headers=now)
    assert (early.status_code, early.json()["code"]) == (409, "transfers.wrong_step")
    wrong = {"mapping": {"title": "没有这列", "colour": "标题"}, "constants": {"external_no": "1"}}
    refused = await office.post(f"{path}/check", json=wrong, headers=now)
    assert refused.json()["code"] == "transfers.mapping_refused"
    assert {one["path"].rpartition(".")[2] for one in refused.json()["errors"]} == {
        *("kind", "channel", "received_at"),
        *("title", "colour", "external_no"),
    }
    job = await _act(world, job, "check", mapping=MAPPING, constants=CONSTANTS)
    assert (await office.post(f"{path}/cancel")).json()["state"] == ImportState.CANCELLED
    assert (await office.post(f"{path}/cancel")).json()["code"] == "transfers.over"
    again = await _begin(world, content)
    assert (again["mapping"], again["constants"]) == (MAPPING, CONSTANTS)
    broken = await _begin(world, b"one column\nonly\n")
    assert (broken["state"], broken["failure"]) == ("failed", "transfers.unreadable")
    stranger = await world.as_("leader")
    assert (await stranger.get(f"/imports/{job['id']}")).status_code == 403
