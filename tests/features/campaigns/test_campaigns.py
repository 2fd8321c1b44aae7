"""A campaign from a template to the archive: who may move it, who sees it, and when its stages open."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.features.cases.test_machines import FOREIGN, OWN, agreed, open_cells
from tests.features.cases.test_requests import at
from tests.fixtures.region import World

from xiaoneng.features.campaigns.service import campaigns, templates
from xiaoneng.features.campaigns.transitions import CAMPAIGNS
from xiaoneng.kit import clock

pytestmark = pytest.mark.anyio
TABLE = """
draft: plan_stages LGO UHD; publish LGO UHD; add_units LGO UHD; remove_units LGO UHD
published: plan_stages LGO UHD; start LGO UHD; add_units LGO UHD; remove_units LGO UHD
running: add_units LGO UHD; remove_units LGO UHD; suspend LGO UHD; summarise LGO UHD
running: close_stage LGO UHD; except_stage LGO UHD
summarising: close_stage LGO UHD; except_stage LGO UHD
suspended: resume LGO UHD
summarising: close LGO UHD
closed: archive LGO UHD
"""


def test_a_campaign_is_open_exactly_as_agreed() -> None:
    assert set(open_cells(CAMPAIGNS, OWN)) == agreed(TABLE)
    assert {role for _, _, role in open_cells(CAMPAIGNS, FOREIGN)} == {"LGO"}
    assert set(campaigns.DOOR._effects) == {row.action for row in CAMPAIGNS.transitions}


async def create(world: World, login: str = "office", **more: Any) -> dict[str, Any]:
    """A draft of the given template; the county's when none is named."""
    body = {"template_code": "county_overhaul", **more}
    answer = await (await world.as_(login)).post("/campaigns", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def step(world: World, login: str, about: dict[str, Any], action: str, **body: Any) -> httpx.Response:
    path = f"/campaigns/{about['id']}/actions/{action}"
    return await (await world.as_(login)).post(path, json=body, headers={"If-Match": f'"{about["rev"]}"'})


async def moved(world: World, about: dict[str, Any], action: str, login: str = "office", **body: Any) -> dict[str, Any]:
    answer = await step(world, login, about, action, **body)
    assert answer.status_code == 200, f"{action}: {answer.text}"
    return answer.json()


async def running(world: World, **more: Any) -> dict[str, Any]:
    """A campaign that has started."""
    campaign = await create(world, **more)
    campaign = await moved(world, campaign, "publish", basis_no="明政办〔2026〕12号")
    return await moved(world, campaign, "start")


async def test_the_twenty_tasks_begin_with_one_click(world: World) -> None:
    client = await world.as_("office")
    shown = (await client.get("/campaign-templates")).json()["items"]
    assert [one["code"] for one in shown] == list(templates.SHIPPED)
    [twenty] = [one for one in shown if one["tasks_count"] == 20]
    campaign = await create(world, template_code=twenty["code"])
    assert (campaign["title"], campaign["status"], campaign["stages"]) == ("“正风”行动", "draft", [])
    assert campaign["units_count"] == len(campaign["units"]) == 29
    assert (await client.get("/campaign-templates/none")).status_code == 404
    refused = await client.post("/campaigns", json={"template_code": "none"})
    assert refused.json()["code"] == "campaigns.template_unknown"


async def test_units_see_a_campaign_once_it_is_published_and_only_if_they_take_part(world: World) -> None:
    chosen = [str(world.units["ML17"])]
    campaign = await create(world, unit_ids=chosen)
    path = f"/campaigns/{campaign['id']}"
    assert (await (await world.as_("cg.liaison")).get(path)).status_code == 404
    campaign = await moved(world, campaign, "publish", basis_no="明政办〔2026〕12号")
    seen = await (await world.as_("cg.liaison")).get(path)
    assert (seen.status_code, seen.json()["available_actions"]) == (200, [])
    assert (await (await world.as_("zj.liaison")).get(path)).status_code == 404
    assert (await (await world.as_("zj.liaison")).get("/campaigns")).json()["items"] == []
    assert (await step(world, "cg.head", campaign, "start")).json()["code"] == "access.permission_denied"
    campaign = await moved(world, campaign, "remove_units", unit_ids=chosen, reason="机构撤并")
    refused = await step(world, "office", campaign, "start")
    assert refused.json()["code"] == "campaigns.nobody_takes_part"


async def test_a_township_follows_with_a_campaign_of_its_own(world: World) -> None:
    above = await running(world)
    town = str(world.units["ML31"])
    below = await create(world, "dh.head", parent_id=above["id"], host_unit_id=town)
    assert {one["name"] for one in below["units"]} == {"东湖社区", "望江社区"}
    assert [one["title"] for one in below["stages"]] == [one["title"] for one in above["stages"]]
    client = await world.as_("office")
    children = (await client.get("/campaigns", params={"parent_id": above["id"]})).json()["items"]
    assert [one["id"] for one in children] == [below["id"]]
    outside = {"template_code": "county_overhaul", "host_unit_id": town, "unit_ids": [str(world.units["ML17"])]}
    assert (await client.post("/campaigns", json=outside)).json()["code"] == "campaigns.not_below_host"
    other = {"template_code": "county_overhaul", "host_unit_id": str(world.units["ML32"])}
    assert (await (await world.as_("dh.head")).post("/campaigns", json=other)).status_code == 403


async def test_stages_open_with_their_windows_and_a_campaign_ends_after_them(world: World) -> None:
    campaign = await running(world, template_code="county_overhaul")
    assert [one["status"] for one in campaign["stages"]] == ["open", "planned", "planned", "planned", "planned"]
    assert (await step(world, "office", campaign, "summarise")).json()["code"] == "campaigns.stages_open"
    with at(world, clock.now() + timedelta(days=31)):
        for _ in range(2):
            async with world.database.unit_of_work() as session:
                await campaigns.open_stages_due(session)
        shown = (await (await world.as_("office")).get(f"/campaigns/{campaign['id']}")).json()
        assert [one["status"] for one in shown["stages"]][:3] == ["open", "open", "planned"]
        assert [one["overdue"] for one in shown["stages"]][:2] == [True, False]
        assert shown["stages"][1]["rev"] == 2


async def test_windows_can_be_changed_before_it_runs_and_must_follow_each_other(world: World) -> None:
    campaign = await create(world)
    windows = [{name: stage[name] for name in ("seq", "starts_on", "ends_on")} for stage in campaign["stages"]]
    windows[0]["ends_on"] = windows[1]["starts_on"]
    for wrong in (windows, windows[1:]):
        refused = await step(world, "office", campaign, "plan_stages", windows=wrong)
        assert refused.json()["code"] == "campaigns.windows_refused"
    later = datetime.fromisoformat(windows[1]["starts_on"]) + timedelta(days=1)
    windows[1]["starts_on"] = later.date().isoformat()
    changed = await moved(world, campaign, "plan_stages", windows=windows)
    assert changed["stages"][0]["ends_on"] == windows[0]["ends_on"]
    history = (await (await world.as_("office")).get(f"/campaigns/{campaign['id']}/timeline")).json()["items"]
    assert [one["title"] for one in history] == ["调整阶段时间", "建立活动"]
