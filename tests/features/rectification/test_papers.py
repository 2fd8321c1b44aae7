"""Lists, forms and records as Word and PDF: filled in from the item, by a job, for whoever may see it (§3.8, S0-04)."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.features.rectification.test_acceptance import closed, draw
from tests.features.rectification.test_chain import rectifying
from tests.fixtures.region import World

from xiaoneng.core.documents.errors import FontsMissing
from xiaoneng.core.documents.service import fonts
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


async def made(world: World, login: str, address: str, **body: Any) -> tuple[dict[str, Any], bytes]:
    """The finished export of a paper and what it holds."""
    client = await world.as_(login)
    asked = await client.post(address, json=body)
    assert asked.status_code == 202, asked.text
    await world.work_off()
    job = (await client.get(f"/exports/{asked.json()['id']}")).json()
    content = b"" if job["file"] is None else (await client.get(f"/files/{job['file']['id']}/content")).content
    return job, content


def cells(content: bytes) -> list[list[list[str]]]:
    tables = docx.Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


async def test_a_form_says_what_the_item_says(world: World) -> None:
    item = await closed(world)
    address = f"/rectification-items/{item['id']}/papers"
    job, content = await made(world, "cg.head", address, paper="closeout", format="docx")
    assert (job["state"], job["file"]["name"].endswith(".docx")) == ("done", True)
    [table] = cells(content)
    filled = {row[0]: row[1] for row in table}
    assert filled["整改编号"] == item["no"]
    assert filled["问题"] == item["problem"]
    assert item["measures"][0]["text"] in filled["整改措施及完成情况"]
    assert item["closeout_statement"] in filled["单位主要负责人申请意见"]
    job, content = await made(world, "office", address, paper="acceptance", format="docx")
    filled = {row[0]: row[1] for row in cells(content)[0]}
    assert item["verification"]["by"] in filled["核查情况"]
    assert filled["验收结论"] == item["conclusion"]


async def test_the_three_lists_hold_the_rows_of_their_pages(world: World) -> None:
    item = await rectifying(world)
    job, content = await made(
        world,
        "office",
        "/rectification-list-papers",
        view="responsibility",
        format="docx",
        unit_id=item["lead_unit"]["id"],
    )
    assert job["rows_total"] == 1
    document = docx.Document(io.BytesIO(content))
    assert "".join(line.text for line in document.paragraphs) == "区城市管理局责任清单"
    [[titles, row]] = cells(content)
    assert titles == ["序号", "编号", "问题", "责任单位", "配合单位", "责任领导", "责任人", "完成时限"]
    assert (row[1], row[3], row[5]) == (item["no"], "区城市管理局", item["responsible_leader"]["name"])
    for view in ("rectification", "institution"):
        job, _ = await made(world, "office", "/rectification-list-papers", view=view, format="docx")
        assert (job["state"], job["rows_total"]) == ("done", 1 if view == "rectification" else 0)


async def test_a_unit_gets_its_own_rows_only(world: World) -> None:
    item = await rectifying(world)
    _, content = await made(world, "zj.head", "/rectification-list-papers", view="rectification", format="docx")
    [rows] = cells(content)
    assert len(rows) == 1
    address, body = f"/rectification-items/{item['id']}/papers", {"paper": "closeout", "format": "docx"}
    answers = [
        (await (await world.as_(login)).post(address, json=body)).status_code for login in ("zj.head", "cg.liaison")
    ]
    assert answers == [404, 403]


async def test_the_record_of_a_look_back_lets_anybody_repeat_the_draw(world: World) -> None:
    item = await closed(world)
    drawn = await draw(world)
    _, content = await made(world, "office", f"/look-backs/{drawn['id']}/papers", format="docx")
    facts, rows = cells(content)
    told = {row[0]: row[1] for row in facts} | {row[2]: row[3] for row in facts}
    assert (told["随机种子"], told["名单校验值"]) == (drawn["seed"], drawn["population_hash"])
    assert [row[1] for row in rows[1:]] == [item["no"]]


async def test_without_fonts_a_pdf_ends_with_the_reason(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    item = await rectifying(world)
    address = f"/rectification-items/{item['id']}/papers"
    monkeypatch.setattr(fonts, "_WANTED", dict.fromkeys(fonts._WANTED, ("No Such Font",)))
    monkeypatch.setattr(fonts, "_SERIF", ())
    monkeypatch.setattr(fonts, "_SANS", ())
    fonts.fonts.cache_clear()
    job, _ = await made(world, "office", address, paper="closeout", format="pdf")
    fonts.fonts.cache_clear()
    assert (job["state"], job["failure"], job["failure_title"]) == ("failed", FontsMissing.code, FontsMissing.title_zh)
