"""Databases with the calendar and the policies of this release, on the real migrations."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from tests.fixtures.postgres import Urls, cloned

from xiaoneng.core.worktime.service import clocks as service
from xiaoneng.kit.db import Database


@pytest.fixture(scope="session")
def calendar_template(postgres_urls: Urls, template: str) -> Iterator[str]:
    """The name of a database that holds the seeds of worktime and nothing else."""
    with cloned(postgres_urls, template) as urls:
        asyncio.run(_seed(urls.app))
        yield urlsplit(urls.app).path.lstrip("/")


async def _seed(url: str) -> None:
    async with _connected(url) as database, database.unit_of_work() as session:
        await service.seed(session)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Database]:
    database = Database(url, pool_size=20)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture(scope="module")
async def module_database(postgres_urls: Urls, calendar_template: str, anyio_backend: str) -> AsyncIterator[Database]:
    """A database for the tests of one module, as the application sees it."""
    with cloned(postgres_urls, calendar_template) as urls:
        async with _connected(urls.app) as database:
            yield database


@pytest.fixture
async def own_database(postgres_urls: Urls, calendar_template: str, anyio_backend: str) -> AsyncIterator[Database]:
    """A database of this test's own."""
    with cloned(postgres_urls, calendar_template) as urls:
        async with _connected(urls.app) as database:
            yield database
