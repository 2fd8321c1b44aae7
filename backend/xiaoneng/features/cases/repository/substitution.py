"""SQL of handing a person's parts to somebody else."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.features.cases.models.assignments import AssignmentPart, CaseAssignment
from xiaoneng.features.cases.models.case import Case
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session

_PART = sa.inspect(CaseAssignment).local_table.c
_CASE = sa.inspect(Case).local_table.c
_OPEN = (
    sa.select(_PART.id, _PART.case_id, _PART.unit_id, _PART.part, _PART.handler_id)
    .where(_PART.ended_at.is_(None))
    .order_by(_PART.id)
    .with_for_update()
)


class Part(NamedTuple):
    """An open part and who has it."""

    id: UUID
    case_id: UUID
    unit_id: UUID
    part: AssignmentPart
    handler_id: UUID


class Moved(NamedTuple):
    """Who has a part now, and in whose place."""

    handler_id: UUID
    acting_for_id: UUID | None


async def open_parts_of(session: Session, person_id: UUID) -> Sequence[Part]:
    """The open parts that somebody has of their own, locked."""
    query = _OPEN.where(_PART.handler_id == person_id, _PART.acting_for_id.is_(None))
    return [Part(*row) for row in await session.execute(query)]


async def open_parts_for(session: Session, person_id: UUID) -> Sequence[Part]:
    """The open parts that others have in somebody's place, locked."""
    return [Part(*row) for row in await session.execute(_OPEN.where(_PART.acting_for_id == person_id))]


async def move_handler(session: Session, part: Part, moved: Moved) -> None:
    """Let a part, and with it the case's own columns, go to somebody else."""
    connection = await session.connection()
    grown = {"rev": _PART.rev + 1, "updated_at": clock.now()}
    await connection.execute(sa.update(CaseAssignment).where(_PART.id == part.id).values(**moved._asdict(), **grown))
    case = sa.update(Case).where(_CASE.id == part.case_id)
    seen = {"rev": _CASE.rev + 1, "updated_at": clock.now()}
    if part.part is AssignmentPart.LEAD:
        await connection.execute(case.values(handler_id=moved.handler_id, **seen))
    else:
        kept = sa.func.array_replace(_CASE.co_handler_ids, part.handler_id, moved.handler_id)
        await connection.execute(case.values(co_handler_ids=kept, **seen))
