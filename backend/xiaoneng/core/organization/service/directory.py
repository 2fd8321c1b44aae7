"""Reading the organization: what other packages ask it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.organization.repository import people as people_rows
from xiaoneng.core.organization.repository import tree as tree_rows
from xiaoneng.core.organization.rules.tree import Forest, Node
from xiaoneng.core.organization.schemas.people import Holding, Position
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.organization.schemas.units import UnitNode, UnitPeople, UnitPerson, UnitRead, UnitTreeRead
from xiaoneng.core.organization.service.forest import forest, refs
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

holdings = people_rows.holdings
is_away = people_rows.is_away
"""The posts and memberships of a person, to be joined by accounts into its own statement."""
TREE_TOKEN = tree_rows.TREE_TOKEN
"""The token of the tree, to be read along in such a statement."""


async def tree(session: Session, as_of: date | None = None) -> UnitTreeRead:
    """The tree of a day (today), parents first."""
    day = as_of or clock.today()
    found = (await forest(session)).on(day)
    return UnitTreeRead(as_of=day, items=[UnitNode.model_validate(node) for node in found.parents_first])


async def subtree(session: Session, unit_ids: Iterable[UUID], as_of: date | None = None) -> frozenset[UUID]:
    """The units and everything below them on a day (today)."""
    found = (await forest(session)).on(as_of or clock.today())
    return frozenset[UUID]().union(*(found.subtree(unit_id) for unit_id in unit_ids))


async def unit_refs(session: Session, unit_ids: Iterable[UUID] | None = None) -> Mapping[UUID, UnitRef]:
    """Units by their latest name, abolished ones too: all, or those of `unit_ids` that exist. Usually no statement."""
    known = await refs(session)
    if unit_ids is None:
        return known
    wanted = set(unit_ids)
    if not wanted <= known.keys():
        known = await refs(session, fresh=True)
    return {unit_id: known[unit_id] for unit_id in wanted & known.keys()}


async def find_unit(session: Session, unit_id: UUID) -> UnitRef | None:
    """The unit, if it exists today."""
    node = await _living(session, unit_id)
    return UnitRef(id=node.id, name=node.name) if node else None


async def require_unit(session: Session, unit_id: UUID) -> UnitRef:
    """The unit. Raises UnitGone when it does not exist today."""
    found = await find_unit(session, unit_id)
    if found is None:
        raise UnitGone
    return found


async def _living(session: Session, unit_id: UUID) -> Node | None:
    today = clock.today()
    found = (await forest(session)).on(today).nodes.get(unit_id)
    return found or (await forest(session, fresh=True)).on(today).nodes.get(unit_id)


async def get_unit(session: Session, unit_id: UUID) -> UnitRead:
    """One unit with the people who answer for it today. Raises NotFound."""
    unit = await tree_rows.get(session, unit_id)
    if unit is None:
        raise NotFound
    today = clock.today()
    staff = await people_rows.staff(session, unit_id, today)

    def first(**wanted: Any) -> PersonRef | None:
        for row in staff:
            if all(getattr(row, name) == value for name, value in wanted.items()):
                return PersonRef(id=row.id, name=row.name)
        return None

    return UnitRead(
        **{name: getattr(unit, name) for name in UnitNode.model_fields},
        group_code=unit.group_code,
        head=first(role=Role.UHD),
        deputy_in_charge=first(is_deputy_in_charge=True),
        liaison=first(role=Role.ULN),
        successor_of=list(await tree_rows.predecessors(session, unit_id)),
        children_count=len((await forest(session)).on(today).children.get(unit_id, ())),
        rev=unit.rev,
    )


async def people_of(session: Session, actor: Actor, unit_id: UUID) -> UnitPeople:
    """Who holds a post in the unit today, heads first. Raises NotFound, also beyond the actor's reach."""
    reach = actor.reach("person:read")
    if not (reach.jurisdiction or unit_id in reach.units) or not await unit_refs(session, [unit_id]):
        raise NotFound
    rows = await people_rows.staff(session, unit_id, clock.today())
    return UnitPeople(
        items=[
            UnitPerson(
                id=row.id,
                name=row.name,
                post=row.title,
                unit_id=row.unit_id,
                section=row.section,
                is_mid_level=row.is_mid_level,
            )
            for row in rows
        ]
    )


async def person_refs(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, PersonRef]:
    """People by name; unknown keys are left out."""
    wanted = set(person_ids)
    found = await people_rows.names(session, wanted) if wanted else {}
    return {person_id: PersonRef(id=person_id, name=name) for person_id, name in found.items()}


async def find_person(session: Session, person_id: UUID) -> PersonRef | None:
    """One person."""
    return (await person_refs(session, [person_id])).get(person_id)


async def find_person_in(session: Session, person_id: UUID, unit_id: UUID | None) -> PersonRef | None:
    """The person, if they hold a post today in the unit or below it."""
    if unit_id is None:
        return None
    rows = await people_rows.holdings_of(session, person_id, clock.today())
    reach = await subtree(session, [unit_id])
    return await find_person(session, person_id) if any(row.is_post and row.unit_id in reach for row in rows) else None


def position(units: Forest, held: Sequence[Holding], day: date) -> Position:
    """What posts and bodies of a day add up to; those of a unit that does not exist then count for nothing."""
    tree = units.on(day)
    roles: dict[Role, frozenset[UUID]] = {}
    living = [holding for holding in held if holding.unit_id in tree.nodes]
    for holding in living:
        if holding.role is not None:
            reach = tree.subtree(holding.unit_id)
            roles[holding.role] = roles[holding.role] | reach if holding.role in roles else reach
    posts = [holding.unit_id for holding in living if holding.is_post]
    home = next(iter(posts), living[0].unit_id if living else None)
    return Position(roles, home, frozenset(posts))


async def position_of(session: Session, person_id: UUID, on: date | None = None) -> Position:
    """The roles, the home unit and the staff membership of a person on a day (today)."""
    day = on or clock.today()
    rows = await people_rows.holdings_of(session, person_id, day)
    return position(await forest(session), [Holding(row.unit_id, row.role, row.is_post) for row in rows], day)


async def roles_of(session: Session, person_id: UUID, on: date | None = None) -> dict[Role, frozenset[UUID]]:
    """Each role of a person on a day (today), with all units it reaches; a body at the root reaches everywhere."""
    return dict((await position_of(session, person_id, on)).roles)
