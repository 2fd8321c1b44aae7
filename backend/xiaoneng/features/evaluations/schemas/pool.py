"""Shapes of the pool. Contact data is masked; it leaves in clear only by an export that a second person agreed to."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.evaluations.models.pool import RepresentativeStatus
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Input, LocalDateTime, Schema

PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Digits = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=30)]


class RepresentativeCreate(Input):
    """One more representative; `employer_id` when they work for one of our units."""

    category: RaterCategory
    name: PersonName
    phone: Digits
    identity: Digits
    employer_id: UUID | None = None


class RepresentativeItem(Schema):
    """A representative as a row, masked."""

    id: UUID
    category: RaterCategory
    name_masked: str
    phone_masked: str
    employer: UnitRef | None
    status: RepresentativeStatus
    created_at: LocalDateTime
    rev: int
    available_actions: list[ActionRef]


class CategoryCount(Schema):
    """How many active representatives a category has."""

    category: RaterCategory
    count: int


class PoolSummary(Schema):
    """How large the pool is; `minimum` is the usual gate (R-50)."""

    active: int
    withdrawn: int
    minimum: int
    by_category: list[CategoryCount]


class PoolFilter(PageParams):
    """Which representatives."""

    category: RaterCategory | None = None
    status: RepresentativeStatus | None = None
