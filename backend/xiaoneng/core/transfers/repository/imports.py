"""SQL of imports."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from xiaoneng.core.transfers.models.imports import OVER, ImportFault, ImportJob, ImportMapping
from xiaoneng.kit.bulk import copy_rows
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_JOB = sa.inspect(ImportJob).local_table.c
_FAULT = sa.inspect(ImportFault).local_table.c


async def lock(session: Session, import_id: UUID) -> ImportJob | None:
    """One import, locked, as it is now."""
    found: ImportJob | None = await session.get(ImportJob, import_id, with_for_update=True, populate_existing=True)
    return found


async def get(session: Session, import_id: UUID) -> ImportJob | None:
    """One import by key."""
    found: ImportJob | None = await session.get(ImportJob, import_id)
    return found


async def count_open(session: Session, account_id: UUID) -> int:
    """How many imports of an account are under way."""
    query = sa.select(sa.func.count()).where(_JOB.requested_by == account_id, _JOB.state.not_in(OVER))
    return await session.scalar(query) or 0


async def page(session: Session, account_id: UUID, params: PageParams) -> Slice:
    """The imports of one account, newest first."""
    query = sa.select(*_JOB).where(_JOB.requested_by == account_id)
    return await fetch_page(session, query, Order(_JOB.created_at, _JOB.id, descending=True), params)


async def faults_page(session: Session, import_id: UUID, params: PageParams) -> Slice:
    """The faults of one import in the order of its rows."""
    key = sa.cast(_FAULT.import_id, sa.Uuid).label("id")
    query = sa.select(key, *_FAULT).where(_FAULT.import_id == import_id)
    return await fetch_page(session, query, Order(_FAULT.number, key), params)


async def faults_from(session: Session, import_id: UUID, number: int, limit: int) -> Sequence[ImportFault]:
    """The next faults after one."""
    query = (
        sa.select(ImportFault)
        .where(_FAULT.import_id == import_id, _FAULT.number > number)
        .order_by(_FAULT.number)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def add_faults(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep faults."""
    await copy_rows(session, ImportFault, rows)


async def forget_faults(session: Session, import_id: UUID) -> None:
    """Begin anew."""
    await session.execute(sa.delete(ImportFault).where(col(ImportFault.import_id) == import_id))


async def remembered(session: Session, account_id: UUID, kind: str, fingerprint: str) -> ImportMapping | None:
    """How somebody mapped such a file last time."""
    found: ImportMapping | None = await session.get(ImportMapping, (account_id, kind, fingerprint))
    return found


async def remember(session: Session, row: Mapping[str, Any]) -> None:
    """Keep how somebody mapped a file."""
    statement = insert(ImportMapping).values(**row)
    changed = {name: row[name] for name in ("mapping", "constants", "used_at")}
    key = ["account_id", "kind", "fingerprint"]
    await session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))


async def expired(session: Session, now: datetime, limit: int) -> Sequence[ImportJob]:
    """Imports whose files are not needed any more, locked."""
    held = sa.or_(col(ImportJob.file_id).is_not(None), col(ImportJob.report_id).is_not(None))
    query: sa.Select[Any] = (
        sa.select(ImportJob)
        .where(held, col(ImportJob.expires_at) <= now)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query)).all()


async def stuck(session: Session, states: Iterable[str], before: datetime, limit: int) -> Sequence[ImportJob]:
    """Imports that a job has and that have not moved since `before`, locked."""
    query: sa.Select[Any] = (
        sa.select(ImportJob)
        .where(col(ImportJob.state).in_(list(states)), col(ImportJob.updated_at) < before)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query)).all()
