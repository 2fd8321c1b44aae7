"""A database a module and small applications for the packages of the core."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import hypothesis
import pytest
from fastapi import APIRouter, FastAPI, Request
from pydantic_settings import BaseSettings
from sqlalchemy import text
from tests.fixtures.postgres import Urls, cloned

from xiaoneng.core.access import rules as access_rules
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.edge import EdgeApp

hypothesis.settings.register_profile("no deadlines", deadline=None)
hypothesis.settings.load_profile("no deadlines")


class Surroundings(BaseSettings):
    """Inputs kept outside the project."""

    xiaoneng_shared_data: Path = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
async def database(postgres_urls: Urls, template: str, anyio_backend: str) -> AsyncIterator[Database]:
    """A database for one module, as the application's role; units of work really commit."""
    with cloned(postgres_urls, template) as urls:
        made = Database(urls.app, pool_size=24)
        yield made
        await made.close()


def actor(name: str, *roles: Role) -> Actor:
    """Somebody with roles; the same name is always the same account."""
    account_id = UUID(bytes=name.encode().ljust(16, b"_")[:16], version=4)
    grants = access_rules.pivot().grants
    held = {role: frozenset[UUID]() for role in roles}
    return Actor(account_id, name, ActorKind.PERSON, None, None, held, grants)


ACTORS: dict[str, tuple[Role, ...]] = {
    "office": (Role.LGO,),
    "leader": (Role.LGL,),
    "handler": (Role.HDL,),
    "other": (Role.HDL,),
}


async def authenticate(request: Request, session: Session) -> Actor:
    """The bearer token is the actor's name; the connection is used, as it is in earnest."""
    name = request.headers.get("authorization", "").removeprefix("Bearer ")
    await session.execute(text("SELECT 1"))
    if name not in ACTORS:
        raise NotAuthenticated
    return actor(name, *ACTORS[name])


def new_app(database: Database, *routers: APIRouter) -> FastAPI:
    """The API with only the routers of one package."""
    operations = [route for each in routers for route in each.routes]
    app = EdgeApp(operations=operations, title="scratch")
    app.state.database = database
    app.state.authenticate = authenticate
    return app


def client_of(app: FastAPI, name: str | None) -> httpx.AsyncClient:
    """A caller."""
    headers = {} if name is None else {"Authorization": f"Bearer {name}"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test/api/v1", headers=headers)
