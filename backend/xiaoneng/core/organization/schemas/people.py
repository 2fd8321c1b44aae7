"""Shapes of people and their posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.schemas.shared import Name, UnitRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Flag, Input, LocalDateTime, Reason, Schema

PersonName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50, pattern=r"^[^\x00]*$")
]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+][0-9 \-]{4,19}$")]
Rank = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
Duties = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class PersonCreate(Input):
    """Somebody to be entered; posts and with them roles are given afterwards, by somebody else (I3)."""

    name: PersonName
    phone: Phone | None = None
    is_mid_level: Flag = False
    rank_level: Rank | None = None
    duties_public: Duties | None = None


class PersonEdit(Input):
    """What is to change: fields left out stay, `null` clears one that may be empty."""

    name: PersonName = ""
    phone: Phone | None = None
    is_mid_level: Flag = False
    rank_level: Rank | None = None
    duties_public: Duties | None = None
    reason: Reason


class PostBrief(Schema):
    """A post that somebody holds today."""

    unit: UnitRef
    title: str
    section: str | None
    role: Role | None
    is_deputy_in_charge: bool


class ServiceBrief(Schema):
    """A body in which somebody serves today."""

    body_id: UUID
    name: str
    duty: str | None
    seconded: bool


class PersonListItem(Schema):
    """Somebody in the directory, with the posts and bodies of today."""

    id: UUID
    name: str
    is_mid_level: bool
    rank_level: str | None
    posts: list[PostBrief]
    bodies: list[ServiceBrief]


class PostRead(PostBrief):
    """A post with the days on which it is held; the role holds on the same days."""

    id: UUID
    valid_from: date
    valid_to: date | None
    rev: int


class ServiceRead(ServiceBrief):
    """Service in a body with its days; the body's role holds on the same days."""

    id: UUID
    role: Role | None
    home_unit: UnitRef | None
    valid_from: date
    valid_to: date | None
    rev: int


class PersonRead(Schema):
    """One person with every post and every body, past and to come, newest first. The telephone is masked."""

    id: UUID
    name: str
    phone_masked: str | None
    is_mid_level: bool
    rank_level: str | None
    duties_public: str | None
    posts: list[PostRead]
    services: list[ServiceRead]
    rev: int
    created_at: LocalDateTime
    updated_at: LocalDateTime


class PersonFilter(PageParams):
    """Whom to show: by name or whole telephone number, of a unit and what stands below it, in a role today."""

    q: Annotated[str | None, Field(min_length=1, max_length=50, pattern=r"^[^\x00]*$")] = None
    unit_id: UUID | None = None
    role: Role | None = None
    in_post: Annotated[bool | None, Field(description="今天是否在任")] = None


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
class Holding:
    """What one post or membership gives: a role in a unit's subtree, and, for a post, staff membership.

    `acting_for` is the person who is away and whose post it is.
    """

    unit_id: UUID
    role: Role | None
    is_post: bool
    acting_for: UUID | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """What a person's posts and bodies of a day add up to."""

    roles: Mapping[Role, frozenset[UUID]]
    unit_id: UUID | None
    member_units: frozenset[UUID]
