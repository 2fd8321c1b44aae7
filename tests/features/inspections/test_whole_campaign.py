"""A campaign against 办事难 from its template to the archive, everything it asks for on the way (S4-01…S4-12)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.features.campaigns.test_campaigns import moved
from tests.features.campaigns.test_reports import owed
from tests.features.campaigns.test_work import done as step
from tests.features.campaigns.test_work import papers
from tests.features.cases.test_requests import at, upload
from tests.features.inspections.test_inspections import again, approved, find, found, row_of, visited
from tests.features.inspections.test_letters import office_issues
from tests.features.inspections.test_self_checks import opened, tree
from tests.features.rectification.test_acceptance import bodies, draw, signed
from tests.features.rectification.test_chain import plan_of
from tests.fixtures.region import World, done

from xiaoneng.features.campaigns.service import campaigns
from xiaoneng.kit import clock
from xiaoneng.settings import get_settings

pytestmark = pytest.mark.anyio
JULY = datetime(2026, 7, 20, 1, tzinfo=UTC)

SIGNERS = {"LGO": "office", "INS": "inspector", "ACC": "accountability"}


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XIAONENG_STATE_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


async def read(world: World, path: str, login: str = "office") -> dict[str, Any]:
    answer = await (await world.as_(login)).get(path)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def checked(world: World, check: dict[str, Any]) -> str:
    """All institutions have checked themselves; returns the item of the one weak point."""
    [bureau] = await tree(world, check)
    weak = [{"dimension": "attitude", "problem": "窗口人员态度生硬"}]
    bureau = await step(world, "cg.liaison", "self-check-units", bureau, "record", summary="已自查", weak_points=weak)
    for one in await tree(world, check, unit_id=bureau["unit"]["id"]):
        await step(world, "cg.liaison", "self-check-units", one, "record", summary="已自查")
    [bureau] = await tree(world, check)
    bureau = await step(world, "cg.head", "self-check-units", bureau, "submit")
    await step(world, "office", "self-check-units", bureau, "accept")
    check = await read(world, f"/self-checks/{check['id']}")
    check = await step(world, "office", "self-checks", check, "close")
    assert (check["status"], check["coverage"]["percent"]) == ("closed", "100.00")
    key: str = bureau["weak_points"][0]["item_id"]
    return key


async def reported(world: World) -> None:
    [report] = await owed(world, "cg.liaison")
    report = await step(world, "cg.liaison", "campaign-reports", report, "submit", text="自查覆盖三家，问题一个")
    report = await step(world, "office", "campaign-reports", report, "accept")
    assert report["timeliness"] == "on_time"


async def inspected(world: World, campaign: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A surprise inspection of the bureau with one finding that the unit confirms."""
    days = {"starts_on": "2026-07-20", "ends_on": "2026-08-31", "campaign_id": campaign["id"]}
    inspection = await approved(world, ("ML17",), type="undercover", is_secret=True, **days)
    inspection = await step(world, "inspector", "inspections", inspection, "begin")
    finding = await found(world, row_of(inspection, world, "ML17"), file_ids=[await upload(world, "inspector2")])
    inspection = await visited(world, await again(world, inspection))
    inspection = await step(world, "inspector", "inspections", inspection, "release")
    await find(world, "cg.head", finding, "confirm")
    inspection = await step(world, "inspector", "inspections", await again(world, inspection), "conclude")
    inspection = await step(world, "inspector", "inspections", inspection, "report", report="暗访一家，问题一个")
    finding = await find(world, "office", finding, "dispose", disposition="letter")
    return inspection, await read(world, f"/letters/{finding['letter_id']}")


async def answered(world: World, letter: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The letter is issued, received and answered with a plan that opens an item; returns both."""
    for login, action, body in (
        ("leader", "countersign", {}),
        ("leader", "issue", {}),
        ("office", "deliver", {"delivery": "系统送达"}),
        ("cg.head", "receive", {}),
    ):
        letter = await step(world, login, "letters", letter, action, **body)
    await world.work_off()
    problem = letter["problems"][0]["id"]
    plan = {"result_due_on": (clock.today() + timedelta(days=20)).isoformat(), "problem_ids": [problem]}
    letter = await step(world, "cg.liaison", "letters", letter, "reply_plan", text="整改方案如下", **plan)
    return letter, letter["problems"][0]["item_id"]


async def proven(world: World, item: dict[str, Any]) -> dict[str, Any]:
    """Every measure is done and shown, and the head applies for the close-out."""
    file_id = await upload(world, "cg.liaison")
    measures = [one["id"] for one in item["measures"]]
    for measure in measures:
        shown = {"file_id": file_id, "measure_id": measure, "description": "整改后照片"}
        item = await done(world, "cg.liaison", item, "add_evidence", **shown)
    said = {"text": "已完成", "percent": 100, "measure_ids_done": measures}
    item = await done(world, "cg.liaison", item, "report_progress", **said)
    item = await done(world, "cg.head", item, "apply_closeout", statement="情况属实，申请销号")
    return await done(world, "inspector", item, "verify", method="on_site", conclusion="现场已整改到位")


async def closed(world: World, item: dict[str, Any]) -> dict[str, Any]:
    """Office, inspectors and accountability accept it together before it closes."""
    named = await bodies(world)
    item = await done(world, "office", await proven(world, item), "convene", body_ids=[named[one] for one in SIGNERS])
    for role, login in SIGNERS.items():
        item = await signed(world, login, item, named[role])
    assert item["status"] == "accepted"
    item = await read(world, f"/rectification-items/{item['id']}")
    return await done(world, "leader", item, "close", conclusion="同意销号")


async def rectified(world: World, key: str) -> dict[str, Any]:
    item = await read(world, f"/rectification-items/{key}", "cg.liaison")
    item = await done(world, "cg.liaison", item, "plan", **await plan_of(world))
    return await closed(world, await done(world, "office", item, "approve_plan"))


async def looked_back(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """All closed items are looked at again: the first holds, the second has come back and is closed once more."""
    drawn = await draw(world)
    held, back = (await read(world, f"/look-backs/{drawn['id']}/items", "inspector"))["items"]
    holds = await read(world, f"/rectification-items/{held['item_id']}", "inspector")
    await done(world, "inspector", holds, "pass_look_back", check_id=held["id"], finding="没有反弹")
    item = await read(world, f"/rectification-items/{back['item_id']}", "inspector")
    due = (clock.today() + timedelta(days=7)).isoformat()
    item = await done(world, "inspector", item, "rebound", reason="又有投诉", due_on=due, check_id=back["id"])
    assert (item["status"], item["reopened_count"]) == ("rectifying", 1)
    return await read(world, f"/look-backs/{drawn['id']}"), await closed(world, item)


async def ended(world: World, campaign: dict[str, Any]) -> dict[str, Any]:
    """What is owed at each gate is handed in and approved, and the campaign goes to the archive."""
    for paper in await papers(world, "cg.liaison", campaign_id=campaign["id"], status="pending"):
        handed = await step(world, "cg.liaison", "campaign-deliverables", paper, "submit", note="见附件")
        await step(world, "office", "campaign-deliverables", handed, "approve")
    first, *later = campaign["stages"]
    issued = "方案和文件由领导小组办公室印发，不另行报送"
    campaign = await moved(world, campaign, "except_stage", seq=first["seq"], reason=issued)
    for stage in later:
        opens = datetime.fromisoformat(f"{stage['starts_on']}T01:00:00+00:00")
        with at(world, max(clock.now(), opens)):
            async with world.database.unit_of_work() as session:
                await campaigns.open_stages_due(session)
            campaign = await moved(world, campaign, "close_stage", seq=stage["seq"])
    campaign = await moved(
        world, await moved(world, campaign, "summarise"), "close", summary="销号两件，反弹一件已再整改"
    )
    return await moved(world, campaign, "archive")


async def test_a_campaign_against_what_is_hard_to_get_done_runs_from_template_to_archive(world: World) -> None:
    with at(world, JULY):
        await office_issues(world)
        campaign, check = await opened(world)
        own = await checked(world, check)
        await reported(world)
        inspection, letter = await inspected(world, campaign)
        letter, theirs = await answered(world, letter)
        first, second = await rectified(world, own), await rectified(world, theirs)
        assert (first["source"]["type"], second["source"]["label"]) == ("self_check", letter["no"])
        letter = await step(world, "cg.liaison", "letters", letter, "reply_result", text="已整改并销号")
        letter = await step(world, "office", "letters", letter, "accept", note="符合要求")
        letter = await step(world, "office", "letters", letter, "close")
        inspection = await step(world, "office", "inspections", await again(world, inspection), "follow_up")
        inspection = await step(world, "office", "inspections", inspection, "close", conclusion="办结")
        look_back, item = await looked_back(world)
        assert (look_back["drawn"], look_back["rebounded"], look_back["pending"]) == (2, 1, 0)
        assert (letter["status"], inspection["status"], item["status"]) == ("closed", "closed", "closed")
        campaign = await ended(world, await read(world, f"/campaigns/{campaign['id']}"))
    assert campaign["status"] == "archived"
