"""SQL of bodies and of service in them."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.models import Body, Membership, Person
from xiaoneng.core.organization.repository.people import covers
from xiaoneng.core.organization.schemas.bodies import BodyFilter, MemberFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_BODY = sa.inspect(Body).local_table.c
_MEMBER = sa.inspect(Membership).local_table.c
_LAST_DAY = sa.func.least(_MEMBER.valid_to, _BODY.valid_to).label("last_day")
"""The last day that counts: a membership is worth nothing without its body."""


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The bodies this actor may look up: all, or those set up at the units in reach."""
    reach = actor.reach("body:read")
    return sa.true() if reach.jurisdiction else _BODY.unit_id.in_(reach.units)


def _serving(day: date) -> sa.ScalarSelect[int]:
    counted = sa.select(sa.func.count()).where(_MEMBER.body_id == _BODY.id, covers(Membership, day, day))
    return counted.correlate(Body).scalar_subquery()


async def page(
    session: Session, actor: Actor, chosen: BodyFilter, day: date, unit_ids: AbstractSet[UUID] | None
) -> Slice:
    """A page of bodies by name; `unit_ids` are the chosen unit and what stands below it."""
    conditions = [visible_to(actor)]
    if unit_ids is not None:
        conditions.append(_BODY.unit_id.in_(unit_ids))
    if chosen.kind is not None:
        conditions.append(_BODY.kind == chosen.kind)
    if chosen.current is not None:
        conditions.append(covers(Body, day, day) if chosen.current else ~covers(Body, day, day))
    query = sa.select(*_BODY, _serving(day).label("members_count")).where(*conditions)
    return await fetch_page(session, query, Order(_BODY.name, _BODY.id), chosen)


async def find_visible(session: Session, actor: Actor, body_id: UUID, day: date) -> Any:
    """One body within the actor's sight, with `members_count`, or None."""
    query = sa.select(*_BODY, _serving(day).label("members_count")).where(_BODY.id == body_id, visible_to(actor))
    return (await session.execute(query)).first()


async def lock(session: Session, body_id: UUID) -> Body | None:
    """One body by key, locked."""
    found: Body | None = await session.get(Body, body_id, with_for_update=True)
    return found


async def get_membership(session: Session, membership_id: UUID) -> Membership | None:
    """One membership by key, locked."""
    found: Membership | None = await session.get(Membership, membership_id, with_for_update=True)
    return found


async def members_page(session: Session, body_id: UUID, chosen: MemberFilter, day: date) -> Slice:
    """Who serves and served in a body, the latest first."""
    query = (
        sa.select(*_MEMBER, _LAST_DAY, col(Person.name))
        .join_from(_MEMBER.id.table, _BODY.id.table, _BODY.id == _MEMBER.body_id)
        .join(Person, col(Person.id) == _MEMBER.person_id)
        .where(_MEMBER.body_id == body_id)
    )
    if chosen.current is not None:
        serving = sa.and_(covers(Membership, day, day), covers(Body, day, day))
        query = query.where(serving if chosen.current else ~serving)
    return await fetch_page(session, query, Order(_MEMBER.valid_from, _MEMBER.id, descending=True), chosen)


async def services(session: Session, person_ids: Iterable[UUID], day: date | None = None) -> Sequence[Any]:
    """In which bodies people serve, the latest first: all, or those of a day."""
    query = (
        sa.select(*_MEMBER, _LAST_DAY, _BODY.name, _BODY.role)
        .join_from(_MEMBER.id.table, _BODY.id.table, _BODY.id == _MEMBER.body_id)
        .where(_MEMBER.person_id.in_(list(person_ids)))
        .order_by(_MEMBER.valid_from.desc(), _MEMBER.id)
    )
    if day is not None:
        query = query.where(covers(Membership, day, day), covers(Body, day, day))
    return (await session.execute(query)).all()


async def serves_between(session: Session, body_id: UUID, person_id: UUID, first: date, last: date) -> bool:
    """Whether the person serves in the body on some day of a period."""
    serving = sa.exists().where(
        _MEMBER.body_id == body_id, _MEMBER.person_id == person_id, covers(Membership, first, last)
    )
    return bool(await session.scalar(sa.select(serving)))
