"""Ledgers as officials keep them: in with every contradiction told, out again unchanged, and taken back."""

import asyncio
import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.fixtures.postgres import REPO
from tests.fixtures.region import World, act, done

from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio
LEDGERS = REPO.parent / "shared" / "data" / "ledgers"
EXPECTED = {
    "A公司": (35, 5),
    "创业公司": (18, 0),
    "压力公司": (6, 1),
    "境外公司": (27, 2),
    "江东公司": (8, 2),
    "蜀国公司": (27, 4),
}
"""Rows, and rows that contradict themselves, of each ledger."""


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


async def begin(world: World, content: bytes, name: str = "台账.xlsx", source: str = "audit") -> dict[str, Any]:
    office = await world.as_("office")
    file = (await office.post("/files", files={"file": (name, content)})).json()
    body = {"kind": "rectification_items", "file_id": file["id"], "source": source}
    answer = await office.post("/imports", json=body)
    assert answer.status_code == 202, answer.text
    await world.work_off()
    return await see(world, answer.json())


async def see(world: World, job: dict[str, Any]) -> dict[str, Any]:
    return dict((await (await world.as_("office")).get(f"/imports/{job['id']}")).json())


async def step(world: World, job: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    headers = {"If-Match": f'"{job["rev"]}"'}
    client = await world.as_("office")
    answer = await client.post(f"/imports/{job['id']}/actions/{action}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    await world.work_off()
    return await see(world, job)


async def checked(world: World, content: bytes, **more: str) -> dict[str, Any]:
    job = await begin(world, content, **more)
    return await step(world, job, "check", mapping=job["mapping"])


async def faults(world: World, job: dict[str, Any]) -> list[dict[str, Any]]:
    client = await world.as_("office")
    found, cursor = [], None
    while True:
        params = {"limit": 100, **({"cursor": cursor} if cursor else {})}
        page = (await client.get(f"/imports/{job['id']}/faults", params=params)).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def exported(world: World) -> bytes:
    office = await world.as_("office")
    ledger = (await office.get("/rectification-ledgers")).json()["items"][0]
    asked = await office.post(f"/rectification-ledgers/{ledger['id']}/exports")
    assert asked.status_code == 202, asked.text
    await world.work_off()
    job = (await office.get(f"/exports/{asked.json()['id']}")).json()
    assert job["state"] == "done", job
    return (await office.get(f"/files/{job['file']['id']}/content")).content


@pytest.mark.parametrize("name", EXPECTED)
async def test_a_real_ledger_comes_in_with_its_errors_listed_and_goes_round_without_a_change(
    world: World, name: str
) -> None:
    path = next(iter(LEDGERS.glob(f"*{name}.xlsx")), None) if LEDGERS.is_dir() else None
    if path is None:
        pytest.skip("the ledgers are not on this machine")
    rows, contradicting = EXPECTED[name]
    content = path.read_bytes()
    job = await checked(world, content)
    assert (job["rows_added"], job["rows_refused"], job["errors"]) == (rows, 0, 0)
    told = await faults(world, job)
    assert len({one["row"] for one in told if one["code"] == "contradicts_done"}) == contradicting
    assert {one["value"].strip() for one in told if one["code"] == "not_applicable"} <= {"/", "\\"}
    assert {one["code"] for one in told} <= {"contradicts_done", "not_applicable", "part_over_whole"}
    job = await step(world, job, "confirm")
    assert (job["state"], job["rows_added"]) == ("done", rows)
    again = await checked(world, await exported(world))
    assert (again["rows_added"], again["rows_known"], again["rows_changed"]) == (0, rows, 0)
    assert Counter((one["row"], one["column"], one["code"]) for one in await faults(world, again)) == Counter(
        (one["row"], one["column"], one["code"]) for one in told
    )


HEAD = [
    "序号",
    "问题编号",
    "问题描述",
    "责任单位",
    "是否整改完成",
    "问题金额（万元）",
    "整改完成数量",
    "未完成整改数量",
    "整改时限",
]
BODY = [
    [1, 11, "窗口排队时间长", "区城市管理局", "是", 12.5, 1, 0, date(2026, 12, 1)],
    [2, 12, "档案缺失", "别处的单位", "否", " /", 0, 1, "立行立改"],
    [3, 13, "档案缺失", "区城市管理局", "是", "约3万", 0, 1, "尽快"],
    [4, 14, "收费不公开", "区城市管理局", "大概", "1,200.50", None, None, None],
    [5, 14, "编号重复", "区城市管理局", "否", 0, 0, 1, None],
    [6, 16, None, "区城市管理局", "否", 0, 0, 1, None],
]


def workbook(rows: list[list[Any]], head: list[str] = HEAD) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, head)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            elif value is not None:
                sheet.write(number, place, value)
    book.add_worksheet("空表")
    book.close()
    return made.getvalue()


async def test_what_is_taken_out_goes_through_libreoffice_without_a_change(world: World, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: the round trip through it was not tried")
    job = await step(world, await checked(world, workbook(BODY)), "confirm")
    assert job["rows_added"] == 4
    file = tmp_path / "ledger.xlsx"
    file.write_bytes(await exported(world))
    for target in ("pdf", "ods", "xlsx"):
        source = tmp_path / "ledger.ods" if target == "xlsx" else file
        await convert(program, source, target, tmp_path)
    assert (tmp_path / "ledger.pdf").read_bytes().startswith(b"%PDF-")
    again = await checked(world, file.read_bytes())
    assert (again["rows_added"], again["rows_known"], again["rows_changed"]) == (0, 4, 0)


async def convert(program: str, source: Path, target: str, folder: Path) -> None:
    """Have LibreOffice open a file and write it anew, beside the loop."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    order = [program, profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(source)]
    await asyncio.to_thread(subprocess.run, order, check=True, capture_output=True, timeout=120)


class TestStaging:
    async def test_every_contradiction_is_told_by_row_and_column_and_nothing_is_mended(self, world: World) -> None:
        job = await checked(world, workbook(BODY))
        told = {(one["row"], one["column"], one["code"]) for one in await faults(world, job)}
        assert told == {
            (3, "问题金额（万元）", "not_applicable"),
            (4, "问题金额（万元）", "not_a_number"),
            (4, "整改完成数量", "contradicts_done"),
            (4, "未完成整改数量", "contradicts_done"),
            (4, "整改时限", "not_a_date"),
            (5, "是否整改完成", "unknown_word"),
            (5, "问题金额（万元）", "number_as_text"),
            (6, "问题编号", "repeated"),
            (7, "问题描述", "missing"),
        }
        assert (job["rows_added"], job["rows_refused"]) == (4, 2)
        job = await step(world, job, "confirm")
        client = await world.as_("office")
        found = (await client.get("/rectification-items", params={"source_type": "import"})).json()["items"]
        assert {(item["status"], item["deadline"], item["lamp"]) for item in found} == {("filed", None, "paused")}
        kept = {}
        for item in found:
            origin = (await client.get(f"/rectification-items/{item['id']}")).json()["ledger"]
            kept[origin["row"]] = {cell["heading"]: cell["value"] for cell in origin["cells"]}
        assert [kept[row]["问题金额（万元）"] for row in (2, 3, 4, 5)] == ["12.5", " /", "约3万", "1,200.50"]

    async def test_a_changed_copy_tells_what_differs_and_takes_it_over(self, world: World) -> None:
        await step(world, await checked(world, workbook(BODY[:3])), "confirm")
        changed = [list(row) for row in BODY[:3]]
        changed[1][4] = "是"
        job = await checked(world, workbook(changed))
        assert (job["rows_known"], job["rows_changed"]) == (3, 1)
        assert [(one["row"], one["column"]) for one in await faults(world, job) if one["code"] == "differs"] == [
            (3, "是否整改完成")
        ]
        job = await step(world, job, "confirm")
        assert (job["rows_added"], job["rows_changed"]) == (0, 1)
        assert (await checked(world, workbook(changed)))["rows_changed"] == 0

    async def test_an_import_is_taken_back_except_what_is_at_work(self, world: World) -> None:
        job = await step(world, await checked(world, workbook(BODY[:3])), "confirm")
        assert job["undoable"]
        client = await world.as_("office")
        found = (await client.get("/rectification-items", params={"source_type": "import"})).json()["items"]
        first = (await client.get(f"/rectification-items/{found[0]['id']}")).json()
        taken = await done(world, "office", first, "adopt", unit_id=str(world.units["ML17"]))
        assert (taken["status"], taken["clocks"][0]["kind"]) == ("registered", "plan")
        job = await step(world, job, "undo")
        assert (job["state"], job["rows_undone"]) == ("undone", 2)
        told = (await client.get("/notifications")).json()["items"][0]
        assert (told["title"], told["body"].split("：")[1]) == ("导入已撤回", "从 3 行中撤回 2 行")
        after = (await client.get("/rectification-items", params={"source_type": "import"})).json()["items"]
        assert sorted(item["status"] for item in after) == ["registered", "voided", "voided"]
        again = await checked(world, workbook(BODY[:3]))
        assert (again["rows_added"], again["rows_known"]) == (2, 1)
        refused = await act(world, "office", first, "adopt", unit_id=str(world.units["ML17"]))
        assert refused.status_code in {409, 412}


def levelled() -> bytes:
    """A heading on three levels below a title, with cells merged in the heading and in the rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("清单")
    sheet.merge_range(0, 0, 0, 5, "审计查出问题整改清单")
    sheet.merge_range(1, 0, 3, 0, "单位名称")
    sheet.merge_range(1, 1, 3, 1, "问题描述")
    sheet.merge_range(1, 2, 1, 4, "整改情况")
    sheet.merge_range(2, 2, 3, 2, "已采取措施")
    sheet.merge_range(2, 3, 2, 4, "追责")
    sheet.write(3, 3, "情形")
    sheet.write(3, 4, "人数")
    sheet.merge_range(1, 5, 3, 5, "是否已完成整改")
    sheet.merge_range(4, 0, 5, 0, "区城市管理局")
    sheet.write_row(4, 1, ["问题一问题", "已改", "诫勉", 2, "是"])
    sheet.write_row(5, 1, ["问题二问题", "在改", "", "/", "持续整改"])
    book.close()
    return made.getvalue()


async def test_levels_and_merged_cells_are_read_and_drawn_again(world: World) -> None:
    job = await begin(world, levelled())
    assert job["headers"] == [
        "单位名称",
        "问题描述",
        "整改情况 › 已采取措施",
        "整改情况 › 追责 › 情形",
        "整改情况 › 追责 › 人数",
        "是否已完成整改",
    ]
    job = await step(world, job, "check", mapping=job["mapping"])
    told = {(one["row"], one["column"], one["code"]) for one in await faults(world, job)}
    assert told == {(6, "整改情况 › 追责 › 人数", "not_applicable")}
    job = await step(world, job, "confirm")
    assert job["rows_added"] == 2
    again = await begin(world, await exported(world))
    assert again["headers"] == job["headers"]
    again = await step(world, again, "check", mapping=again["mapping"])
    assert (again["rows_added"], again["rows_known"], again["rows_changed"]) == (0, 2, 0)
