"""A region with accounts, and the application with the routers of organization and accounts."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from tests.core.organization.region import Post, Units, database, hire, region

from xiaoneng.app import create_app
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.rules import pivot
from xiaoneng.core.accounts.models import Account, Client
from xiaoneng.core.accounts.schemas import AccountDraft, Tokens
from xiaoneng.core.accounts.service import directory, login, passwords, sessions
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.kit import ids
from xiaoneng.kit.db import Database
from xiaoneng.settings import Settings

__all__ = ["database", "region"]
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
def app(database: Database) -> FastAPI:
    """The whole application."""
    return create_app(Settings(environment="test"), database)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as made:
        yield made


@pytest.fixture(scope="session")
async def hashed() -> str:
    """The password of everybody here, hashed once: hashing is slow on purpose."""
    return await passwords.hash_password(PASSWORD)


@pytest.fixture
def engage(
    database: Database, region: Units, hashed: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Awaitable[Someone]]:
    """Make a person with a post and an account."""
    really_hash = passwords.hash_password

    async def hash_password(password: str) -> str:
        return hashed if password == PASSWORD else await really_hash(password)

    monkeypatch.setattr(passwords, "hash_password", hash_password)

    async def make(role: Role | None = None, unit: str = "bureau", **more: object) -> Someone:
        async with database.unit_of_work() as session:
            post = Post(region[unit], role)
            person_id = await hire(session, post)
            draft = AccountDraft(f"u{ids.new_id().hex[-12:]}", PASSWORD, person_id, **more)
            account = await directory.create_account(session, SYSTEM, draft)
        return Someone(account.login, account.id, person_id)

    return make


@pytest.fixture
def open_for(database: Database) -> Callable[..., Awaitable[Tokens]]:
    """A session without the work of checking a password."""

    async def opened(someone: Someone, client: Client = Client.DEVICE) -> Tokens:
        async with database.unit_of_work() as session:
            account = await session.get(Account, someone.account_id)
            return await sessions.open_session(session, account, client)

    return opened


@dataclass(frozen=True)
class RouteUnderTest:
    """A route with an address that exists in form."""

    operation: str
    method: str
    path: str
    public: bool


def every_route(app: FastAPI) -> list[RouteUnderTest]:
    """All routes of the application, as its specification lists them."""
    found = []
    for path, methods in app.openapi()["paths"].items():
        for method, described in methods.items():
            operation = described["operationId"]
            filled = re.sub(r"\{\w+\}", str(ids.new_id()), path.removeprefix("/api/v1"))
            found.append(RouteUnderTest(operation, method.upper(), filled, pivot().rows[operation].public))
    return found
