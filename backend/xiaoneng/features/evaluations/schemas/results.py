"""Shapes of results."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from xiaoneng.features.evaluations.models.content import SchemeContent, Score
from xiaoneng.features.evaluations.models.schemes import ObjectKind, RaterCategory
from xiaoneng.kit.schemas import AS_NUMBER, Input, LocalDateTime, Schema


class PartInput(Input):
    """What else counts for the object at `place` of the ballot, from 0: monthly part, work check, a veto (R-58)."""

    place: Annotated[int, Field(ge=0, le=1999), AS_NUMBER]
    monthly: Score | None = None
    work: Score | None = None
    veto: str | None = Field(default=None, max_length=60)


class TallyInput(Input):
    """A part is given for every object or for none; what is not given lends its weight to the rest."""

    parts: list[PartInput] = Field(default=[], max_length=2000)


class CellRead(Schema):
    """What one stratum said; `hidden` when it could tell how somebody voted."""

    category: RaterCategory
    replies: int | None
    mean: Decimal | None
    hidden: bool


class ScoreRead(Schema):
    """One object: score, rank in its group of `ranked`, and what they rest on. `own` is the caller's unit."""

    place: int
    group_name: str
    is_key: bool
    unit_id: UUID
    kind: ObjectKind
    name: str
    survey: Decimal | None
    total: Decimal | None
    replies: int | None
    rate: Decimal | None
    unknown: int | None
    cells: list[CellRead]
    rank: int | None
    ranked: int
    is_bottom: bool
    hidden: bool
    small: bool
    reweighted: bool
    veto: str | None
    own: bool


class ResultVersion(Schema):
    """One version as a row; `rate` is the share of the ballots that came back, in percent."""

    version: int
    box_hash: str
    faults: list[str]
    issued: int
    returned: int
    rate: Decimal | None
    tallied_at: LocalDateTime
    tallied_by_name: str
    published_at: LocalDateTime | None
    published_by_name: str | None
    objections_until: LocalDateTime | None


class ResultRead(ResultVersion):
    """The newest version within sight, with everything it says, and all versions, the newest first."""

    scores: list[ScoreRead]
    versions: list[ResultVersion]


class PublicResult(Schema):
    """The published result of a round as everybody sees it."""

    title: str
    year: int
    final: bool
    version: int
    box_hash: str
    issued: int
    returned: int
    rate: Decimal | None
    published_at: LocalDateTime
    objections_until: LocalDateTime
    scores: list[ScoreRead]


class BoxPart(Schema):
    """What else counted for the object at the same place."""

    monthly: Decimal | None
    work: Decimal | None
    veto: str | None


class BoxBallot(Schema):
    """One ballot without anything that tells whose it is."""

    category: RaterCategory
    answers: list[list[int | None]]


class Box(Schema):
    """What a tally starts from; ballots are in the order of their content, which says nothing of how they came."""

    format: str
    round: str
    scheme: SchemeContent
    issued: dict[str, int]
    parts: list[BoxPart]
    ballots: list[BoxBallot]


class BoxResult(Schema):
    """What was counted for one object; `exact` is the unrounded total as a fraction."""

    total: Decimal | None
    exact: str | None
    rank: int | None
    replies: int


class BoxFile(Schema):
    """The sealed box, its SHA-256 in canonical JSON, and what was counted; `xiaoneng tally verify` reads it."""

    box: Box
    box_hash: str
    version: int
    faults: list[str]
    results: list[BoxResult]
