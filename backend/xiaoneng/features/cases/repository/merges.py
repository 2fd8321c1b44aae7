"""SQL of merges."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.case import Case, CaseStatus
from xiaoneng.features.cases.models.merges import CaseMerge
from xiaoneng.features.cases.repository.sight import CASE, visible_to
from xiaoneng.kit.db import Session

_MERGE = sa.inspect(CaseMerge).local_table.c
SHOWN = 200
_OPEN = _MERGE.ended_at.is_(None)


async def hold(session: Session, case_ids: Sequence[UUID]) -> None:
    """Lock some cases in the order of their keys, so that two who merge the same never wait for each other."""
    query = sa.select(CASE.id).where(CASE.id.in_(case_ids)).order_by(CASE.id).with_for_update()
    await session.execute(query)


async def find_open(session: Session, case_id: UUID) -> CaseMerge | None:
    """The merge that holds for a case, locked."""
    return await session.scalar(sa.select(CaseMerge).where(_MERGE.case_id == case_id, _OPEN).with_for_update())


async def came_with(session: Session, merge_id: UUID) -> Sequence[CaseMerge]:
    """The merges that hold because of another one, locked."""
    query = sa.select(CaseMerge).where(_MERGE.with_id == merge_id, _OPEN).order_by(_MERGE.case_id).with_for_update()
    return (await session.scalars(query)).all()


async def carried(session: Session, primary_id: UUID, status: CaseStatus) -> Sequence[Case]:
    """The cases that were merged into one and stand so, locked; one that was split meanwhile is not among them."""
    query = sa.select(Case).where(CASE.merged_into_id == primary_id, CASE.status == status)
    return (await session.scalars(query.order_by(CASE.id).with_for_update())).all()


async def shown(session: Session, actor: Actor, primary_id: UUID) -> tuple[Sequence[Any], int]:
    """What was merged into a case and lies in the actor's sight, newest first; and how many do not."""
    of_primary = sa.and_(_MERGE.into_id == primary_id, _OPEN)
    sees = visible_to(actor).label("sees")
    columns = (CASE.id, CASE.no, CASE.title, CASE.status, CASE.received_at, CASE.stars, CASE.solved)
    told = (_MERGE.merged_at, _MERGE.merged_by_name, _MERGE.reason)
    query = sa.select(*columns, *told, sees).join(CaseMerge, _MERGE.case_id == CASE.id).where(of_primary)
    rows = (await session.execute(query.order_by(_MERGE.merged_at.desc(), _MERGE.id).limit(SHOWN))).all()
    seen = [row for row in rows if row.sees]
    return seen, len(rows) - len(seen)
