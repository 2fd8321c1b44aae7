"""SQL of files."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.files.models import StoredFile
from xiaoneng.kit.db import Session


async def lock_content(session: Session, sha256: str) -> None:
    """Keep everybody else from adding or dropping this content until the transaction ends."""
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"file {sha256}", 0))))


async def get(session: Session, file_id: UUID) -> StoredFile | None:
    """One file by key."""
    return await session.get(StoredFile, file_id)


async def by_ids(session: Session, file_ids: Collection[UUID]) -> Mapping[UUID, StoredFile]:
    """Those of the files that exist."""
    query = sa.select(StoredFile).where(col(StoredFile.id).in_(file_ids))
    return {row.id: row for row in (await session.scalars(query)).all()}


async def attach(session: Session, owner: UUID, file_ids: Collection[UUID], subject: tuple[str, UUID]) -> set[UUID]:
    """Attach those files that are the owner's and free or already there; returns which."""
    table = StoredFile
    here = sa.and_(col(table.subject_type) == subject[0], col(table.subject_id) == subject[1])
    update: Any = (
        sa.update(table)
        .where(
            col(table.id).in_(file_ids),
            col(table.uploaded_by) == owner,
            sa.or_(col(table.subject_id).is_(None), here),
        )
        .values(subject_type=subject[0], subject_id=subject[1])
        .returning(col(table.id))
        .execution_options(synchronize_session=False)
    )
    return set((await session.scalars(update)).all())


async def drop_unattached(session: Session, before: datetime, limit: int) -> Sequence[str]:
    """Delete uploads that nobody used; returns the hashes of what they held."""
    stale = (
        sa.select(col(StoredFile.id))
        .where(col(StoredFile.subject_id).is_(None), col(StoredFile.created_at) < before)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    delete = sa.delete(StoredFile).where(col(StoredFile.id).in_(stale)).returning(col(StoredFile.sha256))
    return (await session.scalars(delete.execution_options(synchronize_session=False))).all()


async def drop(session: Session, file_ids: Collection[UUID]) -> Sequence[str]:
    """Delete files; returns the hashes of what they held."""
    delete = sa.delete(StoredFile).where(col(StoredFile.id).in_(file_ids)).returning(col(StoredFile.sha256))
    return (await session.scalars(delete.execution_options(synchronize_session=False))).all()


async def is_referenced(session: Session, sha256: str) -> bool:
    """Whether any file holds this content."""
    found = sa.exists().where(col(StoredFile.sha256) == sha256)
    return bool(await session.scalar(sa.select(found)))
