"""Shapes of letters."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.worktime.schemas.clocks import DeadlineRead
from xiaoneng.features.inspections.models.letters import LetterSource, LetterStatus, LetterType, ReplyKind
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Reason, Schema

_SHORT = r"^[^\x00\n\r]*[^\x00\s][^\x00\n\r]*$"
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100, pattern=_SHORT)]
Text = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=2, max_length=5_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*[^\x00\s][^\x00]*$"
    ),
]
_MAX_PROBLEMS = 50_000
Files = Annotated[list[UUID], Field(max_length=20, default_factory=list)]


class LetterIssuerInput(Input):
    """How a body signs, its mark in red (发文机关标志), and the word of its numbers (机关代字)."""

    body_id: UUID
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60, pattern=_SHORT)]
    mark: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40, pattern=_SHORT)]
    word: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern=r"^\w+$")]


class LetterIssuerRead(Schema):
    """A body that issues letters."""

    id: UUID
    body_id: UUID
    name: str
    mark: str
    word: str


class LetterIssuers(Schema):
    """All bodies that issue letters."""

    items: list[LetterIssuerRead]


class LetterContent(Input):
    """What a letter says. A source inside the product is named by its key, one outside by words."""

    type: LetterType
    to_unit_id: UUID
    title: Line
    opening: Text
    problems: Annotated[list[Text], Field(min_length=1, max_length=50)]
    requirements: Text
    legal_basis: Line | None = None
    copies_to: Annotated[list[Line], Field(max_length=20, default_factory=list)]
    file_ids: Files
    source_type: LetterSource
    source_id: UUID | None = None
    source_label: Line | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if sum(map(len, self.problems)) > _MAX_PROBLEMS:
            raise ValueError("the problems are longer than a letter")
        return self


class LetterDeliverInput(Input):
    """How it was handed over."""

    delivery: Line


class LetterPlanInput(Input):
    """整改方案: the text, until when the result is told, and which problems become rectification items at once."""

    text: Text
    result_due_on: Day
    file_ids: Files
    problem_ids: Annotated[list[UUID], Field(max_length=50, default_factory=list)]


class LetterResultInput(Input):
    """整改情况."""

    text: Text
    file_ids: Files


class LetterAcceptInput(Input):
    """What is said of the result, if anything."""

    note: Annotated[str | None, StringConstraints(strip_whitespace=True, max_length=1_000)] = None


class LetterDatedReason(Input):
    """Why, and the new day."""

    reason: Reason
    due_on: Day


class LetterListItem(Schema):
    """A letter as a row."""

    id: UUID
    no: str | None
    type: LetterType
    status: LetterStatus
    title: str
    to_unit: UnitRef | None
    source_type: LetterSource
    issued_on: date | None
    deadline: DeadlineRead | None
    is_overdue: bool
    is_admonished: bool
    created_at: LocalDateTime


class LetterProblemRead(Schema):
    """A problem that a letter names, and the item it became."""

    id: UUID
    seq: int
    text: str
    item_id: UUID | None


class LetterReplyRead(Schema):
    """What a unit answered."""

    id: UUID
    kind: ReplyKind
    text: str
    result_due_on: date | None
    files: list[FileRef]
    is_late: bool
    by_name: str
    at: LocalDateTime


class LetterRead(LetterListItem):
    """One letter with what was answered."""

    issuer: LetterIssuerRead
    opening: str
    problems: list[LetterProblemRead]
    requirements: str
    legal_basis: str | None
    copies_to: list[str]
    files: list[FileRef]
    source_id: UUID | None
    source_label: str | None
    drafted_by_name: str
    countersigned_by_name: str | None
    issued_by_name: str | None
    delivered_at: LocalDateTime | None
    delivery: str | None
    received_at: LocalDateTime | None
    received_by_name: str | None
    replies: list[LetterReplyRead]
    reviewed_by_name: str | None
    review_note: str | None
    supplement_count: int
    admonished_at: LocalDateTime | None
    proposed_at: LocalDateTime | None
    word_file: FileRef | None
    pdf_file: FileRef | None
    pdf_problem: str | None
    available_actions: list[ActionRef]
    rev: int


class LetterFilter(PageParams):
    """Which letters. `awaiting` are those of which something is due; `problem_id` finds the letter of an item."""

    status: list[LetterStatus] | None = None
    type: LetterType | None = None
    to_unit_id: UUID | None = None
    source_type: LetterSource | None = None
    source_id: UUID | None = None
    problem_id: UUID | None = None
    is_overdue: bool | None = None
    awaiting: bool | None = None


class LetterPreview(Schema):
    """The pages as they will be printed: PNG in base64."""

    pages: list[str]


class LetterRateFilter(Input):
    """Of which year letters were issued."""

    year: Annotated[int, Field(ge=2000, le=2100)]


class LetterRateRow(Schema):
    """R-05: of the letters to a unit that were due (`due`), how many it answered on time, late, or not at all.

    `waiting` are not due yet and count for nothing. `percent` is that of answers on time, cut off; none without any.
    """

    unit: UnitRef
    issued: int
    due: int
    on_time: int
    late: int
    missing: int
    waiting: int
    percent: Decimal | None


class LetterRates(Schema):
    """The rates of all units in sight, the worst first."""

    items: list[LetterRateRow]
