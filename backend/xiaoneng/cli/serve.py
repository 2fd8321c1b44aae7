"""Running the server and the worker."""

import asyncio
import contextlib
import signal
import socket
from types import FrameType
from typing import Annotated, Any

import typer
import uvicorn
from fastapi import FastAPI
from typing_extensions import override

from xiaoneng import worker as worker_module
from xiaoneng.app import create_app
from xiaoneng.cli import demo as demo_region
from xiaoneng.cli.database import Addresses, addresses, upgrade
from xiaoneng.core.notifications.deps import close_streams
from xiaoneng.kit import log
from xiaoneng.settings import get_settings, use_database

GRACE_SECONDS = 10
STARTING_SECONDS = 60
"""How long a process may import on a busy machine before its supervisor takes it for dead."""


class _Server(uvicorn.Server):
    """Ends the open event streams first, so that a stop does not wait for them."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self.app = app

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await close_streams(self.app)
        await super().shutdown(sockets)


def serve(
    *,
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口")] = 8000,
    workers: Annotated[int, typer.Option(help="服务进程数；大于 1 时请另行运行 worker")] = 1,
    demo: Annotated[bool, typer.Option("--demo", help="首次启动时写入演示区县")] = False,
) -> None:
    """Serve API, console and portal; with one process the worker runs inside it."""
    signal.signal(signal.SIGTERM, _leave)
    with addresses() as found:
        upgrade(found.owner)
        use_database(found.app)
        if demo:
            asyncio.run(demo_region.seed_once(found.app))
            demo_region.announce(f"http://{host}:{port}")
        if workers > 1:
            uvicorn.run(
                "xiaoneng.cli.main:create_app",
                factory=True,
                workers=workers,
                timeout_worker_healthcheck=STARTING_SECONDS,
                **_options(host, port),
            )
        else:
            asyncio.run(_serve_with_worker(found, host, port))


def _leave(_: int, __: FrameType | None) -> None:
    """Ends as Ctrl-C does, so that a private database is stopped too; uvicorn raises its signal again when done."""
    raise SystemExit(0)


def _options(host: str, port: int) -> dict[str, Any]:
    """What one and several processes have in common. Only trusted proxies may say for whom they call."""
    return {
        "host": host,
        "port": port,
        "access_log": False,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "proxy_headers": True,
        "forwarded_allow_ips": get_settings().trusted_proxies,
    }


async def _serve_with_worker(found: Addresses, host: str, port: int) -> None:
    app = create_app()
    config = uvicorn.Config(app, log_level="warning", **_options(host, port))
    server = _Server(config, app)
    work = asyncio.create_task(worker_module.work(found.app))
    work.add_done_callback(lambda _: setattr(server, "should_exit", True))
    try:
        await server.serve()
    finally:
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


def worker() -> None:
    """Work on the queue and the timers until stopped."""
    log.configure(json_lines=get_settings().environment == "production")
    with addresses() as found:
        asyncio.run(_work_until_stopped(found.app))


async def _work_until_stopped(url: str) -> None:
    loop = asyncio.get_running_loop()
    work = asyncio.create_task(worker_module.work(url))
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work
