"""SQL of assignments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.assignments import AssignmentPart, AssignmentStatus, CaseAssignment
from xiaoneng.features.cases.models.case import Case, CaseStatus
from xiaoneng.features.cases.repository.sight import visible_to
from xiaoneng.features.cases.schemas.assignments import AssignmentFilter
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page
from xiaoneng.kit.statements import Prepared

_PART = sa.inspect(CaseAssignment).local_table.c
_CASE = sa.inspect(Case).local_table.c
_OPEN_LEAD = (_PART.part == AssignmentPart.LEAD) & _PART.ended_at.is_(None)
OWED = (AssignmentStatus.TO_SIGN, AssignmentStatus.SIGNED, AssignmentStatus.HANDLING)


_OF_CASE = Prepared(
    sa.select(*_PART)
    .where(_PART.case_id == sa.bindparam("case_id", type_=sa.Uuid()))
    .order_by(_PART.dispatched_at, _PART.id)
)


async def of_case(session: Session, case_id: UUID) -> Sequence[CaseAssignment]:
    """All parts of a case, also those that ended, in the order in which they came; to be looked at only."""
    return await session.fetch(_OF_CASE, case_id=case_id)


async def find(session: Session, case_id: UUID, part_id: UUID) -> CaseAssignment | None:
    """One part of a case, locked."""
    query = sa.select(CaseAssignment).where(_PART.id == part_id, _PART.case_id == case_id).with_for_update()
    return await session.scalar(query)


async def get(session: Session, part_id: UUID) -> CaseAssignment | None:
    """One part for work of the system itself."""
    found: CaseAssignment | None = await session.get(CaseAssignment, part_id)
    return found


async def open_parts(session: Session, case_id: UUID) -> Sequence[CaseAssignment]:
    """The parts of a case that have not ended, locked."""
    query = sa.select(CaseAssignment).where(_PART.case_id == case_id, _PART.ended_at.is_(None)).with_for_update()
    return (await session.scalars(query)).all()


async def returned_leads(session: Session, case_id: UUID) -> Sequence[CaseAssignment]:
    """The leads that gave the case back, the last one first."""
    query = (
        sa.select(CaseAssignment)
        .where(_PART.case_id == case_id, _PART.part == AssignmentPart.LEAD)
        .where(_PART.status == AssignmentStatus.RETURNED)
        .order_by(_PART.ended_at.desc(), _PART.id.desc())
    )
    return (await session.scalars(query)).all()


async def case_of(session: Session, actor: Actor, part_id: UUID) -> UUID | None:
    """The case of a part, if the actor may know of it."""
    query = sa.select(_PART.case_id).join(Case, _CASE.id == _PART.case_id)
    return await session.scalar(query.where(_PART.id == part_id, visible_to(actor)))


async def move_lead(session: Session, case_id: UUID, **values: Any) -> None:
    """Let the lead's open part follow its case."""
    change = sa.update(CaseAssignment).where(_PART.case_id == case_id, _OPEN_LEAD)
    await session.execute(
        change.values(**values, rev=_PART.rev + 1, updated_at=clock.now()).execution_options(synchronize_session=False)
    )


async def readdress(session: Session, case_id: UUID, unit_id: UUID) -> None:
    """Let the open co-handling parts answer to the unit that leads now."""
    change = sa.update(CaseAssignment).where(
        _PART.case_id == case_id, _PART.part == AssignmentPart.CO, _PART.ended_at.is_(None)
    )
    await session.execute(change.values(answers_to_id=unit_id).execution_options(synchronize_session=False))


async def move_due(session: Session, dues: Sequence[tuple[UUID, datetime]]) -> None:
    """Let the due dates that lists sort by follow those of the clocks."""
    moved = rows_as_table("new", {"key": sa.Uuid(), "due": _PART.due_at.type}, dues)
    change = sa.update(CaseAssignment).where(_PART.id == moved.c.key).values(due_at=moved.c.due)
    await (await session.connection()).execute(change)


async def page(session: Session, actor: Actor, chosen: AssignmentFilter) -> Slice:
    """A page of the parts within the actor's reach, what is due first on top."""
    query = (
        sa.select(
            *(_PART[name] for name in ("id", "case_id", "unit_id", "part", "way", "status", "due_at", "rev")),
            _PART.dispatched_at,
            _CASE.no,
            _CASE.title,
        )
        .join(Case, _CASE.id == _PART.case_id)
        .where(_within(actor), visible_to(actor), _PART.status.in_(chosen.status or OWED))
        .where(_CASE.status != CaseStatus.MERGED)
    )
    if chosen.part is not None:
        query = query.where(_PART.part == chosen.part)
    if chosen.unit_id is not None:
        query = query.where(_PART.unit_id == chosen.unit_id)
    return await fetch_page(session, query, Order(_PART.due_at, _PART.id), chosen)


def _within(actor: Actor) -> sa.ColumnElement[bool]:
    reach = actor.reach("assignment:read")
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = [_PART.unit_id.in_(reach.units)] if reach.units else []
    if reach.assigned_to:
        ways.append(_PART.handler_id == reach.assigned_to)
    return sa.or_(*ways) if ways else sa.false()
