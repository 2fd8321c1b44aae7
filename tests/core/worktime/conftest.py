from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.core.scratch import anyio_backend
from tests.core.scratch import database as empty_database

from xiaoneng.core.access import rules as access_rules
from xiaoneng.core.worktime import service
from xiaoneng.kit.db import Database

__all__ = ["anyio_backend", "empty_database"]


@pytest.fixture(scope="module")
async def database(empty_database: Database) -> Database:
    """A database with the calendar and the policies of this release."""
    async with empty_database.unit_of_work() as session:
        await service.seed(session)
    return empty_database


@pytest.fixture(autouse=True)
def pivot(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rows of this package."""
    monkeypatch.setattr(access_rules, "PIVOT_FILE", Path(__file__).with_name("pivot.yaml"))
    access_rules.pivot.cache_clear()
    yield
    access_rules.pivot.cache_clear()
