"""Bringing a table in from the shell, for files that are too large to upload: the same steps as on the page."""

import asyncio
import gzip
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from xiaoneng import worker
from xiaoneng.cli.database import addresses, upgrade
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts.service import authentication
from xiaoneng.core.files import service as files
from xiaoneng.core.transfers.models.imports import ImportState
from xiaoneng.core.transfers.schemas.imports import ImportCheck, ImportCreate, ImportRead
from xiaoneng.core.transfers.service import importing, imports
from xiaoneng.features.cases.service.importing import KIND
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.jobs import opened
from xiaoneng.kit.pages import PageParams

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Order:
    """What the operator wants."""

    kind: str
    source: str
    login: str
    mapping: Mapping[str, str]
    constants: Mapping[str, str]
    confirm: bool


def import_table(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="xlsx 或 csv，csv 可为 .gz")],
    source: Annotated[str, typer.Option(help="来源代码，小写字母、数字、- _")],
    login: Annotated[str, typer.Option(help="以谁的名义导入")],
    *,
    columns: Annotated[list[str] | None, typer.Option("--map", help="字段=列名，可多次")] = None,
    constants: Annotated[list[str] | None, typer.Option("--set", help="字段=每行相同的值，可多次")] = None,
    confirm: Annotated[bool, typer.Option(help="试导入之后写入")] = False,
) -> None:
    """Try a table out, say what is wrong by row and column, and with --confirm write the rows without errors."""
    mapping, same = (dict(pair.split("=", 1) for pair in pairs or ()) for pairs in (columns, constants))
    with addresses() as found:
        upgrade(found.owner)
        done = asyncio.run(_bring_in(found.app, file, _Order(KIND, source, login, mapping, same, confirm)))
    typer.echo(
        f"{done.state}: {done.rows_done} rows, {done.rows_added} new, {done.rows_known} known before, "
        f"{done.rows_refused} refused, {done.errors} errors, {done.warnings} warnings"
    )
    if done.state is ImportState.FAILED:
        raise typer.Exit(1)


async def _bring_in(url: str, file: Path, order: _Order) -> ImportRead:
    database = Database(url)
    try:
        async with opened(url):  # each step also asks a worker for it, who finds nothing left to do
            import_id = await _begin(database, file, order)
            await importing.do_step(database, import_id)
            checked = await _check(database, import_id, order)
            if order.confirm and checked.state is ImportState.CHECKED:
                await _confirm(database, import_id, order)
            return await _look(database, import_id, order.login)
    finally:
        await database.close()


async def _begin(database: Database, file: Path, order: _Order) -> UUID:
    draft = files.new_draft()
    try:
        with tempfile.TemporaryDirectory(prefix="xn-import-") as place:
            await files.pour(draft, await asyncio.to_thread(_unpacked, file, Path(place, "plain")))
        upload = await files.admit(draft, file.name.removesuffix(".gz"))
        async with database.unit_of_work() as session:
            actor = await _actor(session, order.login)
            kept = await files.keep(session, actor, upload)
            await session.flush()
            body = ImportCreate(kind=order.kind, file_id=kept.id, source=order.source)
            return (await imports.take_on(session, actor, body)).id
    finally:
        draft.discard()


def _unpacked(file: Path, place: Path) -> Path:
    if file.suffix != ".gz":
        return file
    with gzip.open(file, "rb") as packed, place.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return place


async def _actor(session: Session, login: str) -> Actor:
    actor = await authentication.actor_named(session, login)
    if actor is None:
        raise typer.BadParameter(f"there is no open account {login}")
    return actor


async def _check(database: Database, import_id: UUID, order: _Order) -> ImportRead:
    looked = await _look(database, import_id, order.login)
    if looked.state is not ImportState.MAPPING:
        return looked
    body = ImportCheck(mapping={**(order.mapping or looked.mapping)}, constants={**order.constants})
    async with database.unit_of_work() as session:
        await imports.check(session, await _actor(session, order.login), import_id, looked.rev, body)
    await importing.do_step(database, import_id)
    async with database.unit_of_work() as session:
        actor = await _actor(session, order.login)
        found = await imports.faults(session, actor, import_id, PageParams(limit=_SHOWN))
    for fault in found.items:
        typer.echo(f"{fault.row} {fault.column} {fault.severity} {fault.code} {fault.text}")
    return await _look(database, import_id, order.login)


async def _confirm(database: Database, import_id: UUID, order: _Order) -> None:
    looked = await _look(database, import_id, order.login)
    async with database.unit_of_work() as session:
        await imports.confirm(session, await _actor(session, order.login), import_id, looked.rev)
    await importing.do_step(database, import_id)


async def _look(database: Database, import_id: UUID, login: str) -> ImportRead:
    async with database.unit_of_work() as session:
        return await imports.get(session, await _actor(session, login), import_id)


REGISTERED = worker.JOBS
"""Importing the worker registers every importer."""
