"""Shapes of instructions."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.worktime.schemas.clocks import DeadlineRead, Lamp
from xiaoneng.features.cases.schemas.shared import Note
from xiaoneng.features.supervision.models.instructions import InstructionGrade, InstructionStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Schema


class Addressee(Input):
    """A unit, or one of its people, that is to act; a person alone answers in the unit of their post."""

    unit_id: UUID | None = None
    person_id: UUID | None = None

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.unit_id is None and self.person_id is None:
            raise ValueError("a unit or a person")
        return self


class InstructionGive(Input):
    """What a leader wants done about a case; without a date the limit of the grade holds."""

    case_id: UUID
    text: Note
    grade: InstructionGrade = InstructionGrade.NORMAL
    addressees: Annotated[list[Addressee], Field(min_length=1, max_length=20)]
    due_on: Day | None = None


class ReportInput(Input):
    """What was done about it."""

    text: Note


class JudgementInput(Input):
    """What is made of the report."""

    judgement: Note


class InstructionRead(Schema):
    """An instruction to one addressee and what came of it."""

    id: UUID
    case_id: UUID
    case_no: str
    case_title: str
    batch_id: UUID
    text: str
    grade: InstructionGrade
    unit: UnitRef | None
    person: PersonRef | None
    status: InstructionStatus
    due_at: LocalDateTime
    lamp: Lamp
    deadline: DeadlineRead | None
    given_by_name: str
    given_at: LocalDateTime
    report_text: str | None
    reported_by_name: str | None
    reported_at: LocalDateTime | None
    judgement: str | None
    judged_by_name: str | None
    returned_count: int
    ended_at: LocalDateTime | None
    available_actions: list[ActionRef]
    rev: int


class InstructionList(Schema):
    """What one leader told several addressees at once."""

    items: list[InstructionRead]


class InstructionFilter(PageParams):
    """Of which case, unit or state; what is over is left out unless asked for."""

    case_id: UUID | None = None
    unit_id: UUID | None = None
    status: list[InstructionStatus] | None = None
