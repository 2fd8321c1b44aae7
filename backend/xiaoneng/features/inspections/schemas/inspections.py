"""Shapes of inspections."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.core.organization.models import UnitType
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.features.inspections.models.findings import Disposition, FindingSeverity, FindingStatus
from xiaoneng.features.inspections.models.inspections import (
    DrawKind,
    Ground,
    InspectionStatus,
    InspectionType,
    VisitStatus,
)
from xiaoneng.features.inspections.schemas.plans import Text, Title
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Day, Flag, Input, LocalDateTime, Reason, Schema

Seed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=100)]
Keys = Annotated[list[UUID], Field(min_length=1, max_length=200)]


class InspectionCreate(Input):
    """An inspection that is to be approved. Surprise and secret ones are secret, others when it is said."""

    title: Title
    type: InspectionType
    is_secret: Flag = False
    plan_id: UUID | None = None
    campaign_id: UUID | None = None
    checklist_id: UUID
    scope: Text
    starts_on: Day
    ends_on: Day
    silence_confirms: Flag = True


class InspectedUnitsInput(Input):
    """The units to be inspected, instead of those that were named before."""

    unit_ids: Keys


class KeptOut(Input):
    """Who is kept out of the hat, and why."""

    id: UUID
    reason: Reason


class _DrawInput(Input):
    seed: Seed | None = Field(default=None, description="抽取种子；不填则由系统随机生成并公示")
    count: Annotated[int, Field(ge=1, le=200), AS_NUMBER]
    keep_out: list[KeptOut] = Field(default=[], max_length=200)
    reason: Reason | None = Field(default=None, description="重新抽取的理由")


class DrawUnitsInput(_DrawInput):
    """Draw units of some types within a unit (the region unless said otherwise)."""

    within_unit_id: UUID | None = None
    types: list[UnitType] = Field(default=[], max_length=10)


class DrawTeamInput(_DrawInput):
    """Draw inspectors from those who serve in some bodies today; the first one drawn leads."""

    body_ids: Keys


class TeamInput(Input):
    """The team: who leads, and everybody on it."""

    leader_id: UUID
    person_ids: Keys


class VisitInput(Input):
    """The unit whose visit is over."""

    unit_id: UUID


class SkipInput(VisitInput):
    """A unit that is not visited, and why."""

    reason: Reason


class InspectionReport(Input):
    """The report of the team."""

    report: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=20_000)]


class InspectionConclusion(Input):
    """How it ended."""

    conclusion: Text


class InspectionListItem(Schema):
    """An inspection as a row. Without a number it has not been shown to the units yet."""

    id: UUID
    no: str | None
    title: str
    type: InspectionType
    status: InspectionStatus
    is_secret: bool
    starts_on: date
    ends_on: date
    units_count: int
    plan_id: UUID | None
    campaign_id: UUID | None


class TeamMemberRead(Schema):
    """Somebody of the team."""

    person: PersonRef
    is_leader: bool
    ground: Ground


class InspectedUnitRead(Schema):
    """A unit of the inspection with how far it is there."""

    id: UUID
    unit: UnitRef
    ground: Ground
    status: VisitStatus
    done_at: LocalDateTime | None
    done_by_name: str | None
    skip_reason: str | None
    answers_count: int
    findings_count: int
    waiting_count: int


class InspectionRead(InspectionListItem):
    """One inspection. An extract shows a unit only what concerns it: no draws, no answers, no other units."""

    is_extract: bool
    scope: str
    checklist_id: UUID
    checklist_title: str
    lines_count: int
    silence_confirms: bool
    team: list[TeamMemberRead]
    units: list[InspectedUnitRead]
    created_by_name: str
    approved_by_name: str | None
    shown_at: LocalDateTime | None
    released_at: LocalDateTime | None
    report: str | None
    conclusion: str | None
    closed_at: LocalDateTime | None
    available_actions: list[ActionRef]
    rev: int


class InspectionFilter(PageParams):
    """Which inspections; `mine` are those on whose team the caller is."""

    status: list[InspectionStatus] | None = None
    type: list[InspectionType] | None = None
    plan_id: UUID | None = None
    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    mine: bool = False


class HatEntry(Schema):
    """Somebody in the hat: the name that is hashed with the seed, and who it is."""

    name: str
    title: str


class ExcludedEntry(HatEntry):
    """Who was kept out, and why: `named`, `own_unit`, `former_unit`, `relation`, `repeat`."""

    code: str
    reason: str


class DrawRead(Schema):
    """One draw with all it takes to repeat it; `repeats` says that the server has, with the same outcome."""

    id: UUID
    kind: DrawKind
    seed: str
    count: int
    population: list[HatEntry]
    population_hash: str
    excluded: list[ExcludedEntry]
    drawn: list[HatEntry]
    repeats: bool
    reason: str | None
    at: LocalDateTime
    by_name: str


class DrawList(Schema):
    """The draws, the newest first."""

    items: list[DrawRead]


class CountByUnit(Schema):
    """How many findings a unit has."""

    unit: UnitRef
    count: int


class CountByCode(Schema):
    """How many findings there are of one problem."""

    code: str
    name: str
    count: int


class CountByDisposition(Schema):
    """How many findings led to one thing; None have not led to anything yet."""

    disposition: Disposition | None
    count: int


class CountByStatus(Schema):
    """How many findings stand so."""

    status: FindingStatus
    count: int


class CountBySeverity(Schema):
    """How many findings are so grave."""

    severity: FindingSeverity
    count: int


class InspectionSummary(Schema):
    """The figures of an inspection, of the findings that the caller may see and that stand."""

    units: int
    visited: int
    findings: int
    by_unit: list[CountByUnit]
    by_code: list[CountByCode]
    by_disposition: list[CountByDisposition]
    by_status: list[CountByStatus]
    by_severity: list[CountBySeverity]
