"""Shapes of templates: what a policy document lays down for a campaign."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import BodyKind
from xiaoneng.features.campaigns.models.reports import ReportRule
from xiaoneng.kit.schemas import Schema

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
"""A day of every year: `09-30`."""
Names = tuple[str, ...]


class TemplateBody(Schema):
    """A leading group, office or working group; `seats` are the units it is made up of."""

    kind: BodyKind
    name: str
    role: Role | None = None
    at: str | None = None
    seats: Names = ()
    seconded_per_unit: int | None = None


class TemplateStage(Schema):
    """A stage: dated by the document (month and day), or lasting `days` where the document leaves it open."""

    title: str
    clause: str
    starts: MonthDay | None = None
    ends: MonthDay | None = None
    days: int | None = None
    self_check: bool = False


class TemplateDeliverable(Schema):
    """What units hand in for a stage (counted from 1), or for the whole campaign; `by` names who, if not all.

    It is due with its stage, on the day `due`, or `days` after the start where the document leaves it open.
    """

    title: str
    clause: str
    stage: int | None = None
    by: Names = ()
    co: Names = ()
    due: MonthDay | None = None
    days: int | None = None


class TemplateTask(Schema):
    """A line of the responsibility matrix, with the units as the document names them."""

    no: str
    area: str
    title: str
    clause: str
    lead: Names = ()
    co: Names = ()
    section: str | None = None
    named_owner: bool = False


class TemplateReport(Schema):
    """A report that every unit owes; of a stage, if its gate waits for it."""

    rule: ReportRule
    title: str
    clause: str
    due: MonthDay | None = None
    stage: int | None = None
    attachments: Names = ()


class TemplateCatalogue(Schema):
    """A numbered list of the document; `terms` are code and name, `scheme` the code list that they stand in."""

    code: str
    title: str
    clause: str
    group: str | None = None
    scheme: str | None = None
    terms: list[tuple[str, str]]


class TemplateFigure(Schema):
    """A number that the document states."""

    title: str
    value: str
    unit: str
    clause: str


class TemplateContent(Schema):
    """Everything of a template."""

    code: str
    title: str
    theme: str
    level: str
    basis: str
    valid_from: date
    bodies: list[TemplateBody]
    stages: list[TemplateStage]
    deliverables: list[TemplateDeliverable]
    tasks: list[TemplateTask]
    reports: list[TemplateReport]
    catalogues: list[TemplateCatalogue]
    figures: list[TemplateFigure]
    problem_lists: bool = False


class TemplateListItem(Schema):
    """A template as a choice, with what it brings."""

    id: UUID
    code: str
    version: int
    title: str
    theme: str
    basis: str
    valid_from: date
    stages_count: int
    tasks_count: int
    deliverables_count: int
    reports_count: int
    dated: bool


class TemplateList(Schema):
    """The templates in force."""

    items: list[TemplateListItem]


class TemplateRead(TemplateListItem):
    """A template with all it lays down."""

    content: TemplateContent
