"""Shapes of the register of institutions."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.features.rectification.models.institutions import InstitutionStatus, InstitutionTask
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Day, Input, LocalDateTime, Schema

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
DocNo = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]


class InstitutionCreate(Input):
    """A rule to be made, changed or abolished, by which unit and until when."""

    title: Title
    task: InstitutionTask
    unit_id: UUID
    due_on: Day


class InstitutionPublish(Input):
    """Under which number and on which day it came into force, with its text."""

    doc_no: DocNo
    published_on: Day
    file_id: UUID | None = None


class InstitutionRef(Schema):
    """An institution as an item names it."""

    id: UUID
    no: str
    title: str
    task: InstitutionTask
    status: InstitutionStatus
    due_on: date
    doc_no: str | None
    published_on: date | None


class InstitutionRead(InstitutionRef):
    """One row of the register, with how many open items wait for it."""

    unit: UnitRef | None
    file: FileRef | None
    overdue: bool
    waiting_items: int
    rev: int
    created_at: LocalDateTime


class InstitutionFilter(PageParams):
    """Of which unit, in which state."""

    unit_id: UUID | None = None
    status: InstitutionStatus | None = None
