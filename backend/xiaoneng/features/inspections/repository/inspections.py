"""SQL of inspections, their units, teams and draws."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from xiaoneng.core.access.schemas import Actor, Reach
from xiaoneng.features.inspections.models.checklists import InspectionChecklist
from xiaoneng.features.inspections.models.findings import ChecklistAnswer, Finding, FindingStatus
from xiaoneng.features.inspections.models.inspections import (
    DrawKind,
    InspectedUnit,
    Inspection,
    InspectionDraw,
    InspectionMember,
    InspectionStatus,
    VisitStatus,
)
from xiaoneng.features.inspections.schemas.inspections import InspectionFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

INSPECTION = sa.inspect(Inspection).local_table.c
_UNIT = sa.inspect(InspectedUnit).local_table.c
_MEMBER = sa.inspect(InspectionMember).local_table.c
_DRAW = sa.inspect(InspectionDraw).local_table.c
_ANSWER = sa.inspect(ChecklistAnswer).local_table.c
_FINDING = sa.inspect(Finding).local_table.c
_LIST = ("id", "no", "title", "type", "status", "is_secret", "starts_on", "ends_on", "plan_id", "campaign_id")
OVER = (InspectionStatus.CLOSED, InspectionStatus.CANCELLED)


def keys(wanted: Iterable[UUID]) -> Any:
    """Keys as an array of the database."""
    return sa.cast(list(wanted), ARRAY(sa.Uuid))


def _reached(reach: Reach) -> sa.ColumnElement[bool]:
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = []
    if reach.assigned_to:
        ways.append(INSPECTION.team_ids.contains([reach.assigned_to]))
    if reach.made_by:
        ways.append(INSPECTION.created_by == reach.made_by)
    return sa.or_(*ways) if ways else sa.false()


def whole_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The inspections whose raw material this actor sees (`policies.sees_whole`)."""
    hidden = sa.and_(INSPECTION.is_secret, INSPECTION.shown_at.is_(None))
    reached = sa.case(
        (hidden, _reached(actor.reach("inspection:read_secret"))), else_=_reached(actor.reach("inspection:read"))
    )
    if not actor.member_units:
        return reached
    blind = INSPECTION.released_at.is_(None) & INSPECTION.blind_unit_ids.overlap(keys(actor.member_units))
    return sa.and_(reached, sa.not_(blind))


def extract_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The inspections of which this actor sees what concerns their units: once the units have been told."""
    units = actor.reach("inspection:read").units
    if not units:
        return sa.false()
    return sa.and_(INSPECTION.shown_at.is_not(None), INSPECTION.unit_ids.overlap(keys(units)))


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The inspections this actor may know of."""
    return sa.or_(whole_to(actor), extract_to(actor))


async def find(session: Session, actor: Actor, inspection_id: UUID, *, for_update: bool = False) -> Inspection | None:
    """One inspection within the actor's sight, locked when it is to change."""
    query = sa.select(Inspection).where(INSPECTION.id == inspection_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def get(session: Session, inspection_id: UUID) -> Inspection | None:
    """One inspection for work of the system itself."""
    return await session.get(Inspection, inspection_id)


async def page(session: Session, actor: Actor, chosen: InspectionFilter) -> Slice:
    """A page of inspections, the latest first."""
    conditions = [visible_to(actor)]
    if chosen.status:
        conditions.append(INSPECTION.status.in_(chosen.status))
    if chosen.type:
        conditions.append(INSPECTION.type.in_(chosen.type))
    equal = {"plan_id": chosen.plan_id, "campaign_id": chosen.campaign_id}
    conditions += [INSPECTION[name] == value for name, value in equal.items() if value is not None]
    if chosen.unit_id is not None:
        conditions.append(INSPECTION.unit_ids.contains([chosen.unit_id]) & _may_ask_for(actor, chosen.unit_id))
    if chosen.mine:
        conditions.append(INSPECTION.team_ids.contains([actor.person_id]) if actor.person_id else sa.false())
    shown = sa.case((whole_to(actor), sa.func.cardinality(INSPECTION.unit_ids)), else_=_own_count(actor))
    query = sa.select(*(INSPECTION[name] for name in _LIST), shown.label("units_count")).where(*conditions)
    order = Order(INSPECTION.starts_on, INSPECTION.id, descending=True)
    return await fetch_page(session, query, order, chosen)


def _may_ask_for(actor: Actor, unit_id: UUID) -> sa.ColumnElement[bool]:
    """Whether asking for a unit may tell anything: not of other units in an inspection seen as an extract."""
    own = unit_id in actor.reach("inspection:read").units
    return sa.true() if own else whole_to(actor)


def _own_count(actor: Actor) -> Any:
    units = actor.reach("inspection:read").units
    query = sa.select(sa.func.count()).where(_UNIT.inspection_id == INSPECTION.id, _UNIT.unit_id.in_(units))
    return query.scalar_subquery()


async def checklist_of(session: Session, checklist_id: UUID) -> InspectionChecklist:
    """The edition of the checklist that an inspection follows."""
    return await session.get_one(InspectionChecklist, checklist_id)


async def units_of(session: Session, inspection_id: UUID, only: Collection[UUID] | None = None) -> Sequence[Any]:
    """The units of an inspection with their counts of answers, findings and findings that wait; some only, if said."""
    answers = sa.select(sa.func.count(sa.distinct(_ANSWER.item_key))).where(_ANSWER.row_id == _UNIT.id)
    stand: tuple[sa.ColumnElement[bool], ...]
    stand = (_FINDING.row_id == _UNIT.id, _FINDING.status.not_in((FindingStatus.WITHDRAWN, FindingStatus.DISMISSED)))
    if only is not None:
        stand = (*stand, _FINDING.status != FindingStatus.RECORDED)
    found = sa.select(sa.func.count()).where(*stand)
    waiting = found.where(_FINDING.status.in_((FindingStatus.RELEASED, FindingStatus.OBJECTED)))
    query = sa.select(
        *_UNIT,
        answers.scalar_subquery().label("answers_count"),
        found.scalar_subquery().label("findings_count"),
        waiting.scalar_subquery().label("waiting_count"),
    ).where(_UNIT.inspection_id == inspection_id)
    if only is not None:
        query = query.where(_UNIT.unit_id.in_(list(only)))
    return (await session.execute(query.order_by(_UNIT.id))).all()


async def rows_of(session: Session, inspection_id: UUID) -> Sequence[InspectedUnit]:
    """The units of an inspection to be changed."""
    query = sa.select(InspectedUnit).where(_UNIT.inspection_id == inspection_id)
    return (await session.scalars(query)).all()


async def visits_left(session: Session, inspection_id: UUID) -> int:
    """How many units are neither visited nor skipped."""
    query = sa.select(sa.func.count()).where(_UNIT.inspection_id == inspection_id, _UNIT.status == VisitStatus.OPEN)
    return int((await session.execute(query)).scalar_one())


async def members_of(session: Session, inspection_id: UUID) -> Sequence[InspectionMember]:
    """The people on the team now."""
    query = sa.select(InspectionMember).where(_MEMBER.inspection_id == inspection_id, _MEMBER.removed_at.is_(None))
    return (await session.scalars(query.order_by(_MEMBER.id))).all()


async def draws_of(session: Session, inspection_id: UUID) -> Sequence[InspectionDraw]:
    """The draws of an inspection, the newest first."""
    query = sa.select(InspectionDraw).where(_DRAW.inspection_id == inspection_id)
    return (await session.scalars(query.order_by(_DRAW.at.desc(), _DRAW.id.desc()))).all()


async def was_drawn(session: Session, inspection_id: UUID, kind: DrawKind) -> bool:
    """Whether this was drawn before."""
    query = sa.select(_DRAW.id).where(_DRAW.inspection_id == inspection_id, _DRAW.kind == kind).limit(1)
    return (await session.scalar(query)) is not None


async def inspected_since(session: Session, day: date, but: UUID) -> set[UUID]:
    """Units visited by other inspections since a day."""
    query = sa.select(_UNIT.unit_id).where(
        _UNIT.status == VisitStatus.VISITED,
        sa.cast(_UNIT.done_at, sa.Date) >= day,
        _UNIT.inspection_id != but,
    )
    return set((await session.scalars(query)).all())


async def find_row(session: Session, actor: Actor, row_id: UUID, *, for_update: bool = False) -> Any:
    """A unit of an inspection whose raw material the actor sees, as (row, inspection).

    For a change the row is locked, and the inspection kept from moving on.
    """
    query = (
        sa.select(InspectedUnit, Inspection)
        .join(Inspection, INSPECTION.id == _UNIT.inspection_id)
        .where(_UNIT.id == row_id, whole_to(actor))
    )
    if for_update:
        query = query.with_for_update(of=InspectedUnit).with_for_update(of=Inspection, read=True)
    return (await session.execute(query)).first()
