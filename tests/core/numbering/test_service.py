import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from xiaoneng.core.numbering import service
from xiaoneng.core.numbering.errors import UnknownSeries
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database

pytestmark = pytest.mark.anyio


class Mistake(Exception):
    """Makes a unit of work roll back."""


async def _take(database: Database, series: str, issuer: str = "") -> str:
    async with database.unit_of_work() as session:
        return await service.next_number(session, series, issuer)


async def _take_and_fail(database: Database, issuer: str) -> None:
    async with database.unit_of_work() as session:
        await service.next_number(session, "rectification_item", issuer)
        raise Mistake


async def _lose(database: Database, lost: list[str]) -> None:
    async with database.unit_of_work() as session:
        lost.append(await service.next_number(session, "case"))
        raise Mistake


def _tail(number: str) -> int:
    return int(number.rsplit("-", 1)[1])


class TestGapless:
    async def test_concurrent_takers_with_rollbacks_leave_neither_gap_nor_double(self, database: Database) -> None:
        takers = [
            _take_and_fail(database, "rush") if turn % 3 == 0 else _take(database, "rectification_item", "rush")
            for turn in range(150)
        ]
        results = await asyncio.gather(*takers, return_exceptions=True)
        given = sorted(_tail(result) for result in results if isinstance(result, str))
        assert given == list(range(1, 101))
        assert sum(isinstance(result, Mistake) for result in results) == 50

    async def test_counts_by_issuer_and_by_the_year_of_the_region(self, database: Database) -> None:
        before = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
        after = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
        with clock.frozen(before):
            first = await _take(database, "rectification_item", "a")
            other = await _take(database, "rectification_item", "b")
        with clock.frozen(after):
            next_year = await _take(database, "rectification_item", "a")
        assert [first, other, next_year] == ["ZG-2026-00001", "ZG-2026-00001", "ZG-2027-00001"]

    async def test_a_rolled_back_number_is_given_to_the_next(self, database: Database) -> None:
        first = await _take(database, "rectification_item", "again")
        with pytest.raises(Mistake):
            await _take_and_fail(database, "again")
        assert _tail(await _take(database, "rectification_item", "again")) == _tail(first) + 1


class TestBlocks:
    async def test_concurrent_takers_of_several_processes_never_get_the_same(self, database: Database) -> None:
        url = database.engine.url.render_as_string(hide_password=False)
        processes = [Database(url, pool_size=8) for _ in range(3)]
        try:
            takers = [_take(processes[turn % 3], "case") for turn in range(900)]
            numbers = await asyncio.gather(*takers)
        finally:
            for process in processes:
                await process.close()
        assert len(set(numbers)) == 900

    async def test_a_hundred_numbers_cost_one_query(self, database: Database) -> None:
        statements: list[str] = []

        def note(*arguments: object) -> None:
            statements.append(str(arguments[2]))

        with clock.frozen(datetime(2031, 1, 1, tzinfo=UTC)):
            event.listen(database.engine.sync_engine, "before_cursor_execute", note)
            async with database.unit_of_work() as session:
                numbers = [await service.next_number(session, "case") for _ in range(200)]
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        assert len(set(numbers)) == 200
        assert len(statements) == 2

    async def test_a_rollback_gives_nothing_out_twice(self, database: Database) -> None:
        with clock.frozen(datetime(2031, 2, 1, tzinfo=UTC)):
            lost: list[str] = []
            with pytest.raises(Mistake):
                await _lose(database, lost)
            kept = [await _take(database, "case") for _ in range(150)]
        assert not set(lost) & set(kept)

    async def test_what_is_left_of_yesterday_is_dropped(self, database: Database) -> None:
        """Numbers wrap after a million: a block kept for months could meet its double on the same day."""
        with clock.frozen(datetime(2031, 3, 1, 15, 59, tzinfo=UTC)):
            yesterday = await _take(database, "case")
        with clock.frozen(datetime(2031, 3, 1, 16, 1, tzinfo=UTC)):
            today = await _take(database, "case")
        assert yesterday.startswith("SQ20310301")
        assert today.startswith("SQ20310302")
        assert int(today[-6:]) - int(yesterday[-6:]) == 100


async def test_an_unknown_series_is_refused(database: Database) -> None:
    with pytest.raises(UnknownSeries):
        await _take(database, "laundry")
