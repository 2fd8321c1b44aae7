"""Shapes of changes of the calendar and of time policies."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from xiaoneng.core.worktime.errors import DayRefused, WindowsRefused
from xiaoneng.core.worktime.models.words import ChangeKind, ChangeState, LimitUnit
from xiaoneng.kit.schemas import AS_NUMBER, Day, Flag, Input, LocalDateTime, Reason, Schema

_MONTH_DAY = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
_TIME = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
WindowPair = tuple[_TIME, _TIME]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
MAX_DAYS = 400
FIRST_YEAR, LAST_YEAR = 2000, 2099


def _within_years(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayRefused(day.isoformat())
    return day


PlannedDay = Annotated[Day, AfterValidator(_within_years)]
"""A day that a rule of time may speak of: within the years that a calendar is kept for. Raises DayRefused."""
MAX_WINDOWS = 6


def _refuse_bad(windows: Sequence[WindowPair] | None) -> None:
    ordered = sorted(windows or ())
    if any(opens >= closes for opens, closes in ordered):
        raise WindowsRefused("a work window opens before it closes")
    if any(later[0] < earlier[1] for earlier, later in pairwise(ordered)):
        raise WindowsRefused("work windows of one day do not overlap")


class SpecialDay(Input):
    """A day that the region makes special; `windows` replace the usual hours on it."""

    day: PlannedDay
    is_working_day: Flag
    name: _Name
    windows: Annotated[list[WindowPair], Field(min_length=1, max_length=MAX_WINDOWS)] | None = None

    @model_validator(mode="after")
    def _windows_fit(self) -> Self:
        _refuse_bad(self.windows)
        return self


class DaysDraft(Input):
    """Local days to set, and local days to take back."""

    reason: Reason
    days: list[SpecialDay] = Field(default=[], max_length=MAX_DAYS)
    removed: list[PlannedDay] = Field(default=[], max_length=MAX_DAYS)


class OfficeHours(Input):
    """Opening hours: always, in a season (`MM-DD`, both ends included), or on one weekday (0 is Monday)."""

    windows: Annotated[list[WindowPair], Field(min_length=1, max_length=MAX_WINDOWS)]
    season_from: _MONTH_DAY | None = None
    season_to: _MONTH_DAY | None = None
    weekday: Annotated[int, Field(ge=0, le=6), AS_NUMBER] | None = None

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        _refuse_bad(self.windows)
        if (self.season_from is None) != (self.season_to is None):
            raise WindowsRefused("a season has two ends")
        return self


class HoursDraft(Input):
    """The whole set of office hours from a day on; what held until then ends the day before."""

    reason: Reason
    valid_from: PlannedDay
    hours: Annotated[list[OfficeHours], Field(min_length=1, max_length=20)]


class DaysPayload(BaseModel):
    """Special days of a notice or of the region, as a change keeps them."""

    days: list[SpecialDay]
    dropped: list[date] = []
    published: dict[int, str] = {}
    unpublished: list[int] = []


class HoursPayload(BaseModel):
    """Office hours, as a change keeps them."""

    valid_from: date
    hours: list[OfficeHours]


class PolicyPayload(BaseModel):
    """The drafted version of a policy, as a change keeps it."""

    policy_id: UUID


class ChangeRead(Schema):
    """A change of the rules: what it would move (`later`, `earlier`), and once it is done, what it moved and kept.

    `published` and `unpublished` are the years of a notice, `policy_id` the version that a policy change puts in force.
    `outdated` tells that the rules changed since the preview. `may_sign_earlier` is false for the drafter.
    """

    id: UUID
    kind: ChangeKind
    state: ChangeState
    title: str
    reason: str
    days_changed: int
    published: list[int]
    unpublished: list[int]
    policy_id: UUID | None
    later: int
    earlier: int
    moved: int
    kept: int
    approve_earlier: bool
    outdated: bool
    may_sign_earlier: bool
    drafted_name: str
    created_at: LocalDateTime
    signed_name: str | None
    signed_at: LocalDateTime | None
    done_at: LocalDateTime | None
    rev: int


class MoveRead(Schema):
    """A clock that a change would move. `shift_minutes` is negative when it would end earlier."""

    clock_id: UUID
    subject_type: str
    subject_id: UUID
    kind: str
    unit_id: UUID | None
    amount: int
    unit: LimitUnit
    from_due_at: LocalDateTime
    to_due_at: LocalDateTime
    shift_minutes: int


class ChangeSignInput(Input):
    """Put a change in force; only with `approve_earlier` do told dates move earlier, and not by the drafter's hand."""

    approve_earlier: Flag = False


class WithdrawInput(Input):
    """Why a change is given up."""

    reason: Reason


class PreviewInput(Input):
    """Look again for what a change would move."""
