"""The workbook of what is wrong with the rows of an import."""

import asyncio
import tempfile
from pathlib import Path
from uuid import UUID

from xiaoneng.core.files import service as files
from xiaoneng.core.files.service import Made
from xiaoneng.core.transfers.models.imports import IMPORT, ImportJob, Severity
from xiaoneng.core.transfers.repository import imports as repository
from xiaoneng.core.transfers.rules.faults import words_of
from xiaoneng.core.transfers.rules.sheets import file_name
from xiaoneng.core.transfers.schemas.sheets import Cell, CellKind, Note, SheetColumn
from xiaoneng.core.transfers.service.workbooks import MEDIA_TYPE, Workbook
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session

_BATCH = 2_000
_TITLE = "导入问题清单"
_COLUMNS = (
    SheetColumn("行", CellKind.NUMBER, 8),
    SheetColumn("列", width=24),
    SheetColumn("程度", width=8),
    SheetColumn("问题", width=60),
    SheetColumn("原值", width=40),
    SheetColumn("代码", width=24),
)
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提示"}


async def write(database: Database, job: ImportJob) -> Made | None:
    """Write the faults of an import, if there are any; the caller keeps or discards the draft."""
    with tempfile.TemporaryDirectory(prefix="xn-report-") as place:
        path = Path(place, "report.xlsx")
        book = Workbook(path, _TITLE, _COLUMNS)
        while await _some(database, job.id, book):
            pass
        notes = [
            Note("文件", job.file_name),
            Note("说明", "有“错误”的行不会导入；“提示”的行照常导入。最多列出 10,000 条。"),
        ]
        await asyncio.to_thread(book.close, notes)
        if not book.rows:
            return None
        draft = files.new_draft()
        await files.pour(draft, path)
        return Made(file_name(_TITLE, clock.local(clock.now())), MEDIA_TYPE, draft)


async def _some(database: Database, import_id: UUID, book: Workbook) -> bool:
    """Write the faults that follow those in the book; they are numbered from 1."""
    async with database.unit_of_work() as session:
        found = await repository.faults_from(session, import_id, book.rows, _BATCH)
    rows: list[list[Cell]] = [
        [one.row, one.column, _SEVERITIES[one.severity], words_of(one.code), one.value, one.code] for one in found
    ]
    await asyncio.to_thread(book.write, rows)
    return len(found) == _BATCH


async def keep(session: Session, job: ImportJob, made: Made) -> UUID:
    """Make the workbook a file of the import."""
    return await files.keep_made(session, job.requested_by, made, (IMPORT, job.id))
