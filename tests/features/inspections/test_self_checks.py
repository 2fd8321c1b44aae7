"""Self-checks: exactly all, in whole numbers, up through the tree of a whole prefecture (R-04, trap 3, trap 17)."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_settings import BaseSettings
from tests.features.campaigns.test_campaigns import create, moved
from tests.features.campaigns.test_work import act, done
from tests.features.cases.test_machines import FOREIGN, OWN, agreed, open_cells
from tests.fixtures.region import World

from xiaoneng.features.inspections.rules.coverage import Count, Row, children, roll_up
from xiaoneng.features.inspections.service import self_checks
from xiaoneng.features.inspections.transitions.self_checks import CHECKS, UNITS

pytestmark = pytest.mark.anyio
UNIT_TABLE = """
open: record UHD ULN
checked: record UHD ULN; submit UHD
returned: record UHD ULN
submitted: accept LGO; send_back LGO
"""


class Outside(BaseSettings):
    """Where real inputs lie."""

    xiaoneng_shared_data: Path = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def prefecture() -> list[Row[str]]:
    """A whole prefecture: 1,831 units, none of which has checked itself."""
    file = Outside().xiaoneng_shared_data / "divisions" / "changsha_4301_tree.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not here; XIAONENG_SHARED_DATA says where the real inputs are")
    rows = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
    return [Row(row["code"], row["parent_code"] or None, done=False) for row in rows]


def test_a_unit_is_open_exactly_as_agreed() -> None:
    assert set(open_cells(UNITS, OWN)) == agreed(UNIT_TABLE)
    assert {role for _, _, role in open_cells(UNITS, FOREIGN)} == {"LGO"}
    assert set(self_checks.DOOR._effects) == {row.action for row in CHECKS.transitions}
    assert set(self_checks.ROWS._effects) == {row.action for row in UNITS.transitions}


def test_the_coverage_of_a_prefecture_is_exact(prefecture: list[Row[str]]) -> None:
    _, whole = roll_up(prefecture)
    assert (whole.required, whole.done, whole.percent, whole.is_complete) == (1831, 0, Decimal("0.00"), False)
    but_one = [Row(row.unit, row.parent, done=place > 0) for place, row in enumerate(reversed(prefecture))]
    counts, whole = roll_up(but_one)
    assert (whole.done, whole.percent, whole.is_complete) == (1830, Decimal("99.94"), False)
    last = next(row for row in but_one if not row.done)
    assert not counts[last.unit].is_complete
    above = {row.unit: row.parent for row in but_one}
    unit = last.parent
    while unit in counts:
        assert not counts[unit].is_complete, unit
        unit = above[unit]
    _, whole = roll_up([Row(row.unit, row.parent, done=True) for row in prefecture])
    assert (whole.percent, whole.is_complete) == (Decimal("100.00"), True)
    districts = children(prefecture)["4301"]
    assert sum(counts[unit].required for unit in districts) == 1830


@pytest.mark.parametrize(
    ("done_", "required", "percent"),
    [(9_999, 10_000, "99.99"), (99_999, 100_000, "99.99"), (2_999_999, 3_000_000, "99.99"), (0, 0, "0")],
)
def test_what_is_nearly_all_is_not_all(done_: int, required: int, percent: str) -> None:
    count = Count(required, done_)
    assert (count.percent, count.is_complete) == (Decimal(percent), False)


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40))
def test_every_count_is_that_of_the_units_below(drawn: list[tuple[int, bool]]) -> None:
    rows = [Row(place, above if above < place else None, done=done_) for place, (above, done_) in enumerate(drawn)]
    counts, whole = roll_up(rows)
    above = {row.unit: row.parent for row in rows}

    def under(unit: int | None, top: int) -> bool:
        while unit is not None:
            if unit == top:
                return True
            unit = above[unit]
        return False

    for top in above:
        below = [row for row in rows if under(row.unit, top)]
        assert (counts[top].required, counts[top].done) == (len(below), sum(row.done for row in below))
    assert (whole.required, whole.done) == (len(rows), sum(row.done for row in rows))


async def opened(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A running campaign of self-checks for the city management and its two institutions."""
    campaign = await create(world, template_code="hard_to_get_done", unit_ids=[str(world.units["ML17"])])
    campaign = await moved(world, campaign, "publish", basis_no="珠效办〔2026〕3号")
    campaign = await moved(world, campaign, "start")
    answer = await (await world.as_("office")).post("/self-checks", json={"campaign_id": campaign["id"]})
    assert answer.status_code == 201, answer.text
    return campaign, answer.json()


async def tree(world: World, check: dict[str, Any], login: str = "office", **below: str) -> list[dict[str, Any]]:
    answer = await (await world.as_(login)).get(f"/self-checks/{check['id']}/coverage", params=below)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_every_institution_counts_and_the_head_signs_when_all_have_checked(world: World) -> None:
    campaign, check = await opened(world)
    assert check["coverage"] == {"required": 3, "done": 0, "percent": "0.00", "is_complete": False}
    again = await (await world.as_("office")).post("/self-checks", json={"campaign_id": campaign["id"]})
    assert again.json()["code"] == "inspections.checked_already"
    [bureau] = await tree(world, check)
    below = await tree(world, check, unit_id=bureau["unit"]["id"])
    assert sorted(one["unit"]["name"] for one in below) == ["城管执法大队", "市容环卫中心"]
    weak = [{"dimension": "attitude", "problem": "窗口人员态度生硬"}]
    bureau = await done(world, "cg.liaison", "self-check-units", bureau, "record", summary="已自查", weak_points=weak)
    assert bureau["coverage"]["percent"] == "33.33"
    item_id = bureau["weak_points"][0]["item_id"]
    item = (await (await world.as_("cg.liaison")).get(f"/rectification-items/{item_id}")).json()
    assert (item["problem"], item["source"]["type"], item["status"]) == ("窗口人员态度生硬", "self_check", "registered")
    early = await act(world, "cg.head", "self-check-units", bureau, "submit")
    assert early.json()["code"] == "inspections.coverage_incomplete"
    for one in below:
        await done(world, "cg.liaison", "self-check-units", one, "record", summary="已自查")
    [bureau] = await tree(world, check)
    assert bureau["coverage"]["is_complete"] is True
    bureau = await done(world, "cg.head", "self-check-units", bureau, "submit")
    bureau = await done(world, "office", "self-check-units", bureau, "send_back", reason="缺少佐证")
    assert (bureau["status"], bureau["coverage"]["is_complete"]) == ("returned", True)
    assert (await act(world, "zj.liaison", "self-check-units", bureau, "record", summary="代查")).status_code == 404
    check = (await (await world.as_("office")).get(f"/self-checks/{check['id']}")).json()
    check = await done(world, "office", "self-checks", check, "close")
    assert (check["status"], check["coverage"]["percent"]) == ("closed", "100.00")


async def test_who_is_added_after_the_freeze_counts_and_the_log_says_why(world: World) -> None:
    _, check = await opened(world)
    extra, gone = str(world.units["ML11"]), str(world.units["ML1701"])
    check = await done(world, "office", "self-checks", check, "add_units", unit_ids=[extra], reason="补列住建局")
    assert check["coverage"]["required"] == 4
    check = await done(world, "office", "self-checks", check, "remove_units", unit_ids=[gone], reason="机构撤并")
    assert check["coverage"]["required"] == 3
    for action, unit in (("add_units", extra), ("remove_units", gone)):
        refused = await act(world, "office", "self-checks", check, action, unit_ids=[unit], reason="重复操作")
        assert refused.json()["code"] == "inspections.list_refused"
    check = await done(world, "office", "self-checks", check, "add_units", unit_ids=[gone], reason="恢复")
    log = (await (await world.as_("office")).get(f"/self-checks/{check['id']}/changes")).json()["items"]
    assert [(one["kind"], one["reason"]) for one in log] == [
        ("add", "恢复"),
        ("remove", "机构撤并"),
        ("add", "补列住建局"),
    ]
    assert check["changes_count"] == 3
    refused = await act(world, "office", "self-checks", check, "close")
    assert refused.json()["code"] == "inspections.coverage_incomplete"
    assert len(await tree(world, check)) == 2
    [own] = await tree(world, check, "zj.liaison")
    assert own["unit"]["name"] == "区住房和城乡建设局"
