"""A region with accounts, and the application with the routers of organization and accounts."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from tests.core.organization.region import Post, Units, found_region, hire
from tests.core.scratch import anyio_backend, database, new_app

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.deps import authenticator
from xiaoneng.core.accounts.public import public
from xiaoneng.core.accounts.routes import routes
from xiaoneng.core.accounts.schemas import AccountDraft
from xiaoneng.core.accounts.service import directory, login
from xiaoneng.core.organization.routes import routes as organization_routes
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.kit import ids
from xiaoneng.kit.db import Database

__all__ = ["anyio_backend", "database"]
PASSWORD = "Right-horse-2026"


@dataclass(frozen=True)
class Someone:
    """An account to log in with."""

    login: str
    account_id: UUID
    person_id: UUID | None


@pytest.fixture(autouse=True)
def _no_failures_remembered() -> None:
    login._failures.clear()


@pytest.fixture(scope="module")
async def region(database: Database) -> Units:
    return await found_region(database)


@pytest.fixture(scope="module")
def app(database: Database) -> FastAPI:
    made = new_app(database, public, routes, organization_routes)
    made.state.authenticate = authenticator
    return made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as made:
        yield made


@pytest.fixture
def engage(database: Database, region: Units) -> Callable[..., object]:
    """Make a person with a post and an account."""

    async def make(role: Role | None = None, unit: str = "bureau", **more: object) -> Someone:
        async with database.unit_of_work() as session:
            post = Post(region[unit], role)
            person_id = await hire(session, post)
            draft = AccountDraft(f"u{ids.new_id().hex[-12:]}", PASSWORD, person_id, **more)
            account = await directory.create_account(session, SYSTEM, draft)
        return Someone(account.login, account.id, person_id)

    return make
