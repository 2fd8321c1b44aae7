"""What other packages ask of the organization while they work: does this unit live, who works there."""

from collections.abc import Collection, Sequence
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.organization.repository import people as people_rows
from xiaoneng.core.organization.schemas import PersonRef, UnitRef
from xiaoneng.core.organization.service.people import person_refs
from xiaoneng.core.organization.service.tree import forest, unit_refs
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def unit_ref(session: Session, unit_id: UUID | None) -> UnitRef | None:
    """A unit by its latest name, abolished ones too."""
    return (await unit_refs(session, [unit_id])).get(unit_id) if unit_id else None


async def person_ref(session: Session, person_id: UUID | None) -> PersonRef | None:
    """A person by name."""
    return (await person_refs(session, [person_id])).get(person_id) if person_id else None


async def require_living_unit(session: Session, unit_id: UUID) -> UnitRef:
    """A unit that exists today. Raises UnitGone."""
    node = (await forest(session)).on(clock.today()).nodes.get(unit_id)
    if node is None:
        raise UnitGone
    return UnitRef(id=node.id, name=node.name)


async def colleague(session: Session, person_id: UUID, unit_id: UUID | None) -> PersonRef | None:
    """The person, if they hold a post in the unit today."""
    if unit_id is None:
        return None
    for row in await people_rows.staff(session, unit_id, clock.today()):
        if row.id == person_id:
            return PersonRef(id=row.id, name=row.name)
    return None


async def holders(session: Session, unit_id: UUID, roles: Collection[Role]) -> Sequence[UUID]:
    """The people who hold one of these posts in the unit today."""
    return [row.id for row in await people_rows.staff(session, unit_id, clock.today()) if row.role in roles]
