"""SQL of instructions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.supervision.models.instructions import CaseInstruction, InstructionStatus
from xiaoneng.features.supervision.schemas.instructions import InstructionFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_TASK = sa.inspect(CaseInstruction).local_table.c
_CASE = sa.inspect(Case).local_table.c
OPEN = (InstructionStatus.ISSUED, InstructionStatus.RETURNED, InstructionStatus.REPORTED)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The instructions this actor may know of; cases that name somebody have none (I1)."""
    reach = actor.reach("instruction:read")
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = [_TASK.unit_id.in_(reach.units)] if reach.units else []
    if reach.assigned_to:
        ways.append(_TASK.person_id == reach.assigned_to)
    return sa.or_(*ways) if ways else sa.false()


async def find(session: Session, actor: Actor, task_id: UUID) -> CaseInstruction | None:
    """One instruction within the actor's sight, locked."""
    return await session.scalar(
        sa.select(CaseInstruction).where(_TASK.id == task_id, visible_to(actor)).with_for_update()
    )


async def get(session: Session, task_id: UUID) -> CaseInstruction | None:
    """One instruction for work of the system itself."""
    found: CaseInstruction | None = await session.get(CaseInstruction, task_id)
    return found


async def page(session: Session, actor: Actor, chosen: InstructionFilter) -> Slice:
    """A page of the instructions within the actor's reach, what is due first on top."""
    query: Any = (
        sa.select(CaseInstruction, _TASK.id, _TASK.due_at, _TASK.person_id, _CASE.no, _CASE.title)
        .join(Case, _CASE.id == _TASK.case_id)
        .where(visible_to(actor))
    )
    if chosen.status or chosen.case_id is None:
        query = query.where(_TASK.status.in_(chosen.status or OPEN))
    if chosen.case_id is not None:
        query = query.where(_TASK.case_id == chosen.case_id)
    if chosen.unit_id is not None:
        query = query.where(_TASK.unit_id == chosen.unit_id)
    return await fetch_page(session, query, Order(_TASK.due_at, _TASK.id), chosen)


async def due_soon(session: Session, actor: Actor, before: datetime, limit: int) -> Sequence[Any]:
    """The open instructions within the actor's reach due before a moment, each with the number of its case."""
    query = (
        sa.select(CaseInstruction, _CASE.no)
        .join(Case, _CASE.id == _TASK.case_id)
        .where(visible_to(actor), _TASK.status.in_(OPEN), _TASK.due_at < before)
        .order_by(_TASK.due_at, _TASK.id)
        .limit(limit)
    )
    return (await session.execute(query)).all()


async def move_due(session: Session, dues: Sequence[tuple[UUID, datetime]]) -> None:
    """Let the due dates that lists sort by follow those of the clocks."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": _TASK.due_at.type}, dues)
    change = sa.update(CaseInstruction).where(_TASK.id == moved.c.key).values(due_at=moved.c.due)
    await (await session.connection()).execute(change)
