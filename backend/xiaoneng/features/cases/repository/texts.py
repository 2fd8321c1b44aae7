"""SQL of the texts that are searched."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from xiaoneng.features.cases.models.texts import CaseText
from xiaoneng.features.cases.repository.sight import CASE
from xiaoneng.kit.db import Session

TEXT = sa.inspect(CaseText).local_table.c
LATE = timedelta(minutes=2)
"""How long after its key was made a case may still be committed; keys are in the order of their making."""
_FIRST = UUID(int=0)
_MILLISECONDS_AT = 80


async def unread(session: Session, limit: int) -> Sequence[Any]:
    """The oldest cases whose texts have not been read, from a little before the latest that was."""
    latest = await session.scalar(sa.select(TEXT.case_id).order_by(TEXT.case_id.desc()).limit(1))
    is_read = sa.exists().where(TEXT.case_id == CASE.id)
    query = sa.select(CASE.id, CASE.title, CASE.content).where(CASE.id >= _before(latest), ~is_read)
    return (await session.execute(query.order_by(CASE.id).limit(limit))).all()


def _before(key: UUID | None) -> UUID:
    """The first key that may have been made `LATE` before another."""
    if key is None:
        return _FIRST
    made = (key.int >> _MILLISECONDS_AT) - LATE // timedelta(milliseconds=1)
    return UUID(int=max(made, 0) << _MILLISECONDS_AT)


async def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what was read; what another timer has kept already stays."""
    await session.execute(insert(CaseText).on_conflict_do_nothing(), list(rows))
