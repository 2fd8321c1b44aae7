"""Shapes of leaves and of substitutes."""

from datetime import date
from uuid import UUID

from xiaoneng.core.organization.schemas.shared import PersonRef
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Reason, Schema


class LeaveCreate(Input):
    """Somebody is away from the first to the last day, both included."""

    first_day: Day
    last_day: Day
    reason: Reason


class LeaveEnd(Input):
    """Somebody is back before the last day."""

    reason: Reason


class SubstituteName(Input):
    """Who stands in for the holder of a post (A/B 岗); null for nobody."""

    substitute_id: UUID | None = None
    reason: Reason


class LeaveRead(Schema):
    """An absence. `back_at` tells since when the person is back."""

    id: UUID
    person_id: UUID
    first_day: date
    last_day: date
    reason: str
    recorded_by: str
    back_at: LocalDateTime | None
    rev: int


class SubstituteRead(Schema):
    """A post, and who stands in while its holder is away."""

    appointment_id: UUID
    substitute: PersonRef


class AbsenceRead(Schema):
    """When a person is away, and who stands in; the latest leave first."""

    leaves: list[LeaveRead]
    substitutes: list[SubstituteRead]
