"""Shapes of rounds and draws."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.rounds import DrawStatus, RoundStatus
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.features.evaluations.schemas.ballots import TurnoutRead
from xiaoneng.features.evaluations.schemas.schemes import Title
from xiaoneng.kit.machine import ActionRef
from xiaoneng.kit.pages import PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Day, Input, LocalDateTime, Reason, Schema

Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=300)]
Entropy = Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=200)]
Label = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class RoundCreate(Input):
    """A round of a year by a scheme in force."""

    title: Title
    year: Annotated[int, Field(ge=2000, le=2199), AS_NUMBER]
    scheme_id: UUID


class SealPoolInput(Input):
    """Which public entropy will be used, and the day it comes out: something nobody here can know or steer."""

    entropy_source: Named
    entropy_on: Day


class EntropyInput(Input):
    """The entropy as it came out."""

    entropy: Entropy


class RedrawInput(SealPoolInput):
    """Why the draw is made anew, and with which entropy."""

    reason: Reason


class ReplaceInput(Input):
    """Somebody drawn cannot take part."""

    label: Label
    reason: Reason


class QuotaRead(Schema):
    """How many are drawn of a category."""

    category: RaterCategory
    quota: int


class RoundDrawRead(Schema):
    """One draw of a round."""

    id: UUID
    seq: int
    status: DrawStatus
    size: int
    quotas: list[QuotaRead]
    pool_count: int
    excluded_count: int
    pool_hash: str
    entropy_source: str
    entropy_on: date
    committed_at: LocalDateTime
    committed_by_name: str
    entropy: str | None
    drawn_at: LocalDateTime | None
    drawn_by_name: str | None
    superseded_reason: str | None
    refused: int


class RoundListItem(Schema):
    """A round as a row."""

    id: UUID
    no: str
    title: str
    year: int
    status: RoundStatus
    scheme_no: str
    scheme_version: int
    created_by_name: str


class RoundRead(RoundListItem):
    """One round with its scheme as frozen, its draws, and what the caller may do."""

    scheme_id: UUID
    content: SchemeContent
    content_hash: str | None
    draws: list[RoundDrawRead]
    turnout: list[TurnoutRead]
    void_reason: str | None
    rev: int
    updated_at: LocalDateTime
    available_actions: list[ActionRef]


class RoundFilter(PageParams):
    """Which rounds."""

    year: Annotated[int | None, Field(ge=2000, le=2199)] = None
    status: RoundStatus | None = None


class PublicRound(Schema):
    """A round as everybody sees it."""

    id: UUID
    no: str
    title: str
    year: int
    status: RoundStatus


class PublicRounds(Schema):
    """The rounds whose pool is fixed, newest first."""

    items: list[PublicRound]


class DrawTrace(Schema):
    """A draw that was made anew, and why."""

    seq: int
    pool_hash: str
    entropy_source: str
    entropy: str | None
    reason: str


class DrawFile(Schema):
    """Everything that is needed to repeat a draw; `xiaoneng draw verify` and the portal read it.

    `pool` holds the lots as lines `category label` in their order. `drawn` are those who stand now: the first of each
    category in the order of the draw, without those who refused, who were replaced by the next ones.
    """

    format: str
    round: str
    title: str
    seq: int
    algorithm: str
    quotas: dict[str, int]
    pool: list[str]
    pool_hash: str
    entropy_source: str
    entropy_on: date
    entropy: str | None
    refused: list[str]
    drawn: list[str]
    superseded: list[DrawTrace]
