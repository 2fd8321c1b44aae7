"""SQL of ledgers kept elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from xiaoneng.features.rectification.models.items import SUBJECT_TYPE, ItemStatus, RectificationItem
from xiaoneng.features.rectification.models.ledgers import ImportedLedger, LedgerRow
from xiaoneng.kit.bulk import copy_rows
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_LEDGER = sa.inspect(ImportedLedger).local_table.c
_ROW = sa.inspect(LedgerRow).local_table.c
_ITEM = sa.inspect(RectificationItem).local_table.c
UNTOUCHED = 1
"""The revision of an item on which nobody has worked."""


async def known(session: Session, source: str, keys: Sequence[str]) -> set[str]:
    """Which keys of a source are there; nobody else brings rows of it in until the transaction ends."""
    name = f"import {SUBJECT_TYPE} {source}"
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))
    return set(await kept(session, source, keys))


async def kept(session: Session, source: str, keys: Sequence[str]) -> dict[str, LedgerRow]:
    """The current rows of a source by key."""
    given = sa.cast(sa.bindparam("keys", list(keys), type_=ARRAY(sa.String)), ARRAY(sa.String))
    query = sa.select(LedgerRow).where(_ROW.source == source, _ROW.is_current, _ROW.key == sa.any_(given))
    return {row.key: row for row in (await session.scalars(query)).all()}


async def of_import(session: Session, import_id: UUID) -> ImportedLedger | None:
    """The ledger that an import brought in, so far."""
    return await session.scalar(sa.select(ImportedLedger).where(_LEDGER.import_id == import_id))


async def add(session: Session, items: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write items and the rows they come from."""
    await copy_rows(session, RectificationItem, items)
    await copy_rows(session, LedgerRow, rows)


async def items(session: Session, item_ids: Sequence[UUID]) -> dict[UUID, RectificationItem]:
    """The items of some rows, locked."""
    query = sa.select(RectificationItem).where(_ITEM.id.in_(item_ids)).order_by(_ITEM.id).with_for_update()
    return {item.id: item for item in (await session.scalars(query)).all()}


async def take_back(session: Session, ledger_id: UUID, now: datetime) -> tuple[list[UUID], int]:
    """Void the items of a ledger that nobody has worked on; their keys, and how many stay."""
    mine = sa.select(_ROW.item_id).where(_ROW.ledger_id == ledger_id, _ROW.is_current)
    untouched = (_ITEM.id.in_(mine), _ITEM.status == ItemStatus.FILED, _ITEM.rev == UNTOUCHED)
    change = (
        sa.update(RectificationItem)
        .where(*untouched)
        .values(status=ItemStatus.VOIDED, rev=_ITEM.rev + 1, updated_at=now)
        .returning(_ITEM.id)
    )
    gone = list((await session.scalars(change)).all())
    undone = sa.update(LedgerRow).where(_ROW.ledger_id == ledger_id, _ROW.item_id.in_(gone)).values(is_current=False)
    await (await session.connection()).execute(undone)
    left = sa.select(sa.func.count()).where(_ROW.ledger_id == ledger_id, _ROW.is_current)
    return gone, await session.scalar(left) or 0


async def page(session: Session, params: PageParams) -> Slice:
    """A page of ledgers, newest first, with the number of rows that stand."""
    counted = sa.select(sa.func.count()).where(_ROW.ledger_id == _LEDGER.id, _ROW.is_current).scalar_subquery()
    query = sa.select(*_LEDGER, counted.label("rows"))
    return await fetch_page(session, query, Order(_LEDGER.created_at, _LEDGER.id, descending=True), params)


async def get(session: Session, ledger_id: UUID) -> ImportedLedger | None:
    """One ledger."""
    return await session.get(ImportedLedger, ledger_id)


async def count(session: Session, ledger_id: UUID) -> int:
    """How many rows of a ledger stand."""
    query = sa.select(sa.func.count()).where(_ROW.ledger_id == ledger_id, _ROW.is_current)
    return await session.scalar(query) or 0


async def batch(session: Session, ledger_id: UUID, after: int, limit: int) -> Sequence[Any]:
    """The next rows of a ledger after a position, in the order of the file."""
    query = (
        sa.select(_ROW.position, _ROW.cells)
        .where(_ROW.ledger_id == ledger_id, _ROW.is_current, _ROW.position > after)
        .order_by(_ROW.position)
        .limit(limit)
    )
    return (await session.execute(query)).all()


async def row_of(session: Session, item_id: UUID) -> Any:
    """The row that an item came from, with its ledger's headings."""
    query = (
        sa.select(_ROW.cells, _ROW.position, _LEDGER.id, _LEDGER.headings, _LEDGER.file_name, _LEDGER.sheet)
        .join(ImportedLedger, _LEDGER.id == _ROW.ledger_id)
        .where(_ROW.item_id == item_id)
    )
    return (await session.execute(query)).first()
