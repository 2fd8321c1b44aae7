"""What people send to register a case and to act on it."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from xiaoneng.features.cases.models.case import CaseChannel, CaseKind, Solved, Urgency
from xiaoneng.features.cases.schemas.shared import CallerInput, IdentityInput, Note, Place, Stars, Text, Title
from xiaoneng.kit.schemas import Flag, Input, Moment, Reason


class CaseCreate(IdentityInput):
    """A case as an operator registers it."""

    kind: CaseKind
    channel: CaseChannel
    title: Title
    content: Text
    urgency: Urgency = Urgency.NORMAL
    category_code: str | None = None
    caller: CallerInput | None = None
    place: Place | None = None
    occurred_at: Moment | None = None
    target_unit_id: UUID | None = None
    named_unit_ids: list[UUID] = Field(default=[], max_length=20, description="被举报单位")
    named_person_ids: list[UUID] = Field(default=[], max_length=20, description="被举报人")


class DispatchInput(Input):
    """Hand the case to a lead and to units that help it."""

    unit_id: UUID
    co_unit_ids: list[UUID] = Field(default=[], max_length=20, description="协办单位")
    note: Note | None = None


class DesignateInput(DispatchInput):
    """A decision on who handles the case; `basis` is the clause or the decision it rests on (R-10)."""

    basis: Note
    reason: Reason


class CoUnitsInput(Input):
    """Have further units help."""

    co_unit_ids: Annotated[list[UUID], Field(min_length=1, max_length=20)]
    note: Note | None = None


class AssignHandlerInput(Input):
    """Name the person who handles it."""

    person_id: UUID


class ContactInput(Input):
    """A conversation with the citizen, or an attempt."""

    reached: Flag
    note: Note


class ReplyInput(Input):
    """The answer to the citizen, with files the caller uploaded."""

    text: Text
    file_ids: list[UUID] = Field(default=[], max_length=20)


class HandOverInput(Input):
    """To whom the first receiver hands the case, and why; it answers for it until the other signs (R-22)."""

    unit_id: UUID
    reason: Reason


class WhistleGround(StrEnum):
    """The three cases in which a whistle may be blown."""

    MASS_PROBLEM = "mass_problem"
    JOINT_ENFORCEMENT = "joint_enforcement"
    EMERGENCY = "emergency"


class WhistleInput(Input):
    """Who is called to which place, and on what ground."""

    unit_ids: list[UUID] = Field(min_length=1, max_length=20)
    ground: WhistleGround
    place: Place
    note: Note | None = None


class ProgressInput(Input):
    """How the work goes, with evidence."""

    note: Note
    file_ids: list[UUID] = Field(default=[], max_length=20)


class OnSpotInput(Input):
    """The answer given at once."""

    text: Text


class RefusalInput(Input):
    """Why it is not accepted, and where the citizen was told to turn."""

    reason: Reason
    channel: Annotated[Note, Field(description="告知的办理渠道")]


class EmergencyService(StrEnum):
    """Who answers emergencies."""

    POLICE = "110"
    FIRE = "119"
    AMBULANCE = "120"
    TRAFFIC = "122"
    OTHER = "other"


class EmergencyInput(Input):
    """To whom an emergency was handed, and what was said."""

    service: EmergencyService
    note: Note


class CallBackInput(Input):
    """What the citizen said when called back."""

    solved: Solved
    stars: Stars
    note: Note | None = None


class CallBackRedoInput(CallBackInput):
    """What the citizen is not satisfied with; the case goes back."""

    reason: Reason


class NoteInput(Input):
    """A remark."""

    note: Note


class CaseDraft(IdentityInput):
    """A case about to be registered, whatever way it came."""

    kind: CaseKind
    channel: CaseChannel
    title: str
    content: str
    received_at: Moment
    urgency: Urgency = Urgency.NORMAL
    category_code: str | None = None
    caller_name: str | None = None
    caller_phone: str | None = None
    place: str | None = None
    occurred_at: Moment | None = None
    target_unit_id: UUID | None = None
    named_unit_ids: list[UUID] = Field(default_factory=list)
    named_person_ids: list[UUID] = Field(default_factory=list)
    source: str | None = None
    external_no: str | None = None
    raw_values: dict[str, Any] = Field(default_factory=dict)
