"""Shapes of checklists."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.kit.schemas import Day, Input, Schema

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500, pattern=r"\S.*\S")]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"\S")]


class ChecklistLine(Input):
    """One line: what is looked at, under which heading, and which problem it is when it is not in order."""

    key: Key
    section: Short
    text: Line
    problem_code: str | None = None
    clause: Short | None = None


class ChecklistContent(Input):
    """The lines in the order in which they are asked."""

    lines: Annotated[list[ChecklistLine], Field(min_length=1, max_length=200)]


class ChecklistCreate(ChecklistContent):
    """A new edition of a checklist, or the first one of a new code."""

    code: Key
    title: Short
    valid_from: Day


class ChecklistListItem(Schema):
    """An edition as a row."""

    id: UUID
    code: str
    version: int
    title: str
    valid_from: date
    lines_count: int


class ChecklistRead(ChecklistListItem):
    """An edition with its lines."""

    lines: list[ChecklistLine]


class ChecklistList(Schema):
    """The editions in force, one of each code."""

    items: list[ChecklistListItem]
