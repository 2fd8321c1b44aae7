"""Ledgers taken out again under their own headings, every cell as it stood."""

from collections.abc import Sequence
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.transfers.models.exports import ExportJob
from xiaoneng.core.transfers.schemas.exports import Batch, Exporter, ExportOrder, Filters
from xiaoneng.core.transfers.schemas.sheets import CellKind, Note, SheetColumn
from xiaoneng.core.transfers.service import exports
from xiaoneng.features.rectification.models.ledgers import ImportedLedger
from xiaoneng.features.rectification.repository import ledgers as repository
from xiaoneng.features.rectification.rules.cells import written
from xiaoneng.features.rectification.schemas.ledgers import LedgerRead
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

KIND = "rectification_ledgers"
_BATCH = 1_000


async def page(session: Session, params: PageParams) -> Page[LedgerRead]:
    """The ledgers that were brought in, newest first."""
    return (await repository.page(session, params)).page(LedgerRead.model_validate)


async def request(session: Session, actor: Actor, ledger_id: UUID) -> ExportJob:
    """Ask for a ledger as a workbook. Raises NotFound and what `request_export` raises."""
    if await repository.get(session, ledger_id) is None:
        raise NotFound
    return await exports.request_export(session, actor, ExportOrder(KIND, {"ledger_id": str(ledger_id)}))


async def _ledger(session: Session, order: ExportOrder) -> ImportedLedger:
    found = await repository.get(session, UUID(str(order.filters["ledger_id"])))
    if found is None:
        raise NotFound
    return found


async def _columns(session: Session, _: Actor, order: ExportOrder) -> Sequence[SheetColumn]:
    headings = (await _ledger(session, order)).headings
    return [SheetColumn(heading, CellKind.AS_IS) for heading in headings]


async def _count(session: Session, _: Actor, order: ExportOrder) -> int:
    return await repository.count(session, (await _ledger(session, order)).id)


async def _read(session: Session, _: Actor, order: ExportOrder, after: str | None) -> Batch:
    ledger = await _ledger(session, order)
    rows = await repository.batch(session, ledger.id, int(after or 0), _BATCH)
    lines = [[written(row.cells.get(heading)) for heading in ledger.headings] for row in rows]
    return Batch(lines, str(rows[-1].position) if len(rows) == _BATCH else None)


async def _describe(session: Session, filters: Filters) -> Sequence[Note]:
    ledger = await _ledger(session, ExportOrder(KIND, filters))
    return [Note("原文件", ledger.file_name), Note("工作表", ledger.sheet or "—"), Note("来源", ledger.source)]


exports.register_exporter(Exporter(KIND, "整改台账", "ledger:read", (), _count, _read, _describe, _columns))
