"""Shapes of information from monitors."""

from uuid import UUID

from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.worktime.schemas.clocks import Lamp
from xiaoneng.features.cases.models.case import CaseKind
from xiaoneng.features.cases.schemas.shared import Note, Text, Title
from xiaoneng.features.monitoring.models.infos import InfoStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Input, LocalDateTime, Schema


class InfoCreate(Input):
    """What a monitor tells the office."""

    monitor_id: UUID
    about_unit_id: UUID | None = None
    title: Title
    content: Text


class OpenCaseInput(Input):
    """The case as the office words it; it must not tell who gave the information."""

    kind: CaseKind = CaseKind.COMPLAINT
    title: Title
    content: Text


class LinkLetterInput(Input):
    """The letter that deals with it."""

    letter_id: UUID


class FeedBackInput(Input):
    """What the monitor is told."""

    text: Note


class InfoRead(Schema):
    """Information with what came of it."""

    id: UUID
    no: str
    monitor_id: UUID
    point_no: str
    point_name: str
    monitor_name: str
    about_unit: UnitRef | None
    title: str
    content: str
    status: InfoStatus
    due_at: LocalDateTime
    lamp: Lamp | None
    submitted_at: LocalDateTime
    case_id: UUID | None
    letter_id: UUID | None
    note: str | None
    feedback: str | None
    fed_back_at: LocalDateTime | None
    available_actions: list[ActionRef]
    rev: int


class InfoFilter(PageParams):
    """What the list is narrowed to; without a state, to what is not over."""

    status: list[InfoStatus] | None = None
