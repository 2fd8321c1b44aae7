"""Doing the steps of an import: look at the file, try its rows out, write them batch by batch.

A batch is one transaction with the count of lines that are done: whatever is killed when, a line comes in once.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts.service import authentication
from xiaoneng.core.files import service as files
from xiaoneng.core.files.errors import ContentMissing
from xiaoneng.core.transfers.errors import NoLongerAllowed
from xiaoneng.core.transfers.models.imports import MAX_FAULTS, ImportJob, ImportState, Severity
from xiaoneng.core.transfers.repository import imports as repository
from xiaoneng.core.transfers.rules.cells import shown
from xiaoneng.core.transfers.schemas.imports import Fault, Importer, Origin
from xiaoneng.core.transfers.service import reports, tables
from xiaoneng.core.transfers.service.imports import close, fingerprint, importers, move
from xiaoneng.core.transfers.service.rows import Found, Judged, Reader, headings_of, suggested
from xiaoneng.core.transfers.service.tables import Layout, Line
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.problems import AppError

BATCH = 1_000
_SAMPLES = 5
_SAMPLE_LENGTH = 120


class _Stopped(Exception):
    """Somebody stopped the import, or another worker is further."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One import with a job at it."""

    database: Database
    job: ImportJob
    importer: Importer
    path: Path

    @property
    def layout(self) -> Layout:
        """What the file was found to be."""
        return Layout(self.job.sheets, self.job.sheet, self.job.encoding)

    def reader(self) -> Reader:
        """Reads under the chosen mapping."""
        return Reader(self.importer, self.job.headers, self.job.mapping, self.job.constants)


async def do_step(database: Database, import_id: UUID) -> None:
    """Do what an import waits for, if it waits. Begun again after a crash it goes on."""
    async with database.unit_of_work() as session:
        job = await repository.get(session, import_id)
    steps = {ImportState.INSPECTING: _inspect, ImportState.CHECKING: _check, ImportState.IMPORTING: _write}
    if job is None or job.state not in steps:
        return
    try:
        async with _content(database, job) as path:
            await steps[job.state](_Run(database, job, importers[job.kind], path))
    except _Stopped:
        return
    except AppError as error:
        async with database.unit_of_work() as session:
            found = await repository.lock(session, import_id)
            if found is not None and found.state is job.state:
                await close(session, found, ImportState.FAILED, error.code)


@asynccontextmanager
async def _content(database: Database, job: ImportJob) -> AsyncIterator[Path]:
    """The file of an import, on the disk of this machine."""
    async with database.unit_of_work() as session:
        if job.file_id is None:
            raise ContentMissing
        chunks = await files.content_of(session, job.file_id)
    with tempfile.TemporaryDirectory(prefix="xn-import-") as place:
        path = Path(place, "content")
        file = await asyncio.to_thread(path.open, "wb")
        try:
            async for chunk in chunks:
                await asyncio.to_thread(file.write, chunk)
        finally:
            file.close()
        yield path


async def _inspect(run: _Run) -> None:
    def look() -> tuple[Layout, list[Line]]:
        is_workbook = run.job.file_name.lower().endswith(".xlsx")
        layout = tables.layout_of(run.path, is_workbook=is_workbook, sheet=run.job.sheet)
        with tables.lines(run.path, layout) as lines:
            return layout, list(islice(lines, 1 + _SAMPLES))

    layout, [head, *samples] = await asyncio.to_thread(look)
    async with run.database.unit_of_work() as session:
        job = await _going(session, run)
        job.sheets, job.sheet, job.encoding = layout.sheets, layout.sheet, layout.encoding
        job.headers = headings_of(head)
        job.samples = [[text[:_SAMPLE_LENGTH] for text in headings_of(line)] for line in samples]
        before = await repository.remembered(session, job.requested_by, job.kind, fingerprint(job.headers))
        job.mapping = before.mapping if before else suggested(run.importer, job.headers)
        job.constants = before.constants if before else {}
        await move(session, job, ImportState.MAPPING)


async def _check(run: _Run) -> None:
    numbers = count(1)
    async with run.database.unit_of_work() as session:
        job = await _going(session, run)
        await repository.forget_faults(session, job.id)
        job.rows_total, job.rows_done, job.errors, job.warnings = None, 0, 0, 0
        job.rows_known = job.rows_refused = job.rows_added = 0
        facts = await run.importer.prepare(session)
    async for judged in _judged(run, facts):
        async with run.database.unit_of_work() as session:
            job = await _going(session, run)
            await _count(session, run, job, judged)
            rows = [_fault(job.id, number, one) for one, number in zip(judged.faults, numbers, strict=False)]
            await repository.add_faults(session, [row for row in rows if row["number"] <= MAX_FAULTS])
            await move(session, job, ImportState.CHECKING)
    await _report(run)


async def _report(run: _Run) -> None:
    """End the trial, with a workbook of what is wrong if anything is."""
    made = await reports.write(run.database, run.job)
    try:
        async with run.database.unit_of_work() as session:
            job = await _going(session, run)
            job.rows_total = job.rows_done
            job.report_id = await reports.keep(session, job, made) if made else None
            await move(session, job, ImportState.CHECKED)
    finally:
        if made:
            made.draft.discard()


async def _write(run: _Run) -> None:
    async with run.database.unit_of_work() as session:
        facts = await run.importer.prepare(session)
    job = run.job
    origin = Origin(job.id, job.source, job.requested_by, facts, job.file_name, job.sheet, job.headers)
    async for judged in _judged(run, facts, skip=run.job.rows_done):
        async with run.database.unit_of_work() as session:
            job = await _going(session, run)
            actor = await _allowed(session, run)
            known = await _count(session, run, job, judged)
            new = [row for row in judged.good if row.key not in known]
            job.rows_added += len(new)
            await run.importer.write(session, actor, origin, new)
            if run.importer.update is not None and judged.changed:
                await run.importer.update(
                    session, actor, origin, [one for one in judged.good if one.key in judged.changed]
                )
            await move(session, job, ImportState.IMPORTING)
    async with run.database.unit_of_work() as session:
        await close(session, await _going(session, run), ImportState.DONE)


async def _count(session: Session, run: _Run, job: ImportJob, judged: Judged) -> set[str]:
    """Count a batch; the keys that are there already."""
    known = await run.importer.known(session, job.source, [row.key for row in judged.good])
    await _compare(session, run, judged, known)
    job.rows_changed += len(judged.changed)
    job.rows_done += judged.lines
    job.rows_known += len(known)
    job.rows_refused += judged.refused
    if job.state is ImportState.CHECKING:
        errors = sum(one.fault.severity is Severity.ERROR for one in judged.faults)
        job.errors += errors
        job.warnings += len(judged.faults) - errors
        job.rows_added += len(judged.good) - len(known)
    return known


async def _compare(session: Session, run: _Run, judged: Judged, known: set[str]) -> None:
    """Hold rows that are there already against what is kept; what differs is told by row and column."""
    there = [row for row in judged.good if row.key in known]
    if run.importer.compare is None or not there:
        return
    differing = await run.importer.compare(session, run.job.source, there)
    for row in there:
        for heading in differing.get(row.key, ()):
            judged.changed.add(row.key)
            fault = Fault(heading, "differs", Severity.WARNING)
            judged.faults.append(Found(row.number, heading, fault, shown(row.raw.get(heading))))


async def _judged(run: _Run, facts: Any, *, skip: int = 0) -> AsyncIterator[Judged]:
    """The lines of a file in batches; those before `skip` are only remembered."""
    reader = run.reader()
    with ExitStack() as stack:
        lines: Iterator[Line] = await asyncio.to_thread(lambda: stack.enter_context(tables.lines(run.path, run.layout)))
        await asyncio.to_thread(next, lines)
        if skip:
            await asyncio.to_thread(reader.read, lines, skip, facts)
        while (judged := await asyncio.to_thread(reader.read, lines, BATCH, facts)).lines:
            yield judged


def _fault(import_id: UUID, number: int, found: Found) -> dict[str, Any]:
    fault = found.fault
    return {
        "import_id": import_id,
        "number": number,
        "row": found.row,
        "column": found.column,
        "severity": fault.severity,
        "code": fault.code,
        "value": found.value,
    }


async def _going(session: Session, run: _Run) -> ImportJob:
    """The import, locked and still where this run found it."""
    job = await repository.lock(session, run.job.id)
    if job is None or job.state is not run.job.state:
        raise _Stopped
    return job


async def _allowed(session: Session, run: _Run) -> Actor:
    actor = await authentication.actor_of(session, run.job.requested_by)
    if actor is None or not actor.holds(run.importer.permission):
        raise NoLongerAllowed
    return actor
