"""SQL of plans, checklists and declared relations."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.inspections.models.checklists import InspectionChecklist
from xiaoneng.features.inspections.models.inspections import Inspection, InspectionStatus
from xiaoneng.features.inspections.models.plans import InspectionPlan, InspectorRelation
from xiaoneng.features.inspections.repository.inspections import INSPECTION, visible_to
from xiaoneng.features.inspections.schemas.plans import PlanFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_PLAN = sa.inspect(InspectionPlan).local_table.c
_RELATION = sa.inspect(InspectorRelation).local_table.c
_LIST = sa.inspect(InspectionChecklist).local_table.c


async def page(session: Session, chosen: PlanFilter) -> Slice:
    """A page of plans, the latest first."""
    query = sa.select(InspectionPlan, _PLAN.first_on, _PLAN.id)
    if chosen.year is not None:
        query = query.where(_PLAN.first_on <= date(chosen.year, 12, 31), _PLAN.last_on >= date(chosen.year, 1, 1))
    return await fetch_page(session, query, Order(_PLAN.first_on, _PLAN.id, descending=True), chosen)


async def find(session: Session, plan_id: UUID, *, for_update: bool = False) -> InspectionPlan | None:
    """One plan, locked when it is to change."""
    return await session.get(InspectionPlan, plan_id, with_for_update=for_update or None)


async def counts(session: Session, actor: Actor, plan_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """How many inspections of some plans the actor may know of, and how many of them are closed."""
    closed = sa.func.count().filter(INSPECTION.status == InspectionStatus.CLOSED)
    query = (
        sa.select(INSPECTION.plan_id, sa.func.count(), closed)
        .select_from(Inspection)
        .where(INSPECTION.plan_id.in_(list(plan_ids)), visible_to(actor))
        .group_by(INSPECTION.plan_id)
    )
    return {plan_id: (count, done) for plan_id, count, done in await session.execute(query)}


async def checklists(session: Session, day: date) -> Sequence[InspectionChecklist]:
    """The editions in force on a day, one of each code."""
    query = (
        sa.select(InspectionChecklist)
        .where(_LIST.valid_from <= day)
        .ext(distinct_on(_LIST.code))
        .order_by(_LIST.code, _LIST.version.desc())
    )
    return (await session.scalars(query)).all()


async def checklist(session: Session, checklist_id: UUID) -> InspectionChecklist | None:
    """One edition."""
    return await session.get(InspectionChecklist, checklist_id)


async def versions(session: Session) -> dict[str, int]:
    """The highest edition of each code, whenever it comes into force."""
    query = sa.select(_LIST.code, sa.func.max(_LIST.version).label("version")).group_by(_LIST.code)
    return {row.code: row.version for row in await session.execute(query)}


async def lock_checklists(session: Session) -> None:
    """Let one edition be made at a time."""
    await session.execute(sa.text("LOCK TABLE inspection_checklist IN SHARE ROW EXCLUSIVE MODE"))


async def relations(session: Session, person_id: UUID | None, params: PageParams) -> Slice:
    """A page of declared relations, the newest first: all, or those of one person."""
    query = sa.select(*_RELATION)
    if person_id is not None:
        query = query.where(_RELATION.person_id == person_id)
    return await fetch_page(session, query, Order(_RELATION.declared_at, _RELATION.id, descending=True), params)


async def relation(session: Session, relation_id: UUID) -> InspectorRelation | None:
    """One declared relation, locked."""
    return await session.get(InspectorRelation, relation_id, with_for_update=True)


async def is_related(session: Session, person_id: UUID, unit_id: UUID) -> bool:
    """Whether the relation of a person with a unit is on record."""
    query = sa.select(_RELATION.id).where(
        _RELATION.person_id == person_id, _RELATION.unit_id == unit_id, _RELATION.ended_at.is_(None)
    )
    return (await session.scalar(query)) is not None


async def related(session: Session, person_ids: Collection[UUID]) -> Sequence[Any]:
    """The units with which some people have declared a relation, as `person_id, unit_id, reason`."""
    query = sa.select(_RELATION.person_id, _RELATION.unit_id, _RELATION.reason).where(
        _RELATION.person_id.in_(list(person_ids)), _RELATION.ended_at.is_(None)
    )
    return (await session.execute(query)).all()
