"""The sweeper: every rung once, in order, however many sweep; and what the tables refuse."""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.exc import IntegrityError

from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.outbox.models import OutboxEvent
from xiaoneng.core.worktime import jobs
from xiaoneng.core.worktime.events import ClockBreached
from xiaoneng.core.worktime.jobs import SWEEP_BATCH, fire_due
from xiaoneng.core.worktime.models.clocks import Clock
from xiaoneng.core.worktime.rules.clocks import fired
from xiaoneng.core.worktime.rules.lamps import Rung
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit import clock, ids
from xiaoneng.kit.jobs import queue

pytestmark = pytest.mark.anyio
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
_WINDOW = "INSERT INTO work_window (id, calendar_code, valid_from, windows"
_EIGHT = """VALUES (gen_random_uuid(), 'region', '2026-01-01', '[["08:00", "12:00"]]'"""
WHY = Grounds("专家评审", None)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.fixture
def database(own_database):
    return own_database


async def _start(database, policy: str, kind: str, count: int = 1, at: datetime = MONDAY) -> list[UUID]:
    subjects = [ids.new_id() for _ in range(count)]
    with clock.frozen(at):
        async with database.unit_of_work() as session:
            for subject_id in subjects:
                await service.start_clock(
                    session,
                    subject_type="case",
                    subject_id=subject_id,
                    kind=kind,
                    policy_code=policy,
                    started_at=at,
                    unit_id=None,
                )
    return subjects


async def _fire(database, at: datetime, limit: int = SWEEP_BATCH) -> int:
    with clock.frozen(at):
        async with database.unit_of_work() as session:
            return await fire_due(session, clock.now(), limit)


async def _events(database) -> list[tuple[str, int, bool]]:
    async with database.unit_of_work() as session:
        rows = (await session.scalars(sa.select(OutboxEvent).order_by(OutboxEvent.id))).all()
    return [(row.topic, row.payload["level"], row.payload["superseded"]) for row in rows]


async def _scalar(database, query: str):
    async with database.unit_of_work() as session:
        return await session.scalar(sa.text(query))


class TestLadder:
    async def test_climbs_rung_by_rung_and_ends(self, database):
        [subject_id] = await _start(database, "case.complaint.normal", "finish")  # due on 7 December, a Monday
        moments = {
            "2026-12-01T23:59:59": [],
            "2026-12-02T00:00:00": [("clock.warned", 1, False)],
            "2026-12-03T12:00:00": [],
            "2026-12-04T00:00:00": [("clock.warned", 2, False)],
            "2026-12-07T17:30:00": [],
            "2026-12-07T17:30:00.000001": [("clock.breached", 3, False)],
            "2026-12-08T00:00:00": [("clock.escalated", 4, False)],
            "2026-12-10T00:00:00": [("clock.escalated", 5, False)],
            "2027-06-01T00:00:00": [],
        }
        seen: list[tuple[str, int, bool]] = []
        for moment, expected in moments.items():
            assert await _fire(database, _at(moment)) == len(expected)
            seen += expected
            assert await _events(database) == seen
        async with database.unit_of_work() as session:
            stored = await session.scalar(sa.select(Clock).where(Clock.subject_id == subject_id))
            event = await session.scalar(sa.select(OutboxEvent).order_by(OutboxEvent.id))
        assert (stored.level, stored.next_fire_at) == (5, None)
        assert (event.subject_type, event.subject_id) == ("clock", stored.id)
        assert (event.payload["object_type"], event.payload["object_id"]) == ("case", str(subject_id))

    async def test_after_a_long_silence_every_rung_is_on_record_but_only_the_last_wakes(self, database):
        await _start(database, "case.complaint.normal", "contact")
        assert await _fire(database, _at("2026-11-24T12:00:00")) == 1
        assert await _events(database) == [
            ("clock.warned", 1, True),
            ("clock.warned", 2, True),
            ("clock.breached", 3, False),
        ]
        assert await _scalar(database, "SELECT count(*) FROM procrastinate_jobs") == 1

    async def test_what_its_start_already_lies_behind_is_not_warned_of(self, database):
        await _start(database, "case.consultation.normal", "finish")  # 3 working days: blue from the start
        assert await _fire(database, _at("2026-11-24T23:59:59")) == 0
        assert await _fire(database, _at("2026-11-25T00:00:00")) == 1
        assert await _events(database) == [("clock.warned", 2, False)]

    async def test_a_back_dated_start_is_caught_up_with(self, database):
        await _start(database, "case.complaint.normal", "finish", at=MONDAY - timedelta(days=60))
        assert await _fire(database, MONDAY) == 1
        assert [level for _, level, _ in await _events(database)] == [1, 2, 3, 4, 5]

    async def test_closed_and_paused_clocks_are_silent(self, database):
        stopped, paused = await _start(database, "case.complaint.normal", "finish", 2)
        with clock.frozen(MONDAY):
            async with database.unit_of_work() as session:
                await service.stop_clock(session, "case", stopped, "finish")
                await service.pause_clock(session, "case", paused, "finish", WHY)
        assert await _fire(database, _at("2027-06-01T00:00:00")) == 0

    async def test_a_later_deadline_warns_anew_but_never_of_what_still_holds(self, database):
        [subject_id] = await _start(database, "case.complaint.normal", "finish")
        await _fire(database, _at("2026-12-04T00:00:00"))
        with clock.frozen(_at("2026-12-04T09:00:00")):
            async with database.unit_of_work() as session:
                view = await service.extend_clock(session, ("case", subject_id), "finish", 1, WHY)
        assert f"{view.due_on}" == "2026-12-08"
        assert await _fire(database, _at("2026-12-06T12:00:00")) == 0
        assert await _fire(database, _at("2026-12-07T00:00:00")) == 1
        assert [level for _, level, _ in await _events(database)] == [1, 2, 2]

    async def test_a_rung_that_was_reached_during_a_pause_fires_when_the_clock_goes_on(self, database):
        [subject_id] = await _start(database, "case.complaint.normal", "finish")  # blue on 2 December
        with clock.frozen(_at("2026-12-01T18:00:00")):
            async with database.unit_of_work() as session:
                await service.pause_clock(session, "case", subject_id, "finish", WHY)
        assert await _fire(database, _at("2026-12-02T07:00:00")) == 0
        with clock.frozen(_at("2026-12-02T08:00:00")):
            async with database.unit_of_work() as session:
                view = await service.resume_clock(session, "case", subject_id, "finish")
        assert view.due_at == _at("2026-12-07T17:30:00")
        assert await _fire(database, _at("2026-12-02T08:00:00")) == 1
        assert await _events(database) == [("clock.warned", 1, False)]

    def test_rungs_that_moved_away_do_not_fire_again(self):
        rungs = [Rung(level, MONDAY + timedelta(days=level)) for level in (1, 2, 3)]
        assert fired(rungs, 2, MONDAY + timedelta(days=1)) == ([], rungs[2].at)
        assert fired(rungs, 0, MONDAY + timedelta(days=2)) == (rungs[:2], rungs[2].at)
        assert fired(rungs, 3, MONDAY + timedelta(days=9)) == ([], None)


class TestMany:
    async def test_eight_sweepers_fire_each_rung_once(self, database):
        await _start(database, "case.complaint.urgent", "contact", 300)
        moment = _at("2026-11-23T11:00:00")
        for _ in range(20):
            fired = await asyncio.gather(*(_fire(database, moment, 17) for _ in range(8)))
            if not any(fired):
                break
        assert await _events(database) == [("clock.warned", 1, False)] * 300
        assert await _scalar(database, "SELECT count(DISTINCT args->>'event_id') FROM procrastinate_jobs") == 300

    async def test_a_sweep_that_fails_leaves_nothing(self, database):
        await _start(database, "case.complaint.urgent", "contact", 3)

        async def sweep_and_fail():
            with clock.frozen(_at("2026-11-23T13:00:00")):
                async with database.unit_of_work() as session:
                    await fire_due(session, clock.now())
                    raise RuntimeError

        with pytest.raises(RuntimeError):
            await sweep_and_fail()
        assert await _events(database) == []
        assert await _scalar(database, "SELECT count(*) FROM procrastinate_jobs") == 0
        assert await _fire(database, _at("2026-11-23T13:00:00")) == 3

    async def test_the_cost_follows_what_is_due(self, database):
        await _start(database, "case.complaint.normal", "finish", 2000)
        async with database.unit_of_work() as session:
            await session.execute(sa.text("ANALYZE clock"))
            plan = "EXPLAIN SELECT * FROM clock WHERE state = 'running' AND next_fire_at <= now() LIMIT 100"
            lines = (await session.scalars(sa.text(plan))).all()
        assert any("ix_clock_next_fire" in line for line in lines)


class TestWorker:
    async def test_the_timer_sweeps_and_handlers_hear_of_each_rung_once(self, database, monkeypatch):
        monkeypatch.setattr(jobs, "SWEEP_BATCH", 4)
        monkeypatch.setattr(outbox, "_handlers", defaultdict(list))
        heard: list[UUID] = []

        @outbox.subscribe(ClockBreached)
        async def hear(_session, event):
            heard.append(event.object_id)

        subjects = await _start(database, "case.complaint.urgent", "contact", 10)
        url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with clock.frozen(_at("2026-11-23T12:00:01")):
            async with AsyncConnectionPool(url, min_size=1, open=False) as pool, queue.open_async(pool=pool):
                await jobs.sweep.defer_async(timestamp=0)
                await queue.run_worker_async(
                    wait=False,
                    listen_notify=False,
                    install_signal_handlers=False,
                    additional_context={"database": database},
                )
        assert sorted(heard) == sorted(subjects)


class TestTables:
    @pytest.mark.parametrize(
        "wrong",
        [
            "UPDATE clock SET state = 'paused'",
            "UPDATE clock SET state = 'stopped'",
            "UPDATE clock SET state = 'asleep'",
            "UPDATE clock SET due_at = NULL",
            "UPDATE clock SET due_on = NULL",
            "UPDATE clock SET amount = 0",
            "UPDATE clock SET amount = 1000001",
            "UPDATE clock SET roll = true",
            "UPDATE clock SET unit = 'fortnight'",
            "UPDATE clock SET level = -1",
            "UPDATE time_policy SET yellow_days = 4",
            "UPDATE time_policy SET yellow_percent = 101",
            "INSERT INTO calendar_year VALUES ('elsewhere', 2026, 'x', now())",
            f"{_WINDOW}, weekday) {_EIGHT}, 7)",
            f"{_WINDOW}, season_from) {_EIGHT}, '06-01')",
            f"{_WINDOW}, season_from, season_to) {_EIGHT}, '06-01', 'autumn')",
            f"{_WINDOW}, valid_to) {_EIGHT}, '2025-12-31')",
            f"{_WINDOW}) {_EIGHT})".replace('[["08:00", "12:00"]]', "[]"),
        ],
    )
    async def test_refuse_what_cannot_be(self, module_database, wrong):
        await _start(module_database, "case.complaint.normal", "finish")
        with pytest.raises(IntegrityError):
            await _scalar(module_database, wrong)
