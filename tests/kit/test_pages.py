"""Keyset pages over rows of which many share their sort value."""

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.fixtures.postgres import Urls

from xiaoneng.kit import pages
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.pages import BadCursor, Order, PagedQuery, PageParams, Slice, fetch_page

pytestmark = pytest.mark.anyio
START = datetime(2026, 11, 22, 9, 0, 0, 123456, UTC)
THING = sa.table(
    "thing", sa.column("id", sa.UUID), sa.column("at", sa.DateTime(timezone=True)), sa.column("rank", sa.Integer)
)
ROWS = [(UUID(int=number), START + timedelta(minutes=number // 7), number % 3) for number in range(50)]


@pytest.fixture
async def session(worker_database: Urls, anyio_backend: str) -> AsyncIterator[Session]:
    """A unit of work that sees fifty things: seven to a minute, in three ranks."""
    database = Database(worker_database.owner)
    async with database.unit_of_work() as session:
        await session.execute(
            sa.text("CREATE TEMPORARY TABLE thing (id uuid, at timestamptz, rank int) ON COMMIT DROP")
        )
        await session.execute(sa.insert(THING), [{"id": key, "at": at, "rank": rank} for key, at, rank in ROWS])
        yield session
    await database.close()


async def page(
    session: Session, order: Order, cursor: str | None = None, limit: int = 8, *, with_total: bool = False
) -> Slice:
    """One page, fetched by a query made anew and by one made once; both must be the same."""
    params = PageParams(cursor=cursor, limit=limit, with_total=with_total)
    anew = await fetch_page(session, sa.select(THING), order, params)
    once = await PagedQuery(sa.select(THING), order).fetch(session, params, {})
    assert [tuple(row) for row in once.rows] == [tuple(row) for row in anew.rows]
    assert replace(once, rows=()) == replace(anew, rows=())
    return once


def expected(order: Order) -> list[UUID]:
    place = {"at": 1, "rank": 2}[order.column.key]
    return [row[0] for row in sorted(ROWS, key=lambda row: (row[place], row[0]), reverse=order.descending)]


ORDERS = [Order(column, THING.c.id, descending=down) for column in (THING.c.at, THING.c.rank) for down in (False, True)]


@pytest.mark.parametrize("order", ORDERS, ids=["at", "-at", "rank", "-rank"])
@pytest.mark.parametrize("limit", [1, 7, 8, 49, 50, 51])
async def test_walking_forward_and_back_shows_every_row_once_and_in_order(
    session: Session, order: Order, limit: int
) -> None:
    steps = [await page(session, order, limit=limit)]
    while steps[-1].next_cursor:
        steps.append(await page(session, order, steps[-1].next_cursor, limit))
    assert [row.id for step in steps for row in step.rows] == expected(order)
    assert steps[0].prev_cursor is None
    back = [steps[-1]]
    while back[-1].prev_cursor:
        back.append(await page(session, order, back[-1].prev_cursor, limit))
    assert [row.id for step in reversed(back) for row in step.rows] == expected(order)
    assert back[-1].next_cursor is not None or len(steps) == 1


async def test_counts_when_asked_wherever_the_page_stands(session: Session) -> None:
    first = await page(session, ORDERS[0])
    second = await page(session, ORDERS[0], first.next_cursor, with_total=True)
    assert (first.total, first.total_is_exact) == (None, False)
    assert (second.total, second.total_is_exact) == (50, True)


async def test_count_stops_where_it_is_no_longer_exact(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "EXACT_UP_TO", 50)
    assert (await page(session, ORDERS[0], with_total=True)).total_is_exact
    monkeypatch.setattr(pages, "EXACT_UP_TO", 49)
    beyond = await page(session, ORDERS[0], with_total=True)
    assert (beyond.total, beyond.total_is_exact) == (49, False)


async def test_rows_that_come_between_two_pages_move_nothing(session: Session) -> None:
    order = ORDERS[1]
    first = await page(session, order)
    await session.execute(sa.insert(THING), [{"id": UUID(int=99), "at": START + timedelta(days=1), "rank": 0}])
    second = await page(session, order, first.next_cursor)
    assert [row.id for row in (*first.rows, *second.rows)] == expected(order)[:16]


async def test_empty_list_leads_nowhere(session: Session) -> None:
    query = sa.select(THING).where(THING.c.rank == 9)
    found = await fetch_page(session, query, ORDERS[0], PageParams(with_total=True))
    assert (found.rows, found.next_cursor, found.prev_cursor, found.total) == ([], None, None, 0)


def cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "broken",
    [
        "x",
        "é",
        "{}",
        "AAAA",
        cursor(),
        cursor(0, "2026-11-22T00:00:00+00:00"),
        cursor(0, "yesterday", str(UUID(int=1))),
        cursor(0, None, str(UUID(int=1))),
        cursor(0, "2026-11-22T00:00:00+00:00", "no key"),
        cursor(0, "2026-11-22T00:00:00+00:00", 7),
        cursor(0, ["2026"], str(UUID(int=1))),
        base64.urlsafe_b64encode(b"7").decode(),
        base64.urlsafe_b64encode(b"\xff\xfe\x00").decode(),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
    ],
)
async def test_a_cursor_of_another_making_is_refused(session: Session, broken: str) -> None:
    with pytest.raises(BadCursor) as refused:
        await page(session, ORDERS[0], broken)
    assert refused.value.status == 422
