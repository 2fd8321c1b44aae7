"""A throw-away PostgreSQL for these tests: one private cluster a run, one fresh database a module."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from fastapi import APIRouter, FastAPI, Request
from pydantic_settings import BaseSettings
from sqlalchemy import text
from sqlmodel import SQLModel

from xiaoneng.core.access import rules as access_rules
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.outbox import models as outbox_models
from xiaoneng.core.timeline import models as timeline_models
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.kit import idempotency, ids, problems
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.http import EdgeMiddleware
from xiaoneng.kit.jobs import queue

TABLES = (outbox_models, timeline_models, idempotency)


class Surroundings(BaseSettings):
    """What the machine may offer: a running server, PostgreSQL's binaries, and inputs kept outside the project."""

    test_database_url: str | None = None
    xiaoneng_shared_data: Path = Path(__file__).parents[3] / "shared" / "data"
    pg_bindir: Path = Path("/usr/lib/postgresql/15/bin")


def _unprivileged() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@cache
def server_url() -> str:
    """The address of a server: `TEST_DATABASE_URL`, else a cluster of our own that ends with this process."""
    surroundings = Surroundings()
    if surroundings.test_database_url:
        return surroundings.test_database_url
    if not (surroundings.pg_bindir / "initdb").exists():
        pytest.skip("no PostgreSQL here: set TEST_DATABASE_URL or PG_BINDIR")
    home = Path(tempfile.mkdtemp(prefix="xn-core-"))
    drop = _unprivileged()
    if drop:
        os.chown(home, drop["user"], drop["group"])
    run = partial(subprocess.run, check=True, cwd="/", stdout=subprocess.DEVNULL, **drop)
    data, bindir = home / "data", surroundings.pg_bindir
    run([bindir / "initdb", "-D", data, "-U", "app", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"])
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c max_connections=120"
    run([bindir / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"])

    def stop() -> None:
        run([bindir / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"])
        shutil.rmtree(home)

    atexit.register(stop)
    return f"postgresql://app@/postgres?host={home}"


def new_database_url() -> str:
    """A fresh, empty database."""
    name = f"t{ids.new_id().hex}"
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return server_url().replace("/postgres", f"/{name}", 1)


async def make_tables(database: Database, url: str) -> None:
    """Every imported table, the history's catch-all partition, and the queue's own schema."""
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
        await connection.execute(text("CREATE TABLE timeline_entry_rest PARTITION OF timeline_entry DEFAULT"))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as raw:
        await raw.execute(queue.schema_manager.get_schema().encode())


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def database(anyio_backend: str) -> AsyncIterator[Database]:
    """A database with tables, for one module; units of work really commit."""
    url = new_database_url()
    made = Database(url, pool_size=24)
    await make_tables(made, url)
    yield made
    await made.close()


def actor(name: str, *roles: Role) -> Actor:
    """Somebody with roles; the same name is always the same account."""
    account_id = UUID(bytes=name.encode().ljust(16, b"_")[:16], version=4)
    grants = access_rules.pivot().grants
    held = {role: frozenset[UUID]() for role in roles}
    return Actor(account_id, name, ActorKind.PERSON, None, None, held, grants)


ACTORS: dict[str, tuple[Role, ...]] = {"office": (Role.LGO,), "handler": (Role.HDL,), "other": (Role.HDL,)}


async def _authenticate(request: Request, session: Session) -> Actor:
    """The bearer token is the actor's name; the connection is used, as it is in earnest."""
    name = request.headers.get("authorization", "").removeprefix("Bearer ")
    await session.execute(text("SELECT 1"))
    if name not in ACTORS:
        raise NotAuthenticated
    return actor(name, *ACTORS[name])


def new_app(database: Database, *routers: APIRouter) -> FastAPI:
    """The API with only the routers of one package."""
    app = FastAPI()
    app.state.database = database
    app.state.authenticate = _authenticate
    app.add_middleware(EdgeMiddleware)
    problems.install(app)
    for each in routers:
        app.include_router(each, prefix="/api/v1")
    return app


def client_of(app: FastAPI, name: str | None) -> httpx.AsyncClient:
    """A caller."""
    headers = {} if name is None else {"Authorization": f"Bearer {name}"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test/api/v1", headers=headers)


@pytest.fixture(autouse=True)
def pivot(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rows of these packages."""
    monkeypatch.setattr(access_rules, "PIVOT_FILE", Path(__file__).with_name("pivot.yaml"))
    access_rules.pivot.cache_clear()
    yield
    access_rules.pivot.cache_clear()
