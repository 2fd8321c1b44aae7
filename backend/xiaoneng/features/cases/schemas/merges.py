"""Merging: what is sent, what is found to be alike, what was merged."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.cases.models.case import CaseStatus, Solved
from xiaoneng.features.cases.models.merges import Trait
from xiaoneng.features.cases.schemas.shared import Phone, Place, Title
from xiaoneng.kit.schemas import Input, LocalDateTime, Reason, Schema


class MergeInput(Input):
    """Into which case, and why the two are one matter."""

    into_id: Annotated[UUID, Field(description="主件")]
    reason: Reason


class AlikeInput(Input):
    """What is known of a case that is being taken down; the number is compared and not kept."""

    title: Title
    place: Place | None = None
    category_code: Annotated[str, Field(max_length=60)] | None = None
    phone: Phone | None = None


class CaseLink(Schema):
    """A case as others point at it."""

    id: UUID
    no: str
    title: str
    status: CaseStatus


class AlikeCase(CaseLink):
    """A case that may be the same matter: how alike it is, in percent, and in what."""

    lead_unit: UnitRef | None
    place: str | None
    received_at: LocalDateTime
    due_at: LocalDateTime
    likeness: int
    traits: list[Trait]


class AlikeList(Schema):
    """What may be the same matter, the most alike first."""

    items: list[AlikeCase]


class CarriedCase(CaseLink):
    """A case that was merged into this one, and what its own reporter said of the reply."""

    received_at: LocalDateTime
    merged_at: LocalDateTime
    merged_by_name: str
    reason: str
    stars: int | None
    solved: Solved | None


class MergesRead(Schema):
    """The case that this one was merged into, if the reader may know of it; those merged into this one.

    `hidden` counts merged cases out of the reader's sight.
    """

    primary: CaseLink | None
    items: list[CarriedCase]
    hidden: int
