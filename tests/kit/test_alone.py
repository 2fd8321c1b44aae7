"""Statements that stand alone: what becomes of their connections when something goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from xiaoneng.kit.alone import StandAlone
from xiaoneng.kit.db import Database
from xiaoneng.kit.problems import Unavailable

pytestmark = pytest.mark.anyio
BACKEND = "SELECT pg_backend_pid() AS pid"


@pytest.fixture
async def alone(database: Database) -> AsyncIterator[StandAlone]:
    """One place, so that a connection that is not given back is missed."""
    made = StandAlone(database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False), 1, {})
    yield made
    await made.close()


async def pid_of(alone: StandAlone) -> Any:
    return (await alone.fetch(BACKEND, ()))[0]["pid"]


async def test_one_connection_serves_one_after_the_other(alone: StandAlone) -> None:
    assert len({await pid_of(alone) for _ in range(5)}) == 1


async def test_no_more_connections_than_places(alone: StandAlone) -> None:
    assert len(set(await asyncio.gather(*(pid_of(alone) for _ in range(8))))) == 1


async def test_a_refused_statement_leaves_its_connection_sound(alone: StandAlone) -> None:
    before = await pid_of(alone)
    with pytest.raises(asyncpg.DivisionByZeroError):
        await alone.fetch("SELECT 1 / $1::int", (0,))
    assert await pid_of(alone) == before


async def test_a_cancelled_statement_gives_its_place_back_and_nothing_of_its_answer(alone: StandAlone) -> None:
    before = await pid_of(alone)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(alone.fetch("SELECT pg_sleep($1::int)", (20,)), 0.2)
    assert await pid_of(alone) != before


async def test_a_connection_lost_while_idle_is_replaced(alone: StandAlone, database: Database) -> None:
    before = await pid_of(alone)
    await database.read("SELECT pg_terminate_backend($1::int)", (before,))
    await asyncio.sleep(0.2)
    assert await pid_of(alone) != before


async def test_a_database_that_is_not_there_is_told_as_such() -> None:
    nowhere = StandAlone("postgresql://nobody@127.0.0.1:1/none", 1, {})
    with pytest.raises(Unavailable):
        await nowhere.fetch(BACKEND, ())
