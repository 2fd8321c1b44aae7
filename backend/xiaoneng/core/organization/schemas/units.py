"""Shapes of the units and their tree."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.core.organization.models import MAX_LEVEL, UnitType
from xiaoneng.core.organization.schemas.shared import Code, Name, PersonRef
from xiaoneng.kit.schemas import AS_NUMBER, Day, Flag, Input, Reason, Schema


class UnitNode(Schema):
    """One unit of the tree on a day."""

    id: UUID
    code: str
    name: str
    short_name: str
    type: UnitType
    level: int
    parent_id: UUID | None
    is_key_unit: bool
    valid_from: date
    valid_to: date | None


class UnitTreeRead(Schema):
    """The tree, flat, no unit before its parent."""

    as_of: date
    items: list[UnitNode]


class UnitRead(UnitNode):
    """One unit with the people who answer for it."""

    group_code: str | None
    head: PersonRef | None
    deputy_in_charge: PersonRef | None
    liaison: PersonRef | None
    successor_of: list[UUID]
    children_count: int
    rev: int


class UnitPerson(Schema):
    """Somebody with a post in the unit."""

    id: UUID
    name: str
    post: str
    unit_id: UUID
    section: str | None
    is_mid_level: bool


class UnitPeople(Schema):
    """The people of a unit."""

    items: list[UnitPerson]


class UnitCreate(Input):
    """A new unit. `valid_from` is today unless said otherwise."""

    code: Code
    name: Name
    short_name: Name | None = None
    type: UnitType
    level: Annotated[int, Field(ge=1, le=MAX_LEVEL, description="1 省，2 市，3 县，4 乡，5 村"), AS_NUMBER]
    parent_id: UUID | None = None
    group_code: Code | None = None
    is_key_unit: Flag = False
    valid_from: Day | None = None


class UnitRename(Input):
    """A new name from the day `effective_on` (today unless said otherwise)."""

    name: Name
    short_name: Name | None = None
    effective_on: Day | None = None
    reason: Reason


class UnitMove(Input):
    """A new parent from the day `effective_on` (today unless said otherwise)."""

    parent_id: UUID
    effective_on: Day | None = None
    reason: Reason


class UnitAbolish(Input):
    """The unit ends; `effective_on` is the first day without it, and its duties go to the successors."""

    effective_on: Day | None = None
    successor_ids: tuple[UUID, ...] = ()
    reason: Reason


class ImportFault(Schema):
    """A fault by row (the header is row 1) and column."""

    row: int
    column: str
    code: str
    message: str


class UnitImportRead(Schema):
    """What the import did. With any fault nothing was written."""

    created: int
    unchanged: int
    errors: list[ImportFault]
