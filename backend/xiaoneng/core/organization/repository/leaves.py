"""SQL of leaves, and of who stands in for whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from xiaoneng.core.organization.models import Appointment, Leave, Person
from xiaoneng.core.organization.repository.people import covers, is_away
from xiaoneng.kit.db import Session


async def get(session: Session, leave_id: UUID) -> Leave | None:
    """One leave, locked."""
    found: Leave | None = await session.get(Leave, leave_id, with_for_update=True)
    return found


async def of_person(session: Session, person_id: UUID) -> Sequence[Leave]:
    """The leaves of a person, the latest first."""
    query = sa.select(Leave).where(col(Leave.person_id) == person_id).order_by(col(Leave.first_day).desc())
    return (await session.scalars(query.limit(100))).all()


async def overlaps(session: Session, person_id: UUID, first: date, last: date) -> bool:
    """Whether the person is away already on some of the days."""
    taken = sa.exists().where(
        col(Leave.person_id) == person_id,
        col(Leave.back_at).is_(None),
        col(Leave.first_day) <= last,
        col(Leave.last_day) >= first,
    )
    return bool(await session.scalar(sa.select(taken)))


async def to_begin(session: Session, day: date) -> Sequence[Leave]:
    """The leaves that have begun and were not told of, locked; those another worker holds are left to it."""
    query = sa.select(Leave).where(
        col(Leave.told_at).is_(None), col(Leave.back_at).is_(None), col(Leave.first_day) <= day
    )
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def to_end(session: Session, day: date) -> Sequence[Leave]:
    """The leaves whose last day is over, locked; those another worker holds are left to it."""
    query = sa.select(Leave).where(col(Leave.back_at).is_(None), col(Leave.last_day) < day)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def substitutes(session: Session, person_id: UUID, day: date) -> Sequence[Any]:
    """Who stands in for a person that is away on the day, as `unit_id, substitute_id`, one row a post."""
    query = sa.select(col(Appointment.unit_id), col(Appointment.substitute_id)).where(
        col(Appointment.person_id) == person_id,
        col(Appointment.substitute_id).is_not(None),
        covers(Appointment, day, day),
        is_away(col(Appointment.person_id), day),
    )
    return (await session.execute(query.order_by(col(Appointment.valid_from)))).all()


async def names_of_substitutes(session: Session, person_id: UUID) -> dict[UUID, Any]:
    """The substitutes of a person's posts, as `id, name` by the key of the post."""
    query: Any = sa.select(col(Appointment.id).label("post_id"), col(Person.id), col(Person.name)).join(
        Person, col(Person.id) == col(Appointment.substitute_id)
    )
    return {row.post_id: row for row in await session.execute(query.where(col(Appointment.person_id) == person_id))}
