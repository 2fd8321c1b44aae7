"""Shapes of answers on the spot and of findings."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.worktime.schemas.clocks import DeadlineRead
from xiaoneng.features.inspections.models.findings import (
    AnswerResult,
    Disposition,
    FindingSeverity,
    FindingStatus,
)
from xiaoneng.features.inspections.models.inspections import InspectionStatus, VisitStatus
from xiaoneng.features.inspections.schemas.checklists import ChecklistLine, Short
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Input, LocalDateTime, Moment, Reason, Schema

Facts = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=5_000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Files = Annotated[list[UUID], Field(max_length=20, default_factory=list)]


class AnswerInput(Input):
    """An answer to a line. `id` is made on the device; `base_rev` is the answer it was given over (0: none)."""

    id: UUID
    item_key: str
    result: AnswerResult
    note: Note | None = None
    seen_at: Moment
    base_rev: Annotated[int, Field(ge=0), AS_NUMBER]


class AnswerRead(Schema):
    """The answer that holds."""

    id: UUID
    item_key: str
    rev: int
    result: AnswerResult
    note: str | None
    seen_at: LocalDateTime
    uploaded_at: LocalDateTime
    by_name: str


class FindingContent(Input):
    """What was found. `people` names those involved, for the inspection alone."""

    item_key: str | None = None
    problem_code: str | None = None
    clause: Short | None = None
    severity: FindingSeverity
    place: Short
    facts: Facts
    people: Note | None = None
    seen_at: Moment
    file_ids: Files


class FindingCreate(FindingContent):
    """A finding; `id` is made on the device, so that sending it again does nothing."""

    id: UUID
    row_id: UUID


class ObjectInput(Input):
    """Why the unit does not agree."""

    reason: Reason
    file_ids: Files


class DisposeInput(Input):
    """What the finding leads to; leaving it needs a note."""

    disposition: Disposition
    note: Note | None = None


class FindingListItem(Schema):
    """A finding as a row, with what the caller may do with it now."""

    id: UUID
    inspection_id: UUID
    inspection_no: str | None
    inspection_title: str
    row_id: UUID
    unit: UnitRef
    status: FindingStatus
    problem_code: str | None
    problem_name: str | None
    severity: FindingSeverity
    place: str
    facts: str
    seen_at: LocalDateTime
    deadline: DeadlineRead | None
    disposition: Disposition | None
    item_id: UUID | None
    case_id: UUID | None
    letter_id: UUID | None
    available_actions: list[ActionRef]
    rev: int


class FindingRead(FindingListItem):
    """One finding. `people`, and who recorded it, are not for the unit."""

    item_key: str | None
    clause: str | None
    people: str | None
    uploaded_at: LocalDateTime
    recorded_by_name: str | None
    files: list[FileRef]
    confirmed_at: LocalDateTime | None
    confirmed_by_name: str | None
    is_deemed: bool
    objection: str | None
    objection_files: list[FileRef]
    objected_by_name: str | None
    judgement: str | None
    judged_by_name: str | None
    disposition_note: str | None
    disposed_by_name: str | None
    disposed_at: LocalDateTime | None


class FindingFilter(PageParams):
    """Which findings."""

    inspection_id: UUID | None = None
    row_id: UUID | None = None
    unit_id: UUID | None = None
    status: list[FindingStatus] | None = None
    severity: list[FindingSeverity] | None = None
    problem_code: str | None = None
    disposition: Disposition | None = None


class AlikeFinding(Schema):
    """An earlier finding of the same problem in the same unit."""

    id: UUID
    inspection_id: UUID
    inspection_title: str
    facts: str
    status: FindingStatus
    seen_at: LocalDateTime


class AlikeFindings(Schema):
    """Likely duplicates of the last days (`days`, a time policy); a warning only."""

    days: int
    items: list[AlikeFinding]


class AlikeFilter(Input):
    """The unit and the problem; without the finding itself."""

    unit_id: UUID
    problem_code: str
    except_id: UUID | None = None


class SheetRead(Schema):
    """What an inspector needs in one unit: the checklist, the answers that hold, and what was found."""

    id: UUID
    inspection_id: UUID
    inspection_title: str
    inspection_status: InspectionStatus
    unit: UnitRef
    status: VisitStatus
    lines: list[ChecklistLine]
    answers: list[AnswerRead]
    findings: list[FindingListItem]
