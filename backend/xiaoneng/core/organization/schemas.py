"""Shapes of the organization."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import MAX_LEVEL, BodyKind, UnitType
from xiaoneng.kit.schemas import AS_NUMBER, Day, Flag, Input, Reason, Schema

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[\w.\-]+$")]


class UnitRef(Schema):
    """A unit where it is only mentioned."""

    id: UUID
    name: str


class PersonRef(Schema):
    """A person where they are only mentioned."""

    id: UUID
    name: str


class UnitNode(Schema):
    """One unit of the tree on a day."""

    id: UUID
    code: str
    name: str
    short_name: str
    type: UnitType
    level: int
    parent_id: UUID | None
    is_key_unit: bool
    valid_from: date
    valid_to: date | None


class UnitTreeRead(Schema):
    """The tree, flat, no unit before its parent."""

    as_of: date
    items: list[UnitNode]


class UnitRead(UnitNode):
    """One unit with the people who answer for it."""

    group_code: str | None
    head: PersonRef | None
    deputy_in_charge: PersonRef | None
    liaison: PersonRef | None
    successor_of: list[UUID]
    children_count: int
    rev: int


class UnitPerson(Schema):
    """Somebody with a post in the unit."""

    id: UUID
    name: str
    post: str
    unit_id: UUID
    section: str | None
    is_mid_level: bool


class UnitPeople(Schema):
    """The people of a unit."""

    items: list[UnitPerson]


class UnitCreate(Input):
    """A new unit. `valid_from` is today unless said otherwise."""

    code: Code
    name: Name
    short_name: Name | None = None
    type: UnitType
    level: Annotated[int, Field(ge=1, le=MAX_LEVEL, description="1 省，2 市，3 县，4 乡，5 村"), AS_NUMBER]
    parent_id: UUID | None = None
    group_code: Code | None = None
    is_key_unit: Flag = False
    valid_from: Day | None = None


class UnitRename(Input):
    """A new name from the day `effective_on` (today unless said otherwise)."""

    name: Name
    short_name: Name | None = None
    effective_on: Day | None = None
    reason: Reason


class UnitMove(Input):
    """A new parent from the day `effective_on` (today unless said otherwise)."""

    parent_id: UUID
    effective_on: Day | None = None
    reason: Reason


class UnitAbolish(Input):
    """The unit ends; `effective_on` is the first day without it, and its duties go to the successors."""

    effective_on: Day | None = None
    successor_ids: tuple[UUID, ...] = ()
    reason: Reason


class ImportFault(Schema):
    """A fault by row (the header is row 1) and column."""

    row: int
    column: str
    code: str
    message: str


class UnitImportRead(Schema):
    """What the import did. With any fault nothing was written."""

    created: int
    unchanged: int
    errors: list[ImportFault]


class AppointmentCreate(Input):
    """A post for a person. A role, where there is one, holds in the subtree of the unit while the post lasts."""

    person_id: UUID
    unit_id: UUID
    title: Name
    section: Name | None = None
    role: Role | None = None
    is_deputy_in_charge: Flag = False
    valid_from: Day | None = None
    valid_to: Day | None = None


class AppointmentEnd(Input):
    """The last day of the post."""

    valid_to: Day
    reason: Reason


class AppointmentRead(Schema):
    """A post of a person."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    title: str
    section: str | None
    role: Role | None
    is_deputy_in_charge: bool
    valid_from: date
    valid_to: date | None
    rev: int


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person to be entered."""

    name: str
    phone: str | None = None
    is_mid_level: bool = False
    rank_level: str | None = None
    duties_public: str | None = None


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """A body to be set up."""

    unit_id: UUID
    kind: BodyKind
    name: str
    role: Role | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What one post or membership gives: a role in a unit's subtree, and, for a post, staff membership."""

    unit_id: UUID
    role: Role | None
    is_post: bool


@dataclass(frozen=True, slots=True)
class Position:
    """What a person's posts and bodies of a day add up to."""

    roles: Mapping[Role, frozenset[UUID]]
    unit_id: UUID | None
    member_units: frozenset[UUID]
