"""Shapes of ballots."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.features.evaluations.models.rounds import RoundStatus
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.kit.schemas import AS_NUMBER, Input, Schema

Choice = Annotated[int, Field(ge=0, le=7), AS_NUMBER] | None


class BallotInput(Input):
    """One ballot: for each object in the order of the form, the place of the option for each indicator, or null."""

    code: Annotated[str, StringConstraints(min_length=16, max_length=40)]
    answers: list[Annotated[list[Choice], Field(max_length=12)]] = Field(max_length=2000)


class BallotTaken(Schema):
    """The receipt, shown once."""

    receipt: str


class BallotForm(Schema):
    """The questions of a round, in the order in which a ballot answers them."""

    id: UUID
    title: str
    status: RoundStatus
    objects: list[str]
    indicators: list[str]
    options: list[str]


class Receipts(Schema):
    """The receipts of all ballots in the box, sorted."""

    items: list[str]


class TurnoutRead(Schema):
    """How many ballots of a category have come; never how they were filled in."""

    category: RaterCategory
    issued: int
    returned: int


class CodeRead(Schema):
    """A code that has not been used."""

    category: RaterCategory
    code: str


class CodeSheet(Schema):
    """The codes to be printed and handed out, in an order that says nothing."""

    items: list[CodeRead]
