"""SQL of who serves where today."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.organization.models import Body, Membership
from xiaoneng.core.organization.repository.people import covers
from xiaoneng.kit.db import Session

_BODY = sa.inspect(Body).local_table.c
_MEMBER = sa.inspect(Membership).local_table.c


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
