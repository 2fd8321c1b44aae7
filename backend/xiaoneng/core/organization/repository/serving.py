"""SQL of who serves where today."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import Appointment, Body, Membership
from xiaoneng.core.organization.repository.people import covers
from xiaoneng.kit.db import Session

_BODY = sa.inspect(Body).local_table.c
_MEMBER = sa.inspect(Membership).local_table.c
_POST = sa.inspect(Appointment).local_table.c


async def bodies_of(session: Session, person_id: UUID, day: date) -> Sequence[UUID]:
    """The bodies, existing on a day, in which a person serves then."""
    query = (
        sa.select(_MEMBER.body_id)
        .join(Body, _BODY.id == _MEMBER.body_id)
        .where(_MEMBER.person_id == person_id, covers(Membership, day, day), covers(Body, day, day))
    )
    return (await session.scalars(query)).all()


async def bodies(session: Session, body_ids: Iterable[UUID]) -> Sequence[Any]:
    """Some bodies with name, unit and the days of their existence."""
    query = sa.select(_BODY.id, _BODY.name, _BODY.unit_id, _BODY.valid_from, _BODY.valid_to)
    return (await session.execute(query.where(_BODY.id.in_(list(body_ids))))).all()


async def members_of(session: Session, body_ids: Iterable[UUID], day: date) -> Sequence[UUID]:
    """Everybody who serves in one of some bodies on a day."""
    query = sa.select(_MEMBER.person_id).distinct().where(_MEMBER.body_id.in_(list(body_ids)))
    return (await session.scalars(query.where(covers(Membership, day, day)))).all()


async def posts_since(session: Session, person_ids: Iterable[UUID], first: date, last: date) -> Sequence[Any]:
    """The units in which people held a post, or which lent them, on some day, as `person_id, unit_id, until`."""
    wanted = list(person_ids)
    posts = sa.select(_POST.person_id, _POST.unit_id, _POST.valid_to.label("until")).where(
        _POST.person_id.in_(wanted), covers(Appointment, first, last)
    )
    loans = sa.select(_MEMBER.person_id, _MEMBER.home_unit_id, _MEMBER.valid_to).where(
        _MEMBER.person_id.in_(wanted), _MEMBER.home_unit_id.is_not(None), covers(Membership, first, last)
    )
    return (await session.execute(sa.union_all(posts, loans))).all()


async def serving_as(session: Session, person_ids: Iterable[UUID], role: Role, day: date) -> Sequence[UUID]:
    """Those of some people who serve on a day in a body that gives a role."""
    query = (
        sa.select(_MEMBER.person_id)
        .distinct()
        .join(Body, _BODY.id == _MEMBER.body_id)
        .where(_MEMBER.person_id.in_(list(person_ids)), _BODY.role == role)
        .where(covers(Membership, day, day), covers(Body, day, day))
    )
    return (await session.scalars(query)).all()
