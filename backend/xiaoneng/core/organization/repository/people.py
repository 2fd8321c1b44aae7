"""SQL of people and their posts."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.models import Appointment, Body, Leave, Membership, Person
from xiaoneng.core.organization.schemas.people import PersonFilter
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page
from xiaoneng.kit.statements import Prepared

_ENDLESS = sa.literal(date.max)
_NOBODY = sa.cast(sa.null(), sa.Uuid())
_PERSON = sa.inspect(Person).local_table.c
_LIST_COLUMNS = (_PERSON.id, _PERSON.name, _PERSON.is_mid_level, _PERSON.rank_level)


def covers(model: type[Appointment | Body | Membership], first: date, last: date) -> sa.ColumnElement[bool]:
    """Whether a row of `model` is in force on some day from `first` to `last`."""
    return sa.and_(col(model.valid_from) <= last, sa.func.coalesce(col(model.valid_to), _ENDLESS) >= first)


def is_away(person_id: Any, day: date) -> sa.Exists:
    """Whether a person (a column) is away on the day."""
    return (
        sa.exists()
        .where(
            col(Leave.person_id) == person_id,
            col(Leave.first_day) <= day,
            col(Leave.last_day) >= day,
            col(Leave.back_at).is_(None),
        )
        .correlate_except(Leave)
    )


def holdings(person_id: Any, first: date, last: date | None = None) -> sa.CompoundSelect[Any]:
    """The posts and memberships of a person (a value or a column) in a period, as
    `unit_id, role, is_post, valid_from, acting_for`.

    One day unless `last` is given; on one day with the posts of those who are away and for whom the person stands in
    (`acting_for`, their key, else null). A membership counts while its body exists. With a column of another table this
    becomes a lateral join.
    """
    final = last or first
    posts = (
        sa.select(
            col(Appointment.unit_id),
            col(Appointment.role),
            sa.true().label("is_post"),
            col(Appointment.valid_from),
            _NOBODY.label("acting_for"),
        )
        .where(col(Appointment.person_id) == person_id, covers(Appointment, first, final))
        .correlate_except(Appointment)
    )
    bodies = (
        sa.select(
            col(Body.unit_id),
            col(Body.role),
            sa.false().label("is_post"),
            col(Membership.valid_from),
            _NOBODY.label("acting_for"),
        )
        .join(Membership, col(Membership.body_id) == col(Body.id))
        .where(col(Membership.person_id) == person_id, covers(Membership, first, final), covers(Body, first, final))
        .correlate_except(Body, Membership)
    )
    if last is not None:
        return sa.union_all(posts, bodies)
    return sa.union_all(posts, bodies, _stood_in(person_id, first))


def _stood_in(person_id: Any, day: date) -> Any:
    """The posts of those who are away and for whom the person stands in."""
    return (
        sa.select(
            col(Appointment.unit_id),
            col(Appointment.role),
            sa.true().label("is_post"),
            col(Appointment.valid_from),
            col(Appointment.person_id).label("acting_for"),
        )
        .where(
            col(Appointment.substitute_id) == person_id,
            covers(Appointment, day, day),
            is_away(col(Appointment.person_id), day),
        )
        .correlate_except(Appointment)
    )


async def holdings_of(session: Session, person_id: UUID, first: date, last: date | None = None) -> Sequence[Any]:
    """The rows of `holdings`, oldest first."""
    found = holdings(person_id, first, last).subquery()
    return (await session.execute(sa.select(found).order_by(found.c.valid_from))).all()


_NAMES = Prepared(
    sa.select(col(Person.id), col(Person.name)).where(
        col(Person.id) == sa.any_(sa.bindparam("person_ids", type_=ARRAY(sa.Uuid)))
    )
)


async def names(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of people."""
    return {row.id: row.name for row in await session.fetch(_NAMES, person_ids=list(person_ids))}


async def get(session: Session, person_id: UUID, *, lock: bool = False) -> Person | None:
    """One person by key."""
    found: Person | None = await session.get(Person, person_id, with_for_update=lock)
    return found


async def get_appointment(session: Session, appointment_id: UUID) -> Appointment | None:
    """One post by key, locked."""
    found: Appointment | None = await session.get(Appointment, appointment_id, with_for_update=True)
    return found


async def staff(session: Session, unit_id: UUID, day: date) -> Sequence[Any]:
    """Who holds which post in the unit on a day: heads first, then by the age of the post."""
    query = (
        sa.select(
            col(Person.id),
            col(Person.name),
            col(Person.is_mid_level),
            col(Appointment.unit_id),
            col(Appointment.title),
            col(Appointment.section),
            col(Appointment.role),
            col(Appointment.is_deputy_in_charge),
        )
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .where(col(Appointment.unit_id) == unit_id, covers(Appointment, day, day))
        .order_by(
            (col(Appointment.role) == Role.UHD).desc().nulls_last(),
            col(Appointment.is_deputy_in_charge).desc(),
            col(Appointment.valid_from),
            col(Appointment.id),
        )
    )
    return (await session.execute(query)).all()


async def leading_posts(session: Session, unit_id: UUID, first: date, last: date) -> Sequence[Any]:
    """The posts of heads and deputies in charge of the unit in a period."""
    query = sa.select(col(Appointment.role), col(Appointment.is_deputy_in_charge)).where(
        col(Appointment.unit_id) == unit_id,
        sa.or_(col(Appointment.role) == Role.UHD, col(Appointment.is_deputy_in_charge)),
        covers(Appointment, first, last),
    )
    return (await session.execute(query)).all()


def visible_to(actor: Actor, day: date) -> sa.ColumnElement[bool]:
    """The people this actor may look up: all, or those with a post that day in the units in reach."""
    reach = actor.reach("person:read")
    return sa.true() if reach.jurisdiction else _in_post(day, reach.units)


def _in_post(day: date, unit_ids: AbstractSet[UUID] | None = None, role: Role | None = None) -> sa.Exists:
    post = sa.exists().where(col(Appointment.person_id) == _PERSON.id, covers(Appointment, day, day))
    if unit_ids is not None:
        post = post.where(col(Appointment.unit_id).in_(unit_ids))
    return post if role is None else post.where(col(Appointment.role) == role)


def _serves_as(day: date, role: Role) -> sa.Exists:
    return sa.exists().where(
        col(Membership.person_id) == _PERSON.id,
        col(Body.id) == col(Membership.body_id),
        col(Body.role) == role,
        covers(Membership, day, day),
        covers(Body, day, day),
    )


async def page(
    session: Session, actor: Actor, chosen: PersonFilter, day: date, unit_ids: AbstractSet[UUID] | None
) -> Slice:
    """A page of the directory by name; `unit_ids` are the chosen unit and what stands below it."""
    conditions: list[sa.ColumnElement[bool]] = [visible_to(actor, day)]
    if unit_ids is not None:
        conditions.append(_in_post(day, unit_ids))
    if chosen.in_post is not None:
        conditions.append(_in_post(day) if chosen.in_post else ~_in_post(day))
    if chosen.role is not None:
        conditions.append(_in_post(day, role=chosen.role) | _serves_as(day, chosen.role))
    if chosen.q:
        same_phone = _PERSON.phone_hash == provider().lookup_hash(chosen.q)
        conditions.append(_PERSON.name.contains(chosen.q, autoescape=True) | same_phone)
    order = Order(_PERSON.name, _PERSON.id)
    return await fetch_page(session, sa.select(*_LIST_COLUMNS).where(*conditions), order, chosen)


async def find_visible(session: Session, actor: Actor, person_id: UUID, day: date) -> Person | None:
    """One person within the actor's sight."""
    found: Person | None = await session.scalar(
        sa.select(Person).where(col(Person.id) == person_id, visible_to(actor, day))
    )
    return found


async def posts(session: Session, person_ids: Iterable[UUID], day: date | None = None) -> Sequence[Appointment]:
    """The posts of people, newest first: all, or those of a day."""
    query = sa.select(Appointment).where(col(Appointment.person_id).in_(list(person_ids)))
    if day is not None:
        query = query.where(covers(Appointment, day, day))
    return (await session.scalars(query.order_by(col(Appointment.valid_from).desc(), col(Appointment.id)))).all()
