"""Changing the tree in a real database."""

import asyncio
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from tests.core.organization.region import FOUNDED, new_unit

from xiaoneng.core.organization.errors import (
    CodeTaken,
    DateOutOfOrder,
    FileUnreadable,
    HasChildren,
    RootIsFixed,
    TreeCycle,
    UnitGone,
)
from xiaoneng.core.organization.models import Unit, UnitType
from xiaoneng.core.organization.schemas.units import UnitAbolish, UnitMove, UnitRename
from xiaoneng.core.organization.service import directory, forest, units
from xiaoneng.core.organization.service.imports import import_units
from xiaoneng.core.timeline.models import TimelineEntry
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Database
from xiaoneng.kit.problems import NotFound, PreconditionFailed

pytestmark = pytest.mark.anyio
WHY = "机构改革方案"
LONG_AGO = date(2023, 3, 1)


async def entries(database, subject_id):
    async with database.unit_of_work() as session:
        query = sa.select(TimelineEntry.action, TimelineEntry.reason).where(TimelineEntry.subject_id == subject_id)
        return [tuple(row) for row in await session.execute(query.order_by(TimelineEntry.at))]


async def change(database, operation, *given):
    async with database.unit_of_work() as session:
        return await operation(session, SYSTEM, *given)


async def names_of(database, as_of=None):
    async with database.unit_of_work() as session:
        return {item.id: item.name for item in (await directory.tree(session, as_of)).items}


async def reach_of(database, unit_id, as_of=None):
    async with database.unit_of_work() as session:
        return await directory.subtree(session, [unit_id], as_of)


class TestCreate:
    async def test_a_new_unit_stands_in_the_tree_from_its_first_day(self, database, region):
        made = await new_unit(database, region["bureau"], "质量科", valid_from=LONG_AGO)
        assert (await names_of(database))[made] == "质量科"
        assert made not in await names_of(database, LONG_AGO - timedelta(days=1))
        assert made in await reach_of(database, region["county"])
        assert await entries(database, made) == [("create", None)]

    async def test_the_code_of_a_living_unit_is_taken(self, database, region):
        with pytest.raises(CodeTaken):
            await new_unit(database, region["county"], code="bureau")

    async def test_a_region_has_one_root(self, database, region):
        with pytest.raises(RootIsFixed):
            await new_unit(database, None)

    async def test_the_parent_must_exist_on_the_first_day(self, database, region):
        with pytest.raises(UnitGone):
            await new_unit(database, ids.new_id())
        with pytest.raises(UnitGone):
            await new_unit(database, region["county"], valid_from=FOUNDED - timedelta(days=1))

    async def test_the_database_itself_refuses_a_second_root_and_a_second_code(self, database, region):
        for row in ({"parent_id": None, "code": "other"}, {"parent_id": region["county"], "code": "bureau"}):
            with pytest.raises(sa.exc.IntegrityError):
                await self.insert(database, row)

    async def insert(self, database, row):
        async with database.unit_of_work() as session:
            common = {"name": "甲", "short_name": "甲", "type": UnitType.COUNTY, "level": 3}
            session.add(Unit(**common, **row, valid_from=FOUNDED, state_from=FOUNDED))


class TestRename:
    async def test_the_old_name_stays_for_earlier_days(self, database, region):
        made = await new_unit(database, region["county"], "旧名局")
        async with database.unit_of_work() as session:
            await units.rename_unit(session, SYSTEM, made, UnitRename(name="新名局", effective_on=LONG_AGO, reason=WHY))
        assert (await names_of(database, LONG_AGO - timedelta(days=1)))[made] == "旧名局"
        assert (await names_of(database, LONG_AGO))[made] == "新名局"
        async with database.unit_of_work() as session:
            assert (await directory.unit_refs(session, [made]))[made].name == "新名局"
        assert await entries(database, made) == [("create", None), ("rename", WHY)]

    async def test_two_names_within_one_day_leave_one_state(self, database, region):
        made = await new_unit(database, region["county"], "甲局", valid_from=None)
        for name in ("乙局", "丙局"):
            async with database.unit_of_work() as session:
                await units.rename_unit(session, SYSTEM, made, UnitRename(name=name, reason=WHY))
        assert (await names_of(database))[made] == "丙局"

    @pytest.mark.parametrize("day", [FOUNDED - timedelta(days=1), date(2999, 1, 1)])
    async def test_a_day_before_the_present_state_or_in_the_future(self, database, region, day):
        with pytest.raises(DateOutOfOrder):
            async with database.unit_of_work() as session:
                await units.rename_unit(
                    session, SYSTEM, region["town"], UnitRename(name="甲", effective_on=day, reason=WHY)
                )

    async def test_a_stale_revision(self, database, region):
        with pytest.raises(PreconditionFailed):
            async with database.unit_of_work() as session:
                await units.rename_unit(session, SYSTEM, region["town"], UnitRename(name="甲", reason=WHY), 99)

    async def test_a_unit_that_never_was(self, database, region):
        with pytest.raises(NotFound):
            async with database.unit_of_work() as session:
                await units.rename_unit(session, SYSTEM, ids.new_id(), UnitRename(name="甲", reason=WHY))

    async def test_a_rollback_shows_nobody_the_new_name(self, database, region):
        async def rename_and_stop():
            async with database.unit_of_work() as session:
                await units.rename_unit(session, SYSTEM, region["town"], UnitRename(name="幻影镇", reason=WHY))
                await session.flush()
                assert (await directory.unit_refs(session))[region["town"]].name == "幻影镇"
                assert (await names_of(database))[region["town"]] == "柳溪镇"
                raise InterruptedError

        with pytest.raises(InterruptedError):
            await rename_and_stop()
        assert (await names_of(database))[region["town"]] == "柳溪镇"


class TestMove:
    async def test_the_subtree_moves_along_and_the_past_stays(self, database, region):
        parent = await new_unit(database, region["county"], "中心")
        child = await new_unit(database, parent, "分中心")
        async with database.unit_of_work() as session:
            move = UnitMove(parent_id=region["bureau"], effective_on=LONG_AGO, reason=WHY)
            await units.move_unit(session, SYSTEM, parent, move)
        assert {parent, child} <= await reach_of(database, region["bureau"])
        assert not {parent, child} & await reach_of(database, region["bureau"], LONG_AGO - timedelta(days=1))

    async def test_below_itself(self, database, region):
        for target in ("bureau", "station"):
            move = UnitMove(parent_id=region[target], reason=WHY)
            with pytest.raises(TreeCycle):
                await change(database, units.move_unit, region["bureau"], move)

    async def test_below_what_stood_below_it_on_that_day(self, database, region):
        upper = await new_unit(database, region["county"], "上")
        lower = await new_unit(database, upper, "下")
        away = UnitMove(parent_id=region["county"], effective_on=date(2024, 1, 1), reason=WHY)
        await change(database, units.move_unit, lower, away)
        back = UnitMove(parent_id=lower, effective_on=LONG_AGO, reason=WHY)
        with pytest.raises(TreeCycle):
            await change(database, units.move_unit, upper, back)

    async def test_the_root_stays(self, database, region):
        with pytest.raises(RootIsFixed):
            async with database.unit_of_work() as session:
                await units.move_unit(session, SYSTEM, region["county"], UnitMove(parent_id=region["town"], reason=WHY))

    async def test_two_moves_at_once_cannot_close_a_cycle(self, database, region):
        one, two = [await new_unit(database, region["county"], name) for name in ("东", "西")]

        async def move(unit, parent):
            async with database.unit_of_work() as session:
                await units.move_unit(session, SYSTEM, unit, UnitMove(parent_id=parent, reason=WHY))

        outcomes = await asyncio.gather(move(one, two), move(two, one), return_exceptions=True)
        assert sorted(type(outcome) for outcome in outcomes if outcome) == [TreeCycle]
        assert {one, two} <= await reach_of(database, region["county"])


class TestAbolish:
    async def test_the_unit_ends_the_day_before_and_the_successor_knows(self, database, region):
        day = clock.today()
        old, new = [await new_unit(database, region["county"], name) for name in ("老局", "新局")]
        async with database.unit_of_work() as session:
            end = UnitAbolish(effective_on=day, successor_ids=(new, new), reason=WHY)
            await units.abolish_unit(session, SYSTEM, old, end)
        assert old not in await names_of(database, day)
        assert old in await names_of(database, day - timedelta(days=1))
        async with database.unit_of_work() as session:
            assert (await directory.get_unit(session, new)).successor_of == [old]
            assert (await directory.unit_refs(session, [old]))[old].name == "老局"
            assert await directory.find_unit(session, old) is None
            with pytest.raises(UnitGone):
                await directory.require_unit(session, old)
        assert await entries(database, old) == [("create", None), ("abolish", WHY)]

    async def test_a_merger_has_one_successor_of_several(self, database, region):
        first, second, new = [await new_unit(database, region["county"], name) for name in "甲乙丙"]
        for old in (first, second):
            async with database.unit_of_work() as session:
                await units.abolish_unit(session, SYSTEM, old, UnitAbolish(successor_ids=(new,), reason=WHY))
        async with database.unit_of_work() as session:
            assert (await directory.get_unit(session, new)).successor_of == [first, second]

    async def test_an_end_to_come(self, database, region):
        day = clock.today() + timedelta(days=30)
        old = await new_unit(database, region["county"], "将撤局")
        async with database.unit_of_work() as session:
            await units.abolish_unit(session, SYSTEM, old, UnitAbolish(effective_on=day, reason=WHY))
        assert old in await names_of(database)
        assert old not in await names_of(database, day)
        with pytest.raises(UnitGone):
            await new_unit(database, old)
        with pytest.raises(UnitGone):
            async with database.unit_of_work() as session:
                await units.rename_unit(session, SYSTEM, old, UnitRename(name="甲", reason=WHY))

    async def test_a_freed_code_can_be_used_again(self, database, region):
        old = await new_unit(database, region["county"], code="again")
        async with database.unit_of_work() as session:
            await units.abolish_unit(session, SYSTEM, old, UnitAbolish(reason=WHY))
        assert await new_unit(database, region["county"], code="again") != old

    @pytest.mark.parametrize(
        ("nick", "change", "error"),
        [
            ("bureau", {}, HasChildren),
            ("county", {}, RootIsFixed),
            ("village", {"effective_on": FOUNDED}, DateOutOfOrder),
            ("village", {"successor_ids": ("00000000-0000-0000-0000-000000000001",)}, UnitGone),
            ("village", {"successor_ids": "self"}, TreeCycle),
        ],
    )
    async def test_refusals(self, database, region, nick, change, error):
        if change.get("successor_ids") == "self":
            change = {"successor_ids": (region[nick],)}
        with pytest.raises(error):
            async with database.unit_of_work() as session:
                await units.abolish_unit(session, SYSTEM, region[nick], UnitAbolish(reason=WHY, **change))


class TestImport:
    FILE = "code,name,level,parent_code\nh1,桥东镇,township,county\nh2,桥西村,village,h1\n"

    async def load(self, database, content):
        async with database.unit_of_work() as session:
            return await import_units(session, SYSTEM, content)

    async def test_twice_is_once(self, database, region):
        first = await self.load(database, self.FILE.encode())
        assert (first.created, first.unchanged, first.errors) == (2, 0, [])
        again = await self.load(database, self.FILE.encode())
        assert (again.created, again.unchanged, again.errors) == (0, 2, [])

    async def test_one_fault_and_nothing_is_written(self, database, region):
        before = await names_of(database)
        report = await self.load(database, (self.FILE + "x1,好村,village,h1\nx2,孤村,village,nobody\n").encode())
        assert (report.created, [error.code for error in report.errors]) == (0, ["orphan"])
        assert await names_of(database) == before

    async def test_two_imports_of_one_file_at_once(self, database, region):
        content = self.FILE.replace("h1", "k1").replace("h2", "k2").encode()
        reports = await asyncio.gather(*(self.load(database, content) for _ in range(4)))
        assert sorted(report.created for report in reports) == [0, 0, 0, 2]
        assert all(not report.errors for report in reports)

    async def test_no_csv(self, database, region):
        with pytest.raises(FileUnreadable):
            await self.load(database, b"PK\x03\x04")


class TestTwoProcesses:
    async def test_a_change_by_another_process_is_seen_once_what_is_kept_is_old(self, database, region, monkeypatch):
        """The other process is a second engine: what it commits does not clear what this one keeps."""
        made = await new_unit(database, region["county"], "共见局")
        await names_of(database)
        other = Database(database.engine.url.render_as_string(hide_password=False))
        async with other.unit_of_work() as session:
            await units.rename_unit(session, SYSTEM, made, UnitRename(name="改名局", reason=WHY))
        await other.close()
        monkeypatch.setattr(forest.KEPT, "fresh_for", timedelta(hours=1))
        assert (await names_of(database))[made] == "共见局"
        monkeypatch.setattr(forest.KEPT, "fresh_for", timedelta(0))
        assert (await names_of(database))[made] == "改名局"

    async def test_names_cost_no_statement_while_they_are_fresh(self, database, region, monkeypatch):
        monkeypatch.setattr(forest.KEPT, "fresh_for", timedelta(hours=1))
        await names_of(database)
        statements = []
        listen = sa.event.listens_for(database.engine.sync_engine, "before_cursor_execute")
        listen(lambda *said: statements.append(said[2]))
        async with database.unit_of_work() as session:
            assert (await directory.unit_refs(session))[region["town"]].name == "柳溪镇"
            assert region["village"] in await directory.subtree(session, [region["town"]])
            assert await directory.find_unit(session, region["town"]) is not None
        assert statements == []
