"""The application: one process that serves the API, the console and the portal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.routing import Route

from xiaoneng.api import operations
from xiaoneng.core.accounts.deps import authenticator
from xiaoneng.core.notifications.deps import close_streams
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.kit import clock, log
from xiaoneng.kit.db import Database
from xiaoneng.kit.edge import EdgeApp
from xiaoneng.kit.http import API_PREFIX
from xiaoneng.kit.jobs import is_ready as queue_is_ready
from xiaoneng.kit.openapi import NoOperation
from xiaoneng.kit.static import mount_pages
from xiaoneng.settings import Settings, get_settings

_DESCRIPTION = "作风整治与行政效能平台。错误一律为 RFC 9457 problem+json，`code` 稳定不变；列表为游标分页。"


def create_app(settings: Settings | None = None, database: Database | None = None) -> FastAPI:
    """Build the application; without a `database` it connects to that of the settings at its start."""
    chosen = settings or get_settings()
    log.configure(json_lines=chosen.environment == "production")
    clock.follow(chosen.clock_file)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if database is None:
            url = chosen.database_url or ""
            app.state.database = Database(
                url, pool_size=chosen.database.pool_size, max_overflow=chosen.database.max_overflow
            )
        yield
        await close_streams(app)
        if database is None:
            await app.state.database.close()

    app = EdgeApp(
        operations=operations,
        title="Xiaoneng 效能",
        version="0.1.0",
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API_PREFIX}/openapi.json",
        separate_input_output_schemas=False,
    )
    app.state.settings = chosen
    app.state.authenticate = authenticator
    if database is not None:
        app.state.database = database
    app.add_api_route("/healthz", _healthz, include_in_schema=False)
    app.add_api_route("/readyz", _readyz, include_in_schema=False)
    app.router.routes.append(Route("/api/{path:path}", NoOperation(), include_in_schema=False))
    mount_pages(app, chosen.static_dir)
    return app


async def _healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


async def _readyz(request: Request) -> JSONResponse:
    """Database, queue and the calendar of this year are there."""
    database: Database = request.app.state.database
    async with database.unit_of_work() as session:
        calendar = await worktime.calendar(session)
        parts = {
            "database": True,
            "queue": await queue_is_ready(session),
            "calendar": calendar.covers(clock.today().year),
        }
    ready = all(parts.values())
    return JSONResponse({"status": "ready" if ready else "not_ready", **parts}, 200 if ready else 503)
