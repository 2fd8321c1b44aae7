"""Processes that can be killed: servers and workers, each forked from one process that has imported everything.

A fork spares every restart the imports, so that a test can afford many; it has sockets, connections and memory of its
own, and SIGKILL ends it as it ends any other process.
"""

import asyncio
import multiprocessing
import signal
import socket
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from typing import Any

import uvicorn

from xiaoneng import worker
from xiaoneng.app import create_app
from xiaoneng.kit import jobs
from xiaoneng.settings import Settings

HOST = "127.0.0.1"
_GRACE_SECONDS = 20
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def serve(url: str, port: int) -> None:
    """Be a server process with its own pool of connections."""
    app = create_app(Settings(environment="test", database_url=url))
    uvicorn.run(app, host=HOST, port=port, access_log=False, log_level="critical")


def work(url: str) -> None:
    """Be a worker that is missed after three seconds instead of thirty."""
    jobs.STALLED_AFTER_SECONDS = 3
    asyncio.run(worker.work(url))


def started(target: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """Start a process that runs `target`; it ends with the test session at the latest."""
    process = _context.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


def kill(process: ForkServerProcess) -> None:
    """Send SIGKILL to a process that lives, and see that it died of it."""
    assert process.is_alive(), f"it had ended by itself with {process.exitcode}"
    process.kill()
    process.join(_GRACE_SECONDS)
    assert process.exitcode == -signal.SIGKILL
