"""Shapes of listings."""

from datetime import date
from uuid import UUID

from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.worktime.schemas.clocks import DeadlineRead, Lamp
from xiaoneng.features.cases.schemas.shared import Note, Title
from xiaoneng.features.supervision.models.listings import ListingStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Schema


class ListingPropose(Input):
    """Why a case should be listed, the leader who answers for it, and until when it is settled."""

    case_id: UUID
    leader_id: UUID
    grounds: Note
    due_on: Day


class WeeklyReportInput(Input):
    """The weekly report."""

    text: Note


class MeetingInput(Input):
    """The decision meeting: when, who chaired it, what was decided (S2-09)."""

    met_on: Day
    chaired_by: Title
    decision: Note


class PublicTextInput(Input):
    """What the public is to read, without personal data."""

    title: Title
    text: Note


class ConclusionInput(Input):
    """The written conclusion that the public reads when the case comes off the list."""

    conclusion: Note


class ListingProgressRead(Schema):
    """One weekly report."""

    id: UUID
    text: str
    at: LocalDateTime
    by_name: str
    is_late: bool


class ListingListItem(Schema):
    """A listing as a row."""

    id: UUID
    no: str | None
    case_id: UUID
    case_no: str
    case_title: str
    unit: UnitRef | None
    leader: PersonRef | None
    status: ListingStatus
    due_on: date
    due_at: LocalDateTime | None
    report_due_at: LocalDateTime | None
    report_late: bool
    late_count: int
    lamp: Lamp
    deadline: DeadlineRead | None
    published_at: LocalDateTime | None
    available_actions: list[ActionRef]
    rev: int


class ListingRead(ListingListItem):
    """A listing with everything on record."""

    grounds: str
    proposed_by_name: str
    listed_at: LocalDateTime | None
    listed_by_name: str | None
    met_on: date | None
    chaired_by: str | None
    decision: str | None
    public_title: str | None
    public_text: str | None
    conclusion: str | None
    unlisted_at: LocalDateTime | None
    unlisted_by_name: str | None
    progress: list[ListingProgressRead]


class ListingFilter(PageParams):
    """Of which case, unit or state; what is over is left out unless asked for."""

    case_id: UUID | None = None
    unit_id: UUID | None = None
    status: list[ListingStatus] | None = None


class PublicListing(Schema):
    """A listed complaint as the public reads it."""

    no: str
    title: str
    text: str
    unit: str
    leader: str
    due_on: date
    listed_on: date
    reports: int
    late_reports: int
    settled: bool
    conclusion: str | None
    unlisted_on: date | None


class PublicListings(Schema):
    """The listed complaints, the newest first."""

    items: list[PublicListing]
