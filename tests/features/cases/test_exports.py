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


async def _decide(world: World, login: str, export: dict[str, Any], action: str, **body: Any) -> tuple[int, str | None]:
    client = await world.as_(login)
    path = f"/export-approvals/{export['id']}/actions/{action}"
    answer = await client.post(path, json=body or None, headers={"If-Match": f'"{export["rev"]}"'})
    return answer.status_code, answer.json()["code"] if answer.content else None


async def _notices(world: World, login: str) -> list[str]:
    found = (await (await world.as_(login)).get("/notifications")).json()["items"]
    return [one["title"] for one in found if one["subject_type"].startswith("export")]


async def _taken(world: World, login: str, **body: Any) -> list[dict[str, Any]]:
    export = await _ask(world, login, **body)
    if export["state"] == "to_approve":
        assert await _decide(world, "leader", export, "approve") == (204, None)
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
    letters = await _taken(world, "office", filters={"channel": "letter"})
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


async def test_a_confidential_caller_leaves_not_even_masked(world: World) -> None:
    await register(world, caller=CALLER, identity="confidential")
    [plain] = await _taken(world, "office")
    assert (plain["身份"], plain["来电人"], plain["联系电话"]) == ("保密", "", "")
    [clear] = await _taken(world, "office", with_personal=True, reason="逐一回访群众")
    assert (clear["来电人"], clear["联系电话"]) == (CALLER["name"], CALLER["phone"])


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


async def test_personal_data_wait_for_a_second_person(world: World) -> None:
    await register(world, caller=CALLER)
    wanted = {
        "with_personal": True,
        "reason": "逐一回访群众",
        "filters": {"kind": "complaint", "status": ["registered"]},
    }
    export = await _ask(world, "office", **wanted)
    await world.work_off()
    assert (await _see(world, "office", export))["state"] == "to_approve", "nothing is written before"
    assert await _decide(world, "office", export, "approve") == (403, "access.permission_denied")
    leader = await world.as_("leader")
    [waiting] = (await leader.get("/export-approvals")).json()["items"]
    assert waiting["narrowed"] == [{"title": "状态", "text": "待派发"}, {"title": "类型", "text": "投诉"}]
    assert (waiting["rows_total"], waiting["with_personal"]) == (1, True)
    assert [one["action"] for one in waiting["available_actions"]] == ["approve", "refuse"]
    assert await _notices(world, "leader") == ["导出待审批"]
    assert await _decide(world, "leader", export, "refuse", reason="请改用隐去的清单") == (204, None)
    shown = await _see(world, "office", export)
    assert (shown["state"], shown["decided_by_name"], shown["decision"]) == ("refused", "秦望舒", "请改用隐去的清单")
    late = await _decide(world, "leader", {**export, "rev": shown["rev"]}, "approve")
    assert late == (409, "transfers.nothing_to_decide")
    assert await _notices(world, "office") == ["导出未获批准"]


async def test_nobody_approves_their_own_and_many_rows_need_it_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "APPROVAL_ROWS", 1)
    await register(world)
    few = await _ask(world, "leader")
    assert few["state"] == "waiting"
    await register(world)
    many = await _ask(world, "leader")
    assert (many["state"], many["rows_total"]) == ("to_approve", 2)
    assert await _decide(world, "leader", many, "approve") == (409, "transfers.own_export")
    monkeypatch.setattr(exporting, "APPROVAL_ROWS", 1)
    await world.work_off()
    grown = await _see(world, "leader", few)
    assert (grown["state"], grown["failure"]) == ("failed", "transfers.approval_missing"), "the list grew meanwhile"
    assert await _notices(world, "leader") == ["导出没有完成"]
