"""A worker that is killed over a job: another takes the job up, and what the job does is done once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import psycopg
import pytest
from tests.faults import processes
from tests.fixtures.region import World, done, register

pytestmark = pytest.mark.anyio
PATIENCE_SECONDS = 120
LOCKED_OUT = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'outbox.deliver'"
RUNNING = JOBS + " AND status = 'doing'"
NO_ITEMS = "LOCK TABLE rectification_item IN ACCESS EXCLUSIVE MODE"
NO_END = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' FOR UPDATE"
ITEMS = "SELECT count(*) FROM rectification_item"


class Watch:
    """A look at the database from outside, and locks that hold a worker up at a chosen point."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def count(self, query: str) -> int:
        """The number that a query finds."""
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            [number] = await (await connection.execute(query)).fetchone() or [0]
            return int(number)

    async def until(self, query: str, expected: int) -> None:
        """Wait until a query finds `expected`."""
        for _ in range(PATIENCE_SECONDS * 10):
            if await self.count(query) == expected:
                return
            await asyncio.sleep(0.1)
        pytest.fail(f"never {expected}: {query}")

    @asynccontextmanager
    async def holding(self, statement: str) -> AsyncIterator[None]:
        """Hold the locks that a statement takes."""
        async with await psycopg.AsyncConnection.connect(self.url) as connection:
            await connection.execute(statement)
            yield
            await connection.rollback()


async def _badly_rated(world: World) -> dict[str, Any]:
    """A case whose bad rating waits in the queue, all earlier events being worked off."""
    case = await register(world)
    case = await done(world, "operator", case, "dispatch", unit_id=str(world.units["ML17"]))
    case = await done(world, "cg.liaison", case, "sign")
    case = await done(world, "cg.liaison", case, "reply", text="已处理。")
    await world.work_off()
    return await done(world, "operator", case, "call_back", solved="no", stars=1, note="当事人不再接受重办")


async def _taken_up_by_another(world: World, watch: Watch) -> None:
    left = await watch.count(RUNNING)  # what the item tells of may have been taken up as well
    assert left >= 1, "the dead worker must have left its job behind"
    second = processes.started(processes.work, world.urls.app)
    await watch.until(JOBS, 0)
    processes.kill(second)
    assert await watch.count(ITEMS) == 1


async def test_a_job_killed_before_its_commit_is_done_by_another_worker(world: World) -> None:
    await _badly_rated(world)
    watch = Watch(world.urls.admin)
    first = processes.started(processes.work, world.urls.app)
    async with watch.holding(NO_ITEMS):
        await watch.until(LOCKED_OUT, 1)
        processes.kill(first)
    assert await watch.count(ITEMS) == 0
    await _taken_up_by_another(world, watch)


async def test_a_job_killed_after_its_commit_does_nothing_the_second_time(world: World) -> None:
    await _badly_rated(world)
    watch = Watch(world.urls.admin)
    first = processes.started(processes.work, world.urls.app)
    async with AsyncExitStack() as until_killed:
        async with watch.holding(NO_ITEMS):
            await watch.until(LOCKED_OUT, 1)
            await until_killed.enter_async_context(watch.holding(NO_END))
        await watch.until(ITEMS, 1)
        processes.kill(first)
    await _taken_up_by_another(world, watch)
