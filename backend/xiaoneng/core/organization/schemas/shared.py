"""What every shape of the organization uses."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from xiaoneng.kit.schemas import Schema

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[\w.\-]+$")]


class UnitRef(Schema):
    """A unit where it is only mentioned."""

    id: UUID
    name: str


class PersonRef(Schema):
    """A person where they are only mentioned."""

    id: UUID
    name: str
