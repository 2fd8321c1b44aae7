"""SQL of exports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.transfers.models.exports import OPEN_EXPORT, QUEUED_EXPORT, ExportJob, ExportState
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_JOB = sa.inspect(ExportJob).local_table.c


async def lock(session: Session, export_id: UUID) -> ExportJob | None:
    """One export, locked, as it is now."""
    found: ExportJob | None = await session.get(ExportJob, export_id, with_for_update=True, populate_existing=True)
    return found


async def get(session: Session, export_id: UUID) -> ExportJob | None:
    """One export by key."""
    found: ExportJob | None = await session.get(ExportJob, export_id)
    return found


async def count_open(session: Session, account_id: UUID) -> int:
    """How many exports of an account are under way."""
    query = sa.select(sa.func.count()).where(_JOB.requested_by == account_id, _JOB.state.in_(OPEN_EXPORT))
    return await session.scalar(query) or 0


async def page(session: Session, account_id: UUID, params: PageParams) -> Slice:
    """The exports of one account, newest first."""
    query = sa.select(*_JOB).where(_JOB.requested_by == account_id)
    return await fetch_page(session, query, Order(_JOB.created_at, _JOB.id, descending=True), params)


async def to_approve(session: Session, params: PageParams) -> Slice:
    """The exports that wait for a second person, the oldest first."""
    query = sa.select(*_JOB).where(_JOB.state == ExportState.TO_APPROVE)
    return await fetch_page(session, query, Order(_JOB.created_at, _JOB.id), params)


async def progress(session: Session, export_id: UUID, rows_done: int, now: datetime) -> bool:
    """Write down how far an export has come; False when it was stopped meanwhile. A list that has grown since it was
    counted never shows more than all of it.
    """
    change = sa.update(ExportJob).where(_JOB.id == export_id, _JOB.state == ExportState.RUNNING)
    total = sa.func.greatest(_JOB.rows_total, rows_done)
    values = {"rows_done": rows_done, "rows_total": total, "rev": _JOB.rev + 1, "updated_at": now}
    going = change.values(**values).returning(_JOB.id).execution_options(synchronize_session=False)
    return await session.scalar(going) is not None


async def expired(session: Session, now: datetime, limit: int) -> Sequence[ExportJob]:
    """Exports whose file may not be taken any more, locked."""
    query = (
        sa.select(ExportJob)
        .where(col(ExportJob.file_id).is_not(None), col(ExportJob.expires_at) <= now)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query)).all()


async def stuck(session: Session, before: datetime, limit: int) -> Sequence[ExportJob]:
    """Exports that a job has and that have not moved since `before`, locked."""
    query: sa.Select[Any] = (
        sa.select(ExportJob)
        .where(col(ExportJob.state).in_(QUEUED_EXPORT), col(ExportJob.updated_at) < before)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query)).all()
