"""Who calls, what they may do, and how an object stands to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.models import Relation, Role
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.core.timeline.schemas import Author


@dataclass(frozen=True, slots=True)
class Standing:
    """How one object relates to people: responsible units, persons assigned by name, who made it,
    whether it came through a 12345 platform or the portal and so belongs to the hotline's desk, whom it names.
    """

    units: frozenset[UUID] = frozenset()
    assigned: frozenset[UUID] = frozenset()
    made_by: UUID | None = None
    on_desk: bool = False
    named_units: frozenset[UUID] = frozenset()
    named_persons: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a permission reaches for one actor; repositories turn it into a condition."""

    jurisdiction: bool
    units: frozenset[UUID]
    assigned_to: UUID | None
    made_by: UUID | None
    desk: bool

    @property
    def shape(self) -> "ReachShape":
        """Which ways there are, apart from whom they lead to: one shape, one statement."""
        return ReachShape(
            self.jurisdiction, bool(self.units), self.assigned_to is not None, self.made_by is not None, self.desk
        )


class ReachShape(NamedTuple):
    """The ways in which a permission reaches objects."""

    jurisdiction: bool
    units: bool
    assigned_to: bool
    made_by: bool
    desk: bool


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody wants done: the action, its input, and the revision they have seen."""

    action: str
    body: BaseModel
    expected_rev: int


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who is away and for whom the actor stands in: their role in the subtree of their post (R-25)."""

    name: str
    role: Role
    units: frozenset[UUID]


@dataclass(frozen=True)
class Actor:
    """A caller with the roles of this moment.

    `roles` maps each role to the units in whose subtree it holds (as of today); `grants` maps each permission to the
    relations that each role has for it, as the pivot says.
    """

    id: UUID
    name: str
    kind: ActorKind
    person_id: UUID | None
    unit_id: UUID | None
    roles: Mapping[Role, frozenset[UUID]]
    grants: Mapping[str, Mapping[Role, frozenset[Relation]]] = field(repr=False)
    member_units: frozenset[UUID] = frozenset()
    """The units whose staff this person is, for recusal."""
    key_source: str | None = None
    """The message source an API key is bound to."""
    own_roles: Mapping[Role, frozenset[UUID]] | None = None
    """The roles without those of others in whose place the actor stands; None when there are no such."""
    stand_ins: tuple[StandIn, ...] = ()

    @cached_property
    def author(self) -> Author:
        """How the history names this actor."""
        return Author(self.kind, self.id, self.name)

    def author_of(self, permission: str, standing: Standing) -> Author:
        """How the history names this actor for one act: with the name of whoever is away when it took their role."""
        if self.own_roles is None or replace(self, own_roles=None, roles=self.own_roles).may(permission, standing):
            return self.author
        granting = self.grants.get(permission, {})
        away = next((one.name for one in self.stand_ins if one.role in granting), None)
        return Author(self.kind, self.id, f"{self.name}（代{away}）") if away else self.author

    @cached_property
    def permissions(self) -> frozenset[str]:
        """The permissions held in any relation."""
        return frozenset(name for name, by_role in self.grants.items() if by_role.keys() & self.roles.keys())

    def holds(self, permission: str) -> bool:
        """Whether the function is open to this actor at all."""
        return permission in self.permissions

    def reach(self, permission: str) -> Reach:
        """How far `permission` reaches."""
        cached = self._reaches.get(permission)
        if cached is None:
            cached = self._reaches[permission] = self._reach(permission)
        return cached

    def may(self, permission: str, standing: Standing) -> bool:
        """Whether `permission` holds for an object that stands so. Recusal beats every grant (I1)."""
        if self.is_named_in(standing):
            return False
        reach = self.reach(permission)
        return (
            reach.jurisdiction
            or bool(reach.units & standing.units)
            or (reach.assigned_to is not None and reach.assigned_to in standing.assigned)
            or (reach.made_by is not None and reach.made_by == standing.made_by)
            or (reach.desk and standing.on_desk)
        )

    def is_named_in(self, standing: Standing) -> bool:
        """Whether the object names this person or a unit this person belongs to."""
        return self.person_id in standing.named_persons or bool(self.member_units & standing.named_units)

    @cached_property
    def _reaches(self) -> dict[str, Reach]:
        return {}

    def _reach(self, permission: str) -> Reach:
        held = {role: far for role, far in self.grants.get(permission, {}).items() if role in self.roles}
        any_of = frozenset[Relation]().union(*held.values())
        units = (self.roles[role] for role, far in held.items() if Relation.UNIT in far)
        return Reach(
            jurisdiction=Relation.JURISDICTION in any_of,
            units=frozenset[UUID]().union(*units),
            assigned_to=self.person_id if Relation.ASSIGNED in any_of else None,
            made_by=self.id if Relation.OWN in any_of else None,
            desk=Relation.DESK in any_of,
        )
