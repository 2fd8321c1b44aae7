"""The ladder of a case's limits, from the sweeper to the messages."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from tests.contract.test_access_matrix import staff
from tests.fixtures.region import World, done, register

from xiaoneng.core.outbox.models import OutboxEvent
from xiaoneng.core.worktime.events import ClockEvent, ClockWarned
from xiaoneng.core.worktime.jobs import fire_due
from xiaoneng.features.cases.jobs import tell_ladder
from xiaoneng.kit import clock
from xiaoneng.kit.jobs import bring_forward

pytestmark = pytest.mark.anyio


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


async def handled_case(world: World) -> None:
    """A complaint of Monday, due on 7 December, that a handler of the bureau has signed and answered the phone for."""
    with clock.frozen(at("2026-11-23T10:00:00")):
        case = await register(world)
        case = await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
        case = await done(world, "cg.liaison", case, "sign")
        case = await done(world, "cg.liaison", case, "assign_handler", person_id=(await staff(world, "ML17"))["HDL"])
        await done(world, "cg.handler", case, "contact", reached=True, note="已联系")


async def sweep(world: World, moment: datetime) -> tuple[ClockEvent, datetime | None]:
    """Fire what is due; the last event of it and when its message goes out (None: at once)."""
    with clock.frozen(moment):
        async with world.database.unit_of_work() as session:
            await fire_due(session, moment)
        async with world.database.unit_of_work() as session:
            query = sa.select(OutboxEvent).where(sa.text("topic LIKE 'clock.%'")).order_by(sa.text("id DESC"))
            row = (await session.scalars(query.limit(1))).one()
            job = sa.text("SELECT scheduled_at FROM procrastinate_jobs WHERE args->>'event_id' = :id")
            return ClockWarned.model_validate(row.payload), await session.scalar(job, {"id": str(row.id)})


async def told(world: World, event: ClockEvent, moment: datetime) -> list[str]:
    """Who has how many messages about limits once the event was handled, twice."""
    for _ in range(2):
        with clock.frozen(moment):
            async with world.database.unit_of_work() as session:
                await tell_ladder(session, event)
    query = """
        SELECT account.login FROM notification JOIN account ON account.id = recipient_id
        WHERE dedupe_key LIKE 'clock:%' ORDER BY 1
    """
    async with world.database.unit_of_work() as session:
        return list(await session.scalars(sa.text(query)))


async def test_each_rung_wakes_its_people_once_and_at_civil_hours(world: World) -> None:
    await handled_case(world)
    rungs = [
        ("2026-12-02T00:00:00", "2026-12-02T08:00:00", ["cg.handler"]),
        ("2026-12-04T00:00:00", "2026-12-04T08:00:00", ["cg.handler", "cg.liaison"]),
        ("2026-12-07T17:30:01", None, ["cg.handler", "cg.liaison"]),
        ("2026-12-08T00:00:00", "2026-12-08T08:00:00", ["cg.head"]),
        ("2026-12-10T00:00:00", "2026-12-10T08:00:00", ["cg.head"]),
    ]
    everybody: list[str] = []
    for fired, delivered, who in rungs:
        event, opens = await sweep(world, at(fired))
        assert opens == (delivered and at(delivered))
        everybody = sorted([*everybody, *who])
        assert await told(world, event, at(delivered or fired)) == everybody


async def test_a_rung_that_was_overtaken_overnight_wakes_nobody(world: World) -> None:
    await handled_case(world)
    blue, _ = await sweep(world, at("2026-12-02T00:00:00"))
    await sweep(world, at("2026-12-04T00:00:00"))
    assert await told(world, blue, at("2026-12-04T08:00:00")) == []


async def test_what_waits_for_its_hour_comes_forward_with_the_moved_clock(world: World) -> None:
    await handled_case(world)
    event, opens = await sweep(world, at("2026-12-02T00:00:00"))
    async with world.database.unit_of_work() as session:
        await bring_forward(session, timedelta(hours=26))
        waits = "SELECT scheduled_at FROM procrastinate_jobs WHERE scheduled_at IS NOT NULL"
        assert opens is not None
        assert list(await session.scalars(sa.text(waits))) == [opens - timedelta(hours=26)], event
