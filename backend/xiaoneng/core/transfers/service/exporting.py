"""Writing an export: batch after batch, each in a transaction of its own, so that progress shows and nothing piles up.

Who may see what is asked anew for every batch: a post that ends while the export runs ends the export.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.accounts.service import authentication
from xiaoneng.core.documents.schemas import MEDIA_TYPES
from xiaoneng.core.documents.service import rendering
from xiaoneng.core.files import service as files
from xiaoneng.core.files.service import Made
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.transfers.errors import ApprovalMissing, NoLongerAllowed, TooManyRows
from xiaoneng.core.transfers.events import ExportMoved
from xiaoneng.core.transfers.models.exports import EXPORT, QUEUED_EXPORT, ExportJob, ExportState
from xiaoneng.core.transfers.repository import exports as repository
from xiaoneng.core.transfers.rules.sheets import MAX_ROWS, file_name
from xiaoneng.core.transfers.schemas.exports import Batch, DocumentExporter, Exporter, ExportOrder
from xiaoneng.core.transfers.schemas.sheets import Note, SheetColumn
from xiaoneng.core.transfers.service.exports import APPROVAL_ROWS, close, exporters
from xiaoneng.core.transfers.service.workbooks import MEDIA_TYPE, Workbook
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.problems import AppError

KEPT_FOR = timedelta(hours=72)
"""Local setting: how long a finished export can be taken."""


class _Stopped(Exception):
    """Somebody stopped the export, or another worker has finished it."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One export on its way."""

    database: Database
    job: ExportJob
    exporter: Exporter | DocumentExporter
    order: ExportOrder
    narrowed: Sequence[Note]


async def write_export(database: Database, export_id: UUID) -> None:
    """Write one export from its first row on; begun again after a crash it starts anew."""
    run = await _taken_up(database, export_id)
    if run is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="xn-export-") as place:
            if isinstance(run.exporter, DocumentExporter):
                await _write_document(run, run.exporter, Path(place, "export"))
            else:
                await _write_workbook(run, run.exporter, Path(place, "export.xlsx"))
    except _Stopped:
        return
    except AppError as error:
        async with database.unit_of_work() as session:
            await _fail(session, export_id, error)


async def _write_workbook(run: _Run, exporter: Exporter, path: Path) -> None:
    book = Workbook(path, exporter.title, await _columns(run, exporter))
    try:
        await _fill(run, exporter, book)
    finally:  # also what will not be kept: the rows so far stand in an open file
        await asyncio.to_thread(book.close, _notes(run, book.rows))
    await _keep(run, path, "xlsx", MEDIA_TYPE)


async def _write_document(run: _Run, exporter: DocumentExporter, path: Path) -> None:
    async with run.database.unit_of_work() as session:
        document, fmt = await exporter.document_of(session, await _requester(session, run), run.order)
    await asyncio.to_thread(path.write_bytes, await rendering.write(document, fmt))
    await _keep(run, path, fmt.value, MEDIA_TYPES[fmt])


async def _taken_up(database: Database, export_id: UUID) -> _Run | None:
    async with database.unit_of_work() as session:
        job = await _begin(session, export_id)
        if job is None:
            return None
        exporter = exporters[job.kind]
        narrowed = await exporter.describe(session, job.filters)
    order = ExportOrder(job.kind, job.filters, job.with_personal, job.reason)
    return _Run(database, job, exporter, order, narrowed)


async def _columns(run: _Run, exporter: Exporter) -> Sequence[SheetColumn]:
    if exporter.columns_of is None:
        return exporter.columns
    async with run.database.unit_of_work() as session:
        actor = await _requester(session, run)
        return await exporter.columns_of(session, actor, run.order)


async def _requester(session: Session, run: _Run) -> Actor:
    """Whoever asked, with what they may do now. Raises NoLongerAllowed."""
    actor = await authentication.actor_of(session, run.job.requested_by)
    if actor is None or not actor.holds(run.exporter.permission):
        raise NoLongerAllowed
    return actor


async def _begin(session: Session, export_id: UUID) -> ExportJob | None:
    job = await repository.lock(session, export_id)
    if job is None or job.state not in QUEUED_EXPORT:
        return None
    job.state, job.rows_done, job.updated_at = ExportState.RUNNING, 0, clock.now()
    job.rev += 1
    await outbox.publish(session, ExportMoved(subject_id=job.id))
    return job


async def _fill(run: _Run, exporter: Exporter, book: Workbook) -> None:
    async for batch in _batches(run, exporter, book):
        await asyncio.to_thread(book.write, batch.rows)
        if book.rows > MAX_ROWS:
            raise TooManyRows


async def _batches(run: _Run, exporter: Exporter, book: Workbook) -> AsyncIterator[Batch]:
    after: str | None = None
    first = True
    while first or after is not None:
        async with run.database.unit_of_work() as session:
            actor = await _requester(session, run)
            batch = await exporter.read(session, actor, run.order, after)
            if run.job.decided_by is None and book.rows + len(batch.rows) > APPROVAL_ROWS:
                raise ApprovalMissing
            await _go_on(session, run, book.rows + len(batch.rows))
        yield batch
        after, first = batch.after, False


async def _go_on(session: Session, run: _Run, rows: int) -> None:
    await session.flush()
    if not await repository.progress(session, run.job.id, rows, clock.now()):
        raise _Stopped
    await outbox.publish(session, ExportMoved(subject_id=run.job.id))


def _notes(run: _Run, rows: int) -> list[Note]:
    job = run.job
    told = [
        ("内容", run.exporter.title),
        ("导出人", job.requested_name),
        ("导出时间", f"{clock.local(clock.now()):%Y-%m-%d %H:%M}（北京时间）"),
        ("行数", str(rows)),
        ("筛选条件", "；".join(f"{one.title}：{one.text}" for one in run.narrowed) or "无"),
        ("个人信息", "含，明文" if job.with_personal else "已隐去"),
        ("事由", job.reason or "—"),
        ("批准人", job.decided_by_name or "—"),
        ("导出编号", str(job.id)),
        ("提示", "本表含有工作数据，仅供导出人按事由使用，请勿转发。"),
    ]
    return [Note(title, text) for title, text in told]


async def _keep(run: _Run, path: Path, ending: str, media_type: str) -> None:
    """Put what was written into the store and end the export, in one transaction."""
    draft = files.new_draft()
    try:
        await files.pour(draft, path)
        async with run.database.unit_of_work() as session:
            job = await repository.lock(session, run.job.id)
            if job is None or job.state is not ExportState.RUNNING:
                raise _Stopped
            name = file_name(run.exporter.title, clock.local(clock.now()), ending)
            made = Made(name, media_type, draft)
            job.file_id = await files.keep_made(session, job.requested_by, made, (EXPORT, job.id))
            job.expires_at = clock.now() + KEPT_FOR
            if isinstance(run.exporter, DocumentExporter):
                job.rows_done = job.rows_total or 0
            job.rows_total = job.rows_done
            await close(session, job, ExportState.DONE)
    finally:
        draft.discard()


async def _fail(session: Session, export_id: UUID, error: AppError) -> None:
    job = await repository.lock(session, export_id)
    if job is not None and job.state in QUEUED_EXPORT:
        await close(session, job, ExportState.FAILED, error.code)
