"""What other people's systems get wrong about clocks, one test each."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.core.worktime.national import national_calendar
from tests.core.worktime.steps import MONDAY, at, clocks, start, work

from xiaoneng.core.outbox.models import OutboxEvent
from xiaoneng.core.worktime.errors import ClockExpired
from xiaoneng.core.worktime.jobs import fire_due
from xiaoneng.core.worktime.models.clocks import Clock
from xiaoneng.core.worktime.models.words import ClockState, Lamp, LimitUnit
from xiaoneng.core.worktime.rules.limits import Limit, due
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit import ids

pytestmark = pytest.mark.anyio
WHY = Grounds("等待鉴定", None)


@pytest.fixture
def database(own_database):
    return own_database


async def sweep(database, moment, batch: int = 1_000) -> int:
    async with work(database, moment) as session:
        return await fire_due(session, moment, batch)


async def levels(database) -> list[tuple[UUID, int]]:
    async with database.unit_of_work() as session:
        rows = (await session.scalars(sa.select(OutboxEvent).order_by(OutboxEvent.id))).all()
    return [(UUID(row.payload["object_id"]), row.payload["level"]) for row in rows]


@pytest.mark.parametrize(
    ("started", "hours", "ends"),
    [
        ("2026-11-23T11:30:00", 1, "2026-11-23T15:00:00"),  # half an hour before the lunch break, half after it
        ("2026-11-23T12:30:00", 1, "2026-11-23T15:30:00"),  # during the break
        ("2026-11-27T17:00:00", 1, "2026-11-30T09:00:00"),  # over a weekend
    ],
)
def test_the_lunch_break_is_no_work_time(started: str, hours: int, ends: str) -> None:
    assert due(national_calendar(), at(started), Limit(hours, LimitUnit.WORK_HOUR)).due_at == at(ends)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-11-28", "2026-12-04"),  # a Saturday
        ("2026-10-01", "2026-10-13"),  # the national holiday; 10 October is a make-up working day
        ("2026-02-14", "2026-02-28"),  # a Saturday that is worked
    ],
)
def test_what_comes_in_on_a_day_of_rest_loses_no_day(received: str, last: str) -> None:
    limit = Limit(5, LimitUnit.WORKING_DAY)
    assert due(national_calendar(), at(f"{received}T10:00:00"), limit).due_on == date.fromisoformat(last)


async def test_going_on_does_not_escalate_at_once(database):
    subject_id = await start(database, "case.request.normal", "finish")
    async with work(database, at("2026-11-30T09:00:00")) as session:
        await service.pause_clock(session, "case", subject_id, "finish", WHY)
    assert await sweep(database, at("2027-01-10T09:00:00")) == 0
    async with work(database, at("2027-01-11T09:00:00")) as session:
        view = await service.resume_clock(session, "case", subject_id, "finish")
    assert (view.state, view.overdue, view.due_on) == (ClockState.RUNNING, False, date(2027, 1, 11))
    await sweep(database, at("2027-01-11T09:00:01"))
    assert max(level for _, level in await levels(database)) == 2


async def test_a_change_of_the_object_does_not_reset_its_clock(database):
    subject_id = await start(database, "case.request.normal", "finish")
    [before] = await clocks(database, subject_id)
    async with work(database, at("2026-11-26T09:00:00")) as session:
        await service.hand_over(session, "case", subject_id, ids.new_id())
    [after] = await clocks(database, subject_id)
    assert (after.id, after.started_at, after.due_at) == (before.id, before.started_at, before.due_at)


async def test_no_extension_after_the_breach_and_an_open_pause_has_no_date(database):
    late = await start(database, "case.request.normal", "finish")
    paused = await start(database, "case.request.normal", "finish")
    async with work(database, MONDAY) as session:
        await service.pause_clock(session, "case", paused, "finish", WHY)
    async with work(database, at("2026-12-01T09:00:00")) as session:
        with pytest.raises(ClockExpired):
            await service.extend_clock(session, ("case", late), "finish", 1, WHY)
    [view] = await clocks(database, paused)
    assert (view.due_at, view.lamp, service.clock_read(view).deadline.paused) == (None, Lamp.PAUSED, True)


async def test_the_oldest_of_many_overdue_comes_first(database):
    began = [MONDAY - timedelta(days=n) for n in (20, 60, 40)]
    subjects = [await start(database, "case.request.normal", "finish", one) for one in began]
    async with work(database, MONDAY) as session:
        filler = sa.select(Clock).where(Clock.subject_id == subjects[0])
        row = (await session.scalars(filler)).one().model_dump()
        table = sa.inspect(Clock).local_table
        more = [{**row, "id": ids.new_id(), "subject_id": ids.new_id()} for _ in range(3_000)]
        await session.execute(table.insert(), more)
    assert await sweep(database, MONDAY, 2) == 2
    assert {subject for subject, _ in await levels(database)} == {subjects[1], subjects[2]}


async def test_two_sweepers_fire_a_rung_once(database):
    subjects = [await start(database, "case.complaint.urgent", "contact") for _ in range(20)]
    moment = at("2026-11-23T11:00:00")
    while any(await asyncio.gather(sweep(database, moment, 7), sweep(database, moment, 7))):
        pass
    assert sorted(await levels(database)) == sorted((subject, 1) for subject in subjects)
