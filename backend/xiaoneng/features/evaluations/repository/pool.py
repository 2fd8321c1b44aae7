"""SQL of the pool."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.features.evaluations.models.pool import Representative, RepresentativeStatus
from xiaoneng.features.evaluations.schemas.pool import PoolFilter
from xiaoneng.kit.bulk import copy_rows
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_PERSON = sa.inspect(Representative).local_table.c
_ACTIVE = _PERSON.status == RepresentativeStatus.ACTIVE


async def find(session: Session, person_id: UUID) -> Representative | None:
    """One representative, locked."""
    return await session.scalar(sa.select(Representative).where(_PERSON.id == person_id).with_for_update())


async def lock(session: Session) -> None:
    """Nobody else adds to the pool until the transaction ends."""
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended("evaluation pool", 0))))


async def is_known(session: Session, phone_hash: bytes, identity_hash: bytes) -> bool:
    """Whether somebody active has this phone or this identity."""
    same = sa.or_(_PERSON.phone_hash == phone_hash, _PERSON.identity_hash == identity_hash)
    return bool(await session.scalar(sa.select(sa.exists().where(_ACTIVE, same))))


async def hashes(session: Session) -> Sequence[Any]:
    """Phone and identity hashes of everybody active."""
    return (await session.execute(sa.select(_PERSON.phone_hash, _PERSON.identity_hash).where(_ACTIVE))).all()


async def known_identities(session: Session, wanted: Iterable[bytes]) -> set[bytes]:
    """Which of some identities are in the pool."""
    query = sa.select(_PERSON.identity_hash).where(_ACTIVE, _PERSON.identity_hash.in_(list(wanted)))
    return set((await session.scalars(query)).all())


async def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write representatives."""
    await copy_rows(session, Representative, rows)


async def page(session: Session, chosen: PoolFilter) -> Slice:
    """A page of representatives, the newest first."""
    query = sa.select(*_PERSON)
    if chosen.category is not None:
        query = query.where(_PERSON.category == chosen.category)
    if chosen.status is not None:
        query = query.where(_PERSON.status == chosen.status)
    return await fetch_page(session, query, Order(_PERSON.created_at, _PERSON.id, descending=True), chosen)


async def counts(session: Session) -> Sequence[Any]:
    """How many there are by category and status."""
    query = sa.select(_PERSON.category, _PERSON.status, sa.func.count().label("count"))
    return (await session.execute(query.group_by(_PERSON.category, _PERSON.status))).all()


async def eligible(session: Session) -> Sequence[Any]:
    """Everybody active with category and employer."""
    return (await session.execute(sa.select(_PERSON.id, _PERSON.category, _PERSON.employer_id).where(_ACTIVE))).all()
