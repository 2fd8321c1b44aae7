"""What people say when they do something with an item."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from xiaoneng.features.rectification.models.items import ItemClass, OwnerType, VerifyMethod
from xiaoneng.kit.schemas import AS_NUMBER, Day, Flag, Input, Moment, Reason

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=5_000)]


Units = Annotated[list[UUID], Field(max_length=20)]


class ItemCreate(Input):
    """A problem that the office puts into the ledger."""

    title: Title
    problem: Text
    manifestation: Text | None = None
    lead_unit_id: UUID
    co_unit_ids: Units = Field(default=[])
    owner_type: OwnerType = OwnerType.UNIT
    owner_person_id: UUID | None = None
    item_class: ItemClass = ItemClass.DEADLINE
    problem_code: Annotated[str, Field(max_length=60)] | None = None
    is_mass: Flag = False
    is_systemic: Flag = False
    is_joint: Flag = False
    is_public: Flag = False


class LeadUnitInput(Input):
    """Which unit leads (R-10)."""

    unit_id: UUID


class MeasureInput(Input):
    """One step of the plan."""

    text: Text
    owner_id: UUID
    due_on: Day


class PlanInput(Input):
    """The whole plan at once: target, at least one measure, leader, person and date (R-01).

    Co-units and the systemic mark stay as they are unless given.
    """

    target: Text
    cause: Text | None = None
    co_unit_ids: Units | None = None
    started_on: Day | None = None
    is_systemic: Flag | None = None
    institution_id: UUID | None = None
    measures: Annotated[list[MeasureInput], Field(min_length=1, max_length=50)]
    responsible_leader_id: UUID
    responsible_person_id: UUID
    due_on: Day


class MeasureChange(Input):
    """Another owner or date of one step; what is not given stays."""

    measure_id: UUID
    owner_id: UUID | None = None
    due_on: Day | None = None


class ItemAssignInput(Input):
    """Other people who answer for the item or its steps, and other dates of the steps; at least one of them."""

    responsible_leader_id: UUID | None = None
    responsible_person_id: UUID | None = None
    measures: Annotated[list[MeasureChange], Field(max_length=50)] = Field(default=[])

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        steps = any(change.owner_id or change.due_on for change in self.measures)
        if not (steps or self.responsible_leader_id or self.responsible_person_id):
            raise ValueError("nothing is to change")
        return self


class ApproveInput(Input):
    """Whether several bodies accept the item, and the public is told before it closes; a mark once set stays."""

    is_joint: Flag = False
    is_public: Flag = False


class ExtensionInput(Input):
    """Until when, and why not sooner."""

    to_due_on: Day
    reason: Reason


class GrantInput(Input):
    """What the decision says, if anything."""

    decision: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1_000)] | None = None


class InstitutionLink(Input):
    """The institution that a systemic item waits for."""

    institution_id: UUID


class ProgressReportInput(Input):
    """How far it is, in percent, what stands in the way, and which measures are done."""

    text: Text
    difficulties: Text | None = None
    percent: Annotated[int, Field(ge=0, le=100), AS_NUMBER]
    measure_ids_done: list[UUID] = Field(default=[], max_length=50)


class EvidenceInput(Input):
    """A file that proves a measure."""

    file_id: UUID
    measure_id: UUID
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    taken_at: Moment | None = None
    place: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None


class CloseoutInput(Input):
    """The head's statement that it is true."""

    statement: Text


class VerifyInput(Input):
    """What the check found."""

    method: VerifyMethod
    conclusion: Text


class AcceptInput(Input):
    """The acceptance that closes the item."""

    conclusion: Text
