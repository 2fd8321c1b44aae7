"""The region of the tests, the application, and inputs kept outside the project."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic_settings import BaseSettings
from tests.core.organization.region import database, region

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.routes import bodies, people, units
from xiaoneng.core.organization.service import directory
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.kit import ids, problems
from xiaoneng.kit.addresses import Addresses
from xiaoneng.kit.db import Database

__all__ = ["database", "region"]


class Outside(BaseSettings):
    """Where real inputs lie."""

    xiaoneng_shared_data: Path = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def divisions() -> bytes:
    """A whole prefecture."""
    file = Outside().xiaoneng_shared_data / "divisions" / "changsha_4301_tree.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not here; XIAONENG_SHARED_DATA says where the real inputs are")
    return file.read_bytes()


@pytest.fixture
async def as_role(database: Database) -> AsyncIterator[object]:
    """A client that calls in a role of a unit."""
    clients = []

    async def client(role: Role, unit_id=None, person_id=None) -> httpx.AsyncClient:
        async with database.unit_of_work() as session:
            reach = await directory.subtree(session, [unit_id]) if unit_id else frozenset()
        caller = Actor(
            ids.new_id(), "测试员", ActorKind.PERSON, person_id, unit_id, {role: reach}, pivot().grants, frozenset()
        )

        async def authenticate(request, session) -> Actor:
            return caller

        app = FastAPI()
        app.state.database, app.state.authenticate = database, authenticate
        problems.install(app)
        app.router.routes.append(Addresses(route for part in (units, people, bodies) for route in part.routes.routes))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://test/api/v1"))
        return clients[-1]

    yield client
    for one in clients:
        await one.aclose()
