"""Shapes of the bodies that carry a campaign and of service in them (S0-02)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import BodyKind
from xiaoneng.core.organization.schemas.shared import Name, PersonRef, UnitRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Flag, Input, LocalDateTime, Reason, Schema

Duty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


BodyRole = Literal[Role.LGO, Role.LGL, Role.INS, Role.ACC]


class BodyCreate(Input):
    """A body to be set up at a unit. Its members hold `role` in the unit's subtree while they serve."""

    unit_id: UUID
    kind: BodyKind
    name: Name
    role: BodyRole | None = None
    valid_from: Day | None = None


class BodyEnd(Input):
    """The last day of the body; every membership still open ends with it."""

    valid_to: Day
    reason: Reason


class MemberAdd(Input):
    """Somebody to serve from a day (today) to a day. A loan (`seconded`) needs its last day."""

    person_id: UUID
    duty: Duty | None = None
    seconded: Flag = False
    valid_from: Day | None = None
    valid_to: Day | None = None


class MembershipEnd(Input):
    """The last day of the service."""

    valid_to: Day
    reason: Reason


class BodyListItem(Schema):
    """One body, with how many serve in it today."""

    id: UUID
    unit: UnitRef
    kind: BodyKind
    name: str
    role: Role | None
    valid_from: date
    valid_to: date | None
    members_count: int


class BodyRead(BodyListItem):
    """One body."""

    rev: int
    created_at: LocalDateTime
    updated_at: LocalDateTime


class MemberRead(Schema):
    """Somebody's service in a body."""

    id: UUID
    body_id: UUID
    person: PersonRef
    duty: str | None
    seconded: bool
    home_unit: UnitRef | None
    valid_from: date
    valid_to: date | None
    rev: int


class BodyFilter(PageParams):
    """Which bodies: of a unit and what stands below it, of a kind, existing today or not."""

    unit_id: UUID | None = None
    kind: BodyKind | None = None
    current: Annotated[bool | None, Field(description="今天是否存在")] = None


class MemberFilter(PageParams):
    """Which members: serving today or not; both unless said otherwise."""

    current: Annotated[bool | None, Field(description="今天是否在任")] = None
