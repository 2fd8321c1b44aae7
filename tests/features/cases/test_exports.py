"""Lists of cases that are taken out as workbooks."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from tests.fixtures.region import World, done, register

from xiaoneng.core.transfers.service import exporting, exports
from xiaoneng.features.cases.repository import exports as rows
from xiaoneng.kit import clock
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio
CALLER = {"name": "林小满", "phone": "13900001234"}


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


async def _ask(world: World, login: str, **body: Any) -> dict[str, Any]:
    answer = await (await world.as_(login)).post("/case-exports", json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/api/v1/exports/{answer.json()['id']}"
    return dict(answer.json())


async def _see(world: World, login: str, export: dict[str, Any]) -> dict[str, Any]:
    return dict((await (await world.as_(login)).get(f"/exports/{export['id']}")).json())


async def _rows(world: World, login: str, export: dict[str, Any]) -> list[dict[str, Any]]:
    file = (await _see(world, login, export))["file"]
    answer = await (await world.as_(login)).get(f"/files/{file['id']}/content")
    assert answer.headers["content-disposition"].startswith("attachment;")
    [head, *body] = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


async def _taken(world: World, login: str, **body: Any) -> list[dict[str, Any]]:
    export = await _ask(world, login, **body)
    await world.work_off()
    return await _rows(world, login, export)


async def test_everybody_takes_out_what_they_see(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 2)
    ours = [await register(world, title=f"=路灯不亮{n}", caller=CALLER) for n in range(3)]
    for case in ours:
        await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
    other = await register(world, title="水管漏水", channel="letter")
    named = [str(world.units["ML17"])]
    sealed = await register(world, kind="report", title="反映违规收费", content="收费。", named_unit_ids=named)
    by_no = {row["编号"]: row for row in await _taken(world, "office")}
    assert by_no.keys() == {case["no"] for case in [*ours, other]}, "a report is not in the office's list"
    assert by_no[ours[0]["no"]]["标题"] == "=路灯不亮0"
    assert by_no[ours[0]["no"]]["联系电话"] == "139****1234"
    assert [row["编号"] for row in await _taken(world, "cg.head")] == [case["no"] for case in reversed(ours)]
    assert sealed["no"] in {row["编号"] for row in await _taken(world, "leader")}
    letters = await _taken(world, "office", filters={"channel": "letter", "limit": 5, "sort": "due_at"})
    assert [row["编号"] for row in letters] == [other["no"]]


async def test_personal_data_leave_with_a_reason_on_record(world: World) -> None:
    case = await register(world, caller=CALLER)
    refused = await (await world.as_("office")).post("/case-exports", json={"with_personal": True})
    assert (refused.status_code, refused.json()["code"]) == (422, "transfers.reason_missing")
    wanted = {"with_personal": True, "reason": "逐一回访群众"}
    [row] = await _taken(world, "office", **wanted)
    assert (row["来电人"], row["联系电话"]) == (CALLER["name"], CALLER["phone"])
    [masked] = await _taken(world, "auditor", **wanted)
    assert masked["联系电话"] == "139****1234", "who may not look at callers gets them masked"
    async with world.database.unit_of_work() as session:
        reads = (
            await session.execute(text("SELECT subject_id::text, action, reason FROM timeline_entry WHERE is_read"))
        ).all()
    assert (case["id"], "export_caller", wanted["reason"]) in reads
    assert [action for _, action, reason in reads if reason == wanted["reason"]].count("export") == 2
    assert sum(action == "download_file" for _, action, _ in reads) == 2


async def test_a_result_is_its_requesters_alone_until_it_expires(world: World) -> None:
    await register(world)
    export = await _ask(world, "office")
    await world.work_off()
    shown = await _see(world, "office", export)
    assert (shown["state"], shown["rows_done"], shown["rows_total"]) == ("done", 1, 1)
    content = f"/files/{shown['file']['id']}/content"
    stranger = await world.as_("leader")
    assert [(await stranger.get(path)).status_code for path in (content, f"/exports/{export['id']}")] == [404, 404]
    assert (await stranger.get("/exports")).json()["items"] == []
    with clock.frozen(clock.now() + exporting.KEPT_FOR + timedelta(minutes=1)):
        async with world.database.unit_of_work() as session:
            assert len(await exports.sweep(session)) == 1
    assert (await (await world.as_("office")).get(content)).status_code == 404
    assert (await _see(world, "office", export))["file"] is None


async def test_an_export_can_be_stopped_and_runs_once(world: World) -> None:
    await register(world)
    office = await world.as_("office")
    export = await _ask(world, "office")
    stopped = await office.post(f"/exports/{export['id']}/actions/cancel")
    assert (stopped.status_code, stopped.json()["state"]) == (200, "cancelled")
    await world.work_off()
    assert (await _see(world, "office", export))["state"] == "cancelled"
    again = await office.post(f"/exports/{export['id']}/actions/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "transfers.over")
    opened = [await _ask(world, "office") for _ in range(exports.MAX_OPEN)]
    assert (await office.post("/case-exports", json={})).json()["code"] == "transfers.too_many"
    await world.work_off()
    await exporting.write_export(world.database, opened[0]["id"])
    assert (await _see(world, "office", opened[0]))["rev"] == (await _see(world, "office", opened[1]))["rev"]


async def test_a_post_that_ends_ends_the_export(world: World) -> None:
    await register(world)
    export = await _ask(world, "office")
    async with world.database.unit_of_work() as session:
        await session.execute(text("UPDATE account SET disabled_at = now() WHERE login = 'office'"))
    await world.work_off()
    async with world.database.unit_of_work() as session:
        query = text("SELECT state, failure, file_id FROM export_job WHERE id = :id")
        assert tuple((await session.execute(query, {"id": export["id"]})).one()) == (
            "failed",
            "transfers.no_longer_allowed",
            None,
        )
