"""The queue: procrastinate in PostgreSQL. A job is enqueued on the connection of the change it belongs to.

Jobs run at least once: a worker that dies leaves its job behind, `rescue_stalled` puts it back, and every handler
must do nothing the second time.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec

import procrastinate
import sqlalchemy as sa
from procrastinate.tasks import Task

from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.log import get_logger

P = ParamSpec("P")
_log = get_logger(__name__)
STALLED_AFTER_SECONDS = 30
MAX_ATTEMPTS = 8

queue = procrastinate.App(connector=procrastinate.PsycopgConnector())
JobTask = Task[Any, Any, Any]
_JOB = sa.table("procrastinate_jobs", sa.column("status"), sa.column("scheduled_at", sa.DateTime(timezone=True)))


def job(
    name: str, *, attempts: int = MAX_ATTEMPTS
) -> Callable[[Callable[Concatenate[Session, P], Awaitable[None]]], JobTask]:
    """Make a function a job: it runs in a unit of work of its own and is tried again, ever later, when it raises."""
    retry = procrastinate.RetryStrategy(max_attempts=attempts, exponential_wait=2)

    def decorate(function: Callable[Concatenate[Session, P], Awaitable[None]]) -> JobTask:
        @queue.task(name=name, pass_context=True, retry=retry)
        async def run(context: procrastinate.JobContext, /, *args: P.args, **kwargs: P.kwargs) -> None:
            database: Database = context.additional_context["database"]
            async with database.unit_of_work() as session:
                await function(session, *args, **kwargs)

        return run

    return decorate


def periodic(name: str, cron: str) -> Callable[[Callable[[Session], Awaitable[None]]], JobTask]:
    """Make a function a timer (cron with seconds as a sixth field); one run a tick however many workers there are."""

    def decorate(function: Callable[[Session], Awaitable[None]]) -> JobTask:
        @queue.periodic(cron=cron)
        @queue.task(name=name, pass_context=True, queueing_lock=name)
        async def run(context: procrastinate.JobContext, timestamp: int) -> None:
            database: Database = context.additional_context["database"]
            _log.debug("timer", name=name, tick=timestamp)
            async with database.unit_of_work() as session:
                await function(session)

        return run

    return decorate


async def enqueue(session: Session, task: JobTask, **arguments: Any) -> None:
    """Put a job into the queue as part of the session's transaction: a rollback leaves nothing."""
    await task.configure(connection=await session.driver()).defer_async(**arguments)


async def bring_forward(session: Session, by: timedelta) -> None:
    """Let what waits for its hour wait `by` less: the queue keeps time by the database's clock, which does not move."""
    waiting = sa.cast(_JOB.c.status, sa.Text) == "todo"
    await session.execute(sa.update(_JOB).where(waiting).values(scheduled_at=_JOB.c.scheduled_at - by))


@queue.periodic(cron="* * * * * */30")
@queue.task(name="jobs.rescue_stalled", queueing_lock="jobs.rescue_stalled", pass_context=True)
async def rescue_stalled(context: procrastinate.JobContext, timestamp: int) -> None:
    """Put back the jobs whose worker has died."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        _log.warning("job_rescued", job=stalled.id, task=stalled.task_name, tick=timestamp)
        await manager.retry_job(stalled)


@asynccontextmanager
async def opened(url: str, *, size: int = 4) -> AsyncIterator[procrastinate.App]:
    """The queue with connections of its own, besides those of the units of work of its jobs."""
    connector = procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=size)
    with queue.replace_connector(connector) as connected:
        async with connected.open_async():
            yield connected


async def run_worker(url: str, database: Database, *, concurrency: int = 4, until_empty: bool = False) -> None:
    """Work until cancelled, or until nothing waits any more."""
    async with opened(url) as opened_queue:
        await opened_queue.run_worker_async(
            concurrency=concurrency,
            wait=not until_empty,
            listen_notify=not until_empty,
            install_signal_handlers=False,
            additional_context={"database": database},
            delete_jobs="successful",
            update_heartbeat_interval=STALLED_AFTER_SECONDS / 3,
        )


async def is_ready(session: Session) -> bool:
    """Whether the queue's tables are there."""
    return bool(await session.scalar(sa.text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")))
