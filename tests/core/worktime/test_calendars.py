"""The calendar in the database: seeded, held, imported; and the clocks that follow it."""

import json
from datetime import date, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from tests.core.worktime.national import national_calendar
from tests.core.worktime.steps import APPROVER, drafted, follow, sign, start, work

from xiaoneng.core.worktime.errors import CalendarMissing, ImportRefused
from xiaoneng.core.worktime.models.calendars import WorkWindow
from xiaoneng.core.worktime.models.clocks import Clock, ClockLedgerEntry
from xiaoneng.core.worktime.models.words import CalendarFormat
from xiaoneng.core.worktime.repository import calendars, recalculation
from xiaoneng.core.worktime.rules.seeds import preset_policies
from xiaoneng.core.worktime.schemas.calendars import ImportOptions
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.core.worktime.service import drafts

pytestmark = pytest.mark.anyio
BEFORE_NEW_YEAR = datetime.fromisoformat("2026-12-28T10:00:00+08:00")


@pytest.fixture
def database(own_database, monkeypatch):
    """Looks at the calendar's version every time."""
    monkeypatch.setattr(calendars, "FRESH_SECONDS", 0.0)
    return own_database


def _notice(*days: tuple[str, bool], year: int = 2027) -> bytes:
    entries = [{"name": "元旦", "date": on, "isOffDay": is_off} for on, is_off in days]
    return json.dumps({"year": year, "papers": ["notice"], "days": entries}).encode()


async def _import(database, content: bytes, *, local: bool = False, apply: bool = True, approve: bool = False):
    file_format = CalendarFormat.LOCAL_CSV if local else CalendarFormat.HOLIDAY_CN
    options = ImportOptions(format=file_format, reason="国务院公布放假安排")

    async def draft(session, who):
        return await drafts.import_file(session, who, content, options)

    change = await drafted(database, draft)
    return await sign(database, change, APPROVER, approve=approve) if apply else change


async def _start(database) -> UUID:
    return await start(database, "case.request.normal", "finish", BEFORE_NEW_YEAR)


async def _follow(database) -> None:
    await follow(database, BEFORE_NEW_YEAR)


async def _stored(database, subject_id: UUID) -> Clock:
    async with database.unit_of_work() as session:
        return await session.scalar(sa.select(Clock).where(Clock.subject_id == subject_id))


async def _ledger(database) -> list[ClockLedgerEntry]:
    async with database.unit_of_work() as session:
        return list((await session.scalars(sa.select(ClockLedgerEntry))).all())


class TestSeed:
    async def test_brings_every_day_and_policy_and_is_idempotent(self, database):
        async with database.unit_of_work() as session:
            stored = await service.calendar(session)
            await service.seed(session)
            again = await service.calendar(session)
        assert again.version == stored.version
        assert stored.years == national_calendar().years
        for year in stored.years:
            assert stored.days_of(year) == national_calendar().days_of(year)
        async with database.unit_of_work() as session:
            for policy in preset_policies():
                assert await service.limit_for(session, *policy.key[:2], date(2026, 1, 1), [policy.scope]) == policy

    async def test_leaves_what_a_region_changed(self, database):
        await _import(database, "date,is_off,name\n2026-11-23,1,县庆\n".encode(), local=True)
        async with database.unit_of_work() as session:
            await session.execute(sa.text("UPDATE time_policy SET amount = 7 WHERE code = 'rectification_item'"))
            await service.seed(session)
        async with database.unit_of_work() as session:
            assert not (await service.calendar(session)).is_working_day(date(2026, 11, 23))
            amount = await session.scalar(sa.text("SELECT amount FROM time_policy WHERE code = 'rectification_item'"))
        assert amount == 7

    async def test_without_it_nothing_is_computed(self, database):
        async with database.unit_of_work() as session:
            for table in ("calendar_day", "calendar_year", "calendar"):
                await session.execute(sa.text(f"DELETE FROM {table}"))
        with pytest.raises(CalendarMissing):
            await _start(database)


class TestPolicies:
    async def test_the_latest_policy_in_force_on_the_day_applies(self, database):
        query = """
            INSERT INTO time_policy (id, code, kind, version, effective_from, amount, unit, roll, ends_at, start_rule,
            basis, blue_days, yellow_days, blue_percent, yellow_percent, escalate_after)
            SELECT gen_random_uuid(), code, kind, 2, '2026-12-28', 8, unit, roll, ends_at,
            start_rule, 'new basis', blue_days, yellow_days, blue_percent, yellow_percent, escalate_after
            FROM time_policy WHERE code = 'case.request.normal' AND kind = 'finish'
        """
        async with database.unit_of_work() as session:
            await session.execute(sa.text(query))
            await calendars.changed(session)
            amounts = [
                (await service.limit_for(session, "case.request.normal", "finish", date(2026, 12, day))).limit.amount
                for day in (27, 28)
            ]
        assert amounts == [5, 8]

    async def test_office_hours_come_from_the_table(self, database):
        async with database.unit_of_work() as session:
            session.add(
                WorkWindow(
                    calendar_code="region",
                    valid_from=date(2026, 1, 1),
                    season_from="12-01",
                    season_to="02-28",
                    windows=[["09:00", "12:00"], ["14:00", "17:00"]],
                )
            )
            await session.flush()
            await calendars.changed(session)
        stored = await _stored(database, await _start(database))
        assert stored.due_at == datetime.fromisoformat("2027-01-04T17:00:00+08:00")


class TestCache:
    async def test_a_fresh_copy_costs_nothing_and_a_stale_one_a_look_at_the_version(self, database, monkeypatch):
        statements: list[str] = []

        def note(_conn, _cursor, statement, *_rest):
            statements.append(statement)

        async with database.unit_of_work() as session:
            first = await service.calendar(session)
            event.listen(database.engine.sync_engine, "before_cursor_execute", note)
            second = await service.calendar(session)
            looks = len(statements)
            monkeypatch.setattr(calendars, "FRESH_SECONDS", 60.0)
            third = await service.calendar(session)
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        assert first is second is third
        assert (looks, len(statements)) == (1, 1)

    async def test_nobody_else_sees_a_change_that_was_rolled_back(self, database, monkeypatch):
        day = date(2026, 10, 1)

        async def works() -> bool:
            async with database.unit_of_work() as session:
                return (await service.calendar(session)).is_working_day(day)

        async def change_and_fail() -> None:
            async with database.unit_of_work() as session:
                await session.execute(sa.text("UPDATE calendar_day SET is_working_day = true WHERE day = '2026-10-01'"))
                await calendars.changed(session)
                seen.append((await service.calendar(session)).is_working_day(day))
                raise RuntimeError

        seen = [await works()]
        monkeypatch.setattr(calendars, "FRESH_SECONDS", 60.0)
        with pytest.raises(RuntimeError):
            await change_and_fail()
        assert [*seen, await works()] == [False, True, False]


class TestImport:
    async def test_a_preview_stores_nothing(self, database):
        subject_id = await _start(database)
        before = await _stored(database, subject_id)
        assert (before.due_on, before.provisional) == (date(2027, 1, 4), True)
        content = _notice(("2027-01-01", True), ("2027-01-02", True), ("2027-01-03", True), ("2027-01-09", False))
        report = await _import(database, content, apply=False)
        assert (report.state, report.published, report.unpublished) == ("ready", [2027], [])
        assert (report.days_changed, report.later, report.earlier, report.moved) == (2, 1, 0, 0)
        async with database.unit_of_work() as session:
            assert not (await service.calendar(session)).covers(2027)
            assert (await session.scalars(sa.text("SELECT topic FROM outbox_event"))).all() == ["time_rules.drafted"]

    async def test_a_notice_moves_dates_later_by_itself(self, database):
        subject_id = await _start(database)
        await _import(database, _notice(("2027-01-01", True), ("2027-01-09", False)))
        await _follow(database)
        after = await _stored(database, subject_id)
        assert (after.due_on, after.provisional, after.calendar_version) == (date(2027, 1, 5), False, 3)
        [entry] = await _ledger(database)
        assert (entry.action.value, entry.reason, entry.approved_by) == ("recalculate", "国务院公布放假安排", None)
        assert (entry.from_due_at, entry.to_due_at) == (
            datetime.fromisoformat("2027-01-04T17:30:00+08:00"),
            datetime.fromisoformat("2027-01-05T17:30:00+08:00"),
        )
        await _follow(database)
        assert len(await _ledger(database)) == 1

    @pytest.mark.parametrize("approve", [False, True])
    async def test_earlier_only_with_approval(self, database, approve):
        subject_id = await _start(database)
        report = await _import(database, _notice(("2027-01-02", False)), approve=approve)
        assert (report.later, report.earlier) == (0, 1)
        await _follow(database)
        after = await _stored(database, subject_id)
        assert (after.due_on, after.provisional) == (date(2027, 1, 2) if approve else date(2027, 1, 4), False)
        assert [entry.approved_by for entry in await _ledger(database)] == ([APPROVER.id] if approve else [])

    async def test_a_year_that_changes_nothing_still_makes_dates_certain(self, database):
        subject_id = await _start(database)
        report = await _import(database, _notice(("2027-05-01", True)))
        assert (report.days_changed, report.later, report.earlier) == (0, 0, 0)
        await _follow(database)
        assert not (await _stored(database, subject_id)).provisional
        assert await _ledger(database) == []

    async def test_a_notice_replaces_its_own_year_and_spares_local_days(self, database):
        await _import(database, _notice(("2027-01-01", True), ("2027-01-04", True)))
        await _follow(database)
        await _import(database, "date,is_off,name\n2027-05-20,1,县庆\n".encode(), local=True)
        await _follow(database)
        await _import(database, _notice(("2027-01-01", True), ("2027-01-05", True)))
        async with database.unit_of_work() as session:
            days = (await service.calendar(session)).days_of(2027)
        assert {f"{day:%m-%d}": rule.name for day, rule in days.items()} == {
            "01-01": "元旦",
            "01-05": "元旦",
            "05-20": "县庆",
        }

    async def test_an_unpublished_year_stays_unknown(self, database):
        report = await _import(database, json.dumps({"year": 2027, "papers": [], "days": []}).encode())
        assert (report.published, report.unpublished) == ([], [2027])
        async with database.unit_of_work() as session:
            assert not (await service.calendar(session)).covers(2027)

    async def test_paused_clocks_take_the_new_calendar_when_they_go_on(self, database):
        subject_id = await _start(database)
        async with work(database, BEFORE_NEW_YEAR) as session:
            await service.pause_clock(session, "case", subject_id, "finish", Grounds("补充材料", None))
        await _import(database, _notice(("2027-01-01", True)))
        await _follow(database)
        async with work(database, BEFORE_NEW_YEAR) as session:
            view = await service.resume_clock(session, "case", subject_id, "finish")
        assert (view.due_on, view.provisional) == (date(2027, 1, 5), False)

    async def test_batches_go_on_where_they_ended_and_followers_hear_of_each(self, database, monkeypatch):
        monkeypatch.setattr(recalculation, "BATCH", 2)
        heard: list[UUID] = []

        async def follow(_session, moved):
            heard.extend(end.subject_id for end in moved)

        monkeypatch.setitem(service.followers, "case", follow)
        service.register_follower("case", follow)
        subjects = [await _start(database) for _ in range(3)]
        await _import(database, _notice(("2027-01-01", True)))
        await _follow(database)
        assert heard == subjects

    async def test_errors_name_row_and_column_and_store_nothing(self, database):
        content = "date,is_off,name\n2026-11-23,1,县庆\n2026-13-01,2,x\n".encode("gb18030")
        with pytest.raises(ImportRefused) as refused:
            await _import(database, content, local=True)
        assert [(error.path, error.code) for error in refused.value.errors] == [
            ("file.3.date", "bad_date"),
            ("file.3.is_off", "bad_flag"),
        ]
        async with database.unit_of_work() as session:
            assert (await service.calendar(session)).is_working_day(date(2026, 11, 23))
