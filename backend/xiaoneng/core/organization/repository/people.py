"""SQL of people, posts and bodies."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import Appointment, Body, Membership, Person
from xiaoneng.kit.db import Session

_ENDLESS = sa.literal(date.max)


def _covers(model: type[Appointment | Body | Membership], first: date, last: date) -> sa.ColumnElement[bool]:
    """Whether a row of `model` is in force on some day from `first` to `last`."""
    return sa.and_(col(model.valid_from) <= last, sa.func.coalesce(col(model.valid_to), _ENDLESS) >= first)


def holdings(person_id: Any, first: date, last: date | None = None) -> sa.CompoundSelect[Any]:
    """The posts and memberships of a person (a value or a column) in a period, as `unit_id, role, is_post, valid_from`.

    One day unless `last` is given. A membership counts while its body exists. With a column of another table this
    becomes a lateral join.
    """
    final = last or first
    posts = (
        sa.select(
            col(Appointment.unit_id), col(Appointment.role), sa.true().label("is_post"), col(Appointment.valid_from)
        )
        .where(col(Appointment.person_id) == person_id, _covers(Appointment, first, final))
        .correlate_except(Appointment)
    )
    bodies = (
        sa.select(col(Body.unit_id), col(Body.role), sa.false().label("is_post"), col(Membership.valid_from))
        .join(Membership, col(Membership.body_id) == col(Body.id))
        .where(col(Membership.person_id) == person_id, _covers(Membership, first, final), _covers(Body, first, final))
        .correlate_except(Body, Membership)
    )
    return sa.union_all(posts, bodies)


async def holdings_of(session: Session, person_id: UUID, first: date, last: date | None = None) -> Sequence[Any]:
    """The rows of `holdings`, oldest first."""
    found = holdings(person_id, first, last).subquery()
    return (await session.execute(sa.select(found).order_by(found.c.valid_from))).all()


async def names(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of people."""
    query = sa.select(col(Person.id), col(Person.name)).where(col(Person.id).in_(list(person_ids)))
    return dict((await session.execute(query)).all())


async def get(session: Session, person_id: UUID, *, lock: bool = False) -> Person | None:
    """One person by key."""
    found: Person | None = await session.get(Person, person_id, with_for_update=lock)
    return found


async def get_appointment(session: Session, appointment_id: UUID) -> Appointment | None:
    """One post by key, locked."""
    found: Appointment | None = await session.get(Appointment, appointment_id, with_for_update=True)
    return found


async def get_body(session: Session, body_id: UUID) -> Body | None:
    """One body by key."""
    found: Body | None = await session.get(Body, body_id)
    return found


async def get_membership(session: Session, membership_id: UUID) -> Membership | None:
    """One membership by key, locked."""
    found: Membership | None = await session.get(Membership, membership_id, with_for_update=True)
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
        .where(col(Appointment.unit_id) == unit_id, _covers(Appointment, day, day))
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
        _covers(Appointment, first, last),
    )
    return (await session.execute(query)).all()
