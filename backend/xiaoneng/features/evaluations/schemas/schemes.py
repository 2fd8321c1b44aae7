"""Shapes of schemes."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.schemes import SchemeStatus
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import Input, LocalDateTime, Schema

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]


class SchemeCreate(Input):
    """A new scheme, or with `based_on` a new version of one that is in force."""

    title: Title
    based_on: UUID | None = None
    content: SchemeContent


class SchemeEdit(Input):
    """A draft anew."""

    title: Title
    content: SchemeContent


class SchemeListItem(Schema):
    """A version as a row."""

    id: UUID
    no: str
    version: int
    title: str
    status: SchemeStatus
    objects_count: int
    draw_size: int
    drafted_by_name: str
    enacted_by_name: str | None
    enacted_at: LocalDateTime | None


class SchemeRead(SchemeListItem):
    """One version with everything in it."""

    content: SchemeContent
    rev: int
    updated_at: LocalDateTime
    available_actions: list[ActionRef]


class SchemeFilter(PageParams):
    """Which versions."""

    status: SchemeStatus | None = None
