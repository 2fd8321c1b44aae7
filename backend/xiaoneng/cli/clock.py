"""Moving the clock of a rehearsal: server, worker and tools follow the file that XIAONENG_CLOCK_FILE names."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated

import typer

from xiaoneng.cli.database import addresses
from xiaoneng.kit import clock as kit
from xiaoneng.kit.db import Database
from xiaoneng.kit.jobs import bring_forward
from xiaoneng.settings import get_settings


def follow() -> None:
    """Xiaoneng 效能: server, worker and tools."""
    kit.follow(get_settings().clock_file)


def clock(
    *,
    forward: Annotated[float, typer.Option(min=0, help="向前拨多少小时")] = 0,
    to: Annotated[datetime | None, typer.Option(help="拨到本地时间，如 2026-11-26T09:00:00；不能早于现在")] = None,
) -> None:
    """Print the present of this installation after moving it forward; refused in production."""
    step = timedelta(hours=forward)
    if to is not None:
        step = to.replace(tzinfo=kit.REGION_ZONE) - kit.now()
    if step:
        with addresses() as found:
            asyncio.run(_advance(found.app, step))
    typer.echo(kit.local(kit.now()).isoformat(timespec="seconds"))


async def _advance(url: str, step: timedelta) -> None:
    """The clock moves last, when what waits in the queue has been brought forward for certain."""
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            await bring_forward(session, step)
            _move(step)
    finally:
        await database.close()


def _move(step: timedelta) -> None:
    try:
        kit.advance(step)
    except ValueError as refused:
        raise typer.BadParameter(f"{refused}; XIAONENG_CLOCK_FILE names it, outside production") from refused
