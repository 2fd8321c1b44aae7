"""Periodic reports: the days of R-03 for every quarter of the domain, who owes them, lateness, and the roll-up."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from tests.core.worktime.national import national_calendar
from tests.features.campaigns.test_campaigns import create, moved, running, step
from tests.features.campaigns.test_work import act, done
from tests.features.cases.test_machines import FOREIGN, OWN, agreed, open_cells
from tests.features.cases.test_requests import at
from tests.fixtures.region import World

from xiaoneng.core.worktime.rules.limits import due
from xiaoneng.core.worktime.rules.seeds import preset_policies
from xiaoneng.features.campaigns.models.reports import ReportRule
from xiaoneng.features.campaigns.rules.periods import Period, ended, period_of
from xiaoneng.features.campaigns.service import campaigns, reports
from xiaoneng.features.campaigns.transitions import REPORTS
from xiaoneng.kit.clock import REGION_ZONE

pytestmark = pytest.mark.anyio
TABLE = """
owed: submit UHD ULN
returned: submit UHD ULN
submitted: accept LGO; send_back LGO
"""
VECTORS = {
    "2014Q4": "2015-01-08",
    "2015Q1": "2015-04-08",
    "2015Q2": "2015-07-07",
    "2015Q3": "2015-10-13",
    "2015Q4": "2016-01-08",
    "2019Q3": "2019-10-12",
    "2020Q3": "2020-10-14",
    "2021Q3": "2021-10-13",
    "2023Q3": "2023-10-11",
    "2024Q3": "2024-10-12",
    "2025Q3": "2025-10-14",
    "2025Q4": "2026-01-08",
    "2026Q1": "2026-04-08",
    "2026Q2": "2026-07-07",
    "2026Q3": "2026-10-13",
}


def test_a_report_is_open_exactly_as_agreed() -> None:
    assert set(open_cells(REPORTS, OWN)) == agreed(TABLE)
    assert {role for _, _, role in open_cells(REPORTS, FOREIGN)} == {"LGO"}
    assert set(reports.DOOR._effects) == {row.action for row in REPORTS.transitions}


@pytest.mark.parametrize("name", VECTORS)
def test_a_quarterly_report_is_due_five_working_days_after_its_quarter(name: str) -> None:
    year, quarter = int(name[:4]), int(name[-1])
    period = period_of(ReportRule.QUARTER, date(year, quarter * 3, 15))
    assert period.name == name
    [limit] = [one.limit for one in preset_policies() if one.code == "periodic_report.quarter"]
    ends = due(national_calendar(), datetime.combine(period.last, time.max, REGION_ZONE), limit)
    assert (ends.due_on, ends.provisional) == (date.fromisoformat(VECTORS[name]), False)
    assert ends.due_at is not None
    assert ends.due_at.astimezone(REGION_ZONE).time() == time.max


def test_periods_follow_each_other_over_the_years() -> None:
    found = list(ended(ReportRule.QUARTER, date(2026, 11, 25), date(2027, 7, 1)))
    assert [one.name for one in found] == ["2026Q4", "2027Q1", "2027Q2"]
    assert list(ended(ReportRule.QUARTER, date(2026, 11, 25), date(2026, 12, 31))) == []
    months = list(ended(ReportRule.MONTH, date(2027, 12, 31), date(2028, 3, 1)))
    assert [(one.name, one.last.day) for one in months] == [("2027-12", 31), ("2028-01", 31), ("2028-02", 29)]
    assert period_of(ReportRule.WEEK, date(2027, 1, 1)) == Period("2026W53", date(2026, 12, 28), date(2027, 1, 3))
    assert list(ended(ReportRule.FIXED_DATE, date(2026, 1, 1), date(2027, 1, 1))) == []


NOVEMBER = datetime(2026, 11, 25, 1, tzinfo=UTC)


async def ask(world: World) -> int:
    async with world.database.unit_of_work() as session:
        return await reports.ask_for_ended(session)


async def owed(world: World, login: str, **chosen: Any) -> list[dict[str, Any]]:
    return (await (await world.as_(login)).get("/campaign-reports", params={"limit": 100, **chosen})).json()["items"]


async def test_a_quarter_is_reported_in_time_late_or_not_and_rolled_up(world: World) -> None:
    codes = ("ML17", "ML11", "ML05")
    with at(world, NOVEMBER):
        campaign = await running(
            world, template_code="twenty_tasks", unit_ids=[str(world.units[code]) for code in codes]
        )
        assert await ask(world) == 0
    with at(world, datetime(2026, 12, 31, 17, tzinfo=UTC)):
        assert await ask(world) == 3
        assert await ask(world) == 0
        [mine] = await owed(world, "cg.liaison")
        assert (mine["period"], mine["timeliness"], mine["due_on"][:7]) == ("2026Q4", "due", "2027-01")
        mine = await done(world, "cg.liaison", "campaign-reports", mine, "submit", text="本季度暗访 6 次")
        assert mine["timeliness"] == "on_time"
        mine = await done(world, "office", "campaign-reports", mine, "accept")
    with at(world, datetime(2027, 2, 1, 1, tzinfo=UTC)):
        [late] = await owed(world, "zj.liaison")
        assert late["timeliness"] == "missing"
        late = await done(world, "zj.liaison", "campaign-reports", late, "submit", text="本季度整改 12 件")
        assert late["timeliness"] == "late"
        late = await done(world, "office", "campaign-reports", late, "send_back", reason="缺少数据")
        assert (late["status"], late["timeliness"]) == ("returned", "missing")
        late = await done(world, "zj.liaison", "campaign-reports", late, "submit", text="整改 12 件，群众满意 11 件")
        office = await world.as_("office")
        [row] = (await office.get(f"/campaigns/{campaign['id']}/reports")).json()["items"]
        counted = {name: row[name] for name in ("obliged", "on_time", "late", "missing", "waiting", "accepted")}
        assert counted == {"obliged": 3, "on_time": 1, "late": 1, "missing": 1, "waiting": 0, "accepted": 1}
        params = {"duty_id": row["duty_id"], "period": "2026Q4"}
        whole = (await office.get(f"/campaigns/{campaign['id']}/consolidated-report", params=params)).json()
        assert [one["name"] for one in whole["missing_units"]] == ["区教育局"]
        assert [one["name"] for one in whole["late_units"]] == ["区住房和城乡建设局"]
        assert "【区城市管理局】\n本季度暗访 6 次" in whole["text"]
        assert "群众满意 11 件" in whole["text"]


async def test_only_units_that_take_part_on_the_last_day_owe_the_period(world: World) -> None:
    both = [str(world.units[code]) for code in ("ML17", "ML11")]
    with at(world, NOVEMBER):
        campaign = await running(world, template_code="twenty_tasks", unit_ids=both[:1])
    with at(world, datetime(2026, 12, 30, 1, tzinfo=UTC)):
        campaign = await moved(world, campaign, "remove_units", unit_ids=both[:1], reason="机构撤并")
        campaign = await moved(world, campaign, "add_units", unit_ids=both[1:], reason="承接职能")
    with at(world, datetime(2027, 1, 1, 1, tzinfo=UTC)):
        assert await ask(world) == 1
        assert await owed(world, "cg.liaison") == []
        assert len(await owed(world, "zj.liaison")) == 1


async def test_the_day_of_a_report_is_whole_and_its_stage_waits_for_it(world: World) -> None:
    """R-06, S4-07: 8月10日 lasts until midnight; the stage of self-checks does not close without the report."""
    with at(world, datetime(2026, 7, 20, 1, tzinfo=UTC)):
        campaign = await create(world, template_code="hard_to_get_done", unit_ids=[str(world.units["ML17"])])
        campaign = await moved(world, campaign, "publish", basis_no="珠效办〔2026〕3号")
        await moved(world, campaign, "start")
        [report] = await owed(world, "cg.liaison")
        assert (report["period"], report["due_on"], report["rule"]) == ("2026-08-10", "2026-08-10", "fixed_date")
    with at(world, datetime(2026, 8, 10, 15, 59, tzinfo=UTC)):
        assert [one["timeliness"] for one in await owed(world, "cg.liaison")] == ["due"]
    with at(world, datetime(2026, 8, 10, 16, 1, tzinfo=UTC)):
        [report] = await owed(world, "cg.liaison")
        assert report["timeliness"] == "missing"
        refused = await act(world, "zj.liaison", "campaign-reports", report, "submit", text="代报")
        assert refused.status_code == 404
        async with world.database.unit_of_work() as session:
            assert await campaigns.open_stages_due(session) == [2, 3]
        campaign = (await (await world.as_("office")).get(f"/campaigns/{campaign['id']}")).json()
        refused = await step(world, "office", campaign, "close_stage", seq=2)
        assert refused.json()["detail"] == "1 份报告未报送；尚未组织自查"
        await done(world, "cg.liaison", "campaign-reports", report, "submit", text="自查自纠总结")
        refused = await step(world, "office", campaign, "close_stage", seq=2)
        assert refused.json()["detail"] == "尚未组织自查"
