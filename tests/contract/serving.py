"""The application behind a real socket, on a database of its own, for clients that were not written here."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from pydantic_settings import BaseSettings
from tests.fixtures.postgres import Urls, cloned

from xiaoneng.app import create_app
from xiaoneng.core.accounts.service import directory
from xiaoneng.kit.db import Database
from xiaoneng.settings import Settings

REPO = Path(__file__).parents[2]
PREFIX = "/api/v1"
STARTED_WITHIN = 60.0


class Outside(BaseSettings):
    """Where real inputs lie, and how much is tried."""

    xiaoneng_shared_data: Path = REPO.parent / "shared" / "data"
    xiaoneng_contract_examples: int = 15


@dataclass(frozen=True)
class Served:
    """A running server: its address, its contract, and tokens by login."""

    origin: str
    spec: dict[str, Any]
    tokens: dict[str, str]
    urls: Urls

    def client(self, login: str | None = None) -> httpx.Client:
        """A client of the API, logged in as `login` or not at all."""
        headers = {"Authorization": f"Bearer {self.tokens[login]}"} if login else {}
        return httpx.Client(base_url=self.origin + PREFIX, headers=headers, timeout=60)


@pytest.fixture(scope="session")
def served(postgres_urls: Urls, region_template: str) -> Iterator[Served]:
    """The demo district, served for the whole session."""
    with cloned(postgres_urls, region_template) as urls, _running(urls) as (app, origin):
        tokens = asyncio.run(_tokens(urls.app, "operator", "office", "cg.liaison", "sysadmin", "secadmin"))
        yield Served(origin, app.openapi(), tokens, urls)


@contextmanager
def _running(urls: Urls) -> Iterator[tuple[FastAPI, str]]:
    """A server in a thread with a loop of its own; its database belongs to that loop alone."""
    database = Database(urls.app, pool_size=5)
    app = create_app(Settings(environment="test"), database)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=lambda: asyncio.run(_serve(server, database)), name="served")
    thread.start()
    waiter = threading.Event()
    try:
        for _ in range(int(STARTED_WITHIN / 0.05)):
            if server.started or not thread.is_alive():
                break
            waiter.wait(0.05)
        assert server.started
        port = server.servers[0].sockets[0].getsockname()[1]
        yield app, f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(STARTED_WITHIN)


async def _serve(server: uvicorn.Server, database: Database) -> None:
    try:
        await server.serve()
    finally:
        await database.close()


async def _tokens(url: str, *logins: str) -> dict[str, str]:
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            return {login: await directory.issue_token_for(session, login) for login in logins}
    finally:
        await database.close()


@pytest.fixture(scope="session")
def security_data() -> Path:
    """The folder of hostile inputs and vectors."""
    folder = Outside().xiaoneng_shared_data / "security"
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not here; XIAONENG_SHARED_DATA says where the real inputs are")
    return folder
