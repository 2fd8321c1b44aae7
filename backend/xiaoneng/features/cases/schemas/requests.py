"""Requests about a case: what is sent, what is shown, how their list is narrowed."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.worktime.models.words import LimitUnit
from xiaoneng.features.cases.models.requests import AppealAbout, RequestKind, RequestStatus
from xiaoneng.features.cases.schemas.shared import Note
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Input, LocalDateTime, Reason, Schema


class PauseInput(Input):
    """Why the limit should stand still, with evidence."""

    reason: Reason
    file_ids: list[UUID] = Field(default=[], max_length=20)


class CaseExtensionInput(PauseInput):
    """By how much the limit should be longer, in its own unit."""

    amount: Annotated[int, Field(ge=1, le=60, description="以原时限的单位计"), AS_NUMBER]


class ExclusionInput(Input):
    """Why the case should not count in the assessment; there is no exclusion without evidence."""

    reason: Reason
    file_ids: list[UUID] = Field(min_length=1, max_length=20)


class AppealInput(PauseInput):
    """What is wrong with a judgement."""

    about: AppealAbout


class DecisionInput(Input):
    """What was decided and on what ground."""

    decision: Note


class RequestRead(Schema):
    """A request with what became of it; `provisional` says that the new date lies in a year not yet published."""

    id: UUID
    case_id: UUID
    case_no: str
    case_title: str
    unit: UnitRef | None
    kind: RequestKind
    status: RequestStatus
    amount: int | None
    amount_unit: LimitUnit | None
    about: AppealAbout | None
    reason: str
    files: list[FileRef]
    applied_by_name: str
    applied_at: LocalDateTime
    endorsed_by_name: str | None
    endorsed_at: LocalDateTime | None
    decided_by_name: str | None
    decided_at: LocalDateTime | None
    decision: str | None
    told_at: LocalDateTime | None
    told_by: str | None
    due_before: LocalDateTime | None
    due_after: LocalDateTime | None
    provisional: bool
    available_actions: list[ActionRef]
    rev: int


class RequestFilter(PageParams):
    """What the list is narrowed to; without `status` and `case_id`, to what waits for somebody."""

    status: list[RequestStatus] | None = None
    kind: RequestKind | None = None
    case_id: UUID | None = None
