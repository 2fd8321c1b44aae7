"""Who serves where today, for features in which a body acts through its members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.repository import serving as repository
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


@dataclass(frozen=True, slots=True)
class BodyRef:
    """A body by name, the unit it is set up at, and whether it exists today."""

    id: UUID
    name: str
    unit_id: UUID
    exists: bool


async def bodies_of(session: Session, person_id: UUID | None) -> frozenset[UUID]:
    """The bodies in which a person serves today."""
    return frozenset(await repository.bodies_of(session, person_id, clock.today())) if person_id else frozenset()


async def body_refs(session: Session, body_ids: Iterable[UUID]) -> dict[UUID, BodyRef]:
    """Bodies by name, abolished ones too; unknown keys are left out."""
    today = clock.today()
    return {
        row.id: BodyRef(
            row.id, row.name, row.unit_id, row.valid_from <= today and (row.valid_to is None or today <= row.valid_to)
        )
        for row in await repository.bodies(session, body_ids)
    }


async def members_of(session: Session, body_ids: Iterable[UUID]) -> list[UUID]:
    """Everybody who serves in one of some bodies today."""
    return sorted(await repository.members_of(session, body_ids, clock.today()))


@dataclass(frozen=True, slots=True)
class Tie:
    """A person held a post in a unit, or was lent by it; `is_current` while they do."""

    person_id: UUID
    unit_id: UUID
    is_current: bool


async def ties_since(session: Session, person_ids: Iterable[UUID], first: date) -> list[Tie]:
    """The units to which people belong, or have belonged since a day."""
    today = clock.today()
    rows = await repository.posts_since(session, person_ids, first, today)
    return [Tie(row.person_id, row.unit_id, row.until is None or row.until >= today) for row in rows]


async def serving_as(session: Session, person_ids: Iterable[UUID], role: Role) -> frozenset[UUID]:
    """Those of some people who serve today in a body that gives a role."""
    return frozenset(await repository.serving_as(session, person_ids, role, clock.today()))
