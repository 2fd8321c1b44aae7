"""Shapes of acceptance, public notice and objections."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from xiaoneng.features.rectification.models.acceptance import AcceptanceResult
from xiaoneng.features.rectification.models.look_backs import CheckGround, CheckResult
from xiaoneng.kit.schemas import Day, Flag, Input, LocalDateTime, Reason, Schema

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=5_000)]


class ConveneInput(Input):
    """The bodies that have to sign."""

    body_ids: Annotated[list[UUID], Field(min_length=2, max_length=10)]


class SignInput(Input):
    """For which body, whether it passes, and what the body says."""

    body_id: UUID
    passed: Flag
    opinion: Text


class NoticeInput(Input):
    """What the public reads: the task, its target, what was done, and whom to tell. No personal data of anybody."""

    title: Line
    target: Text
    outcome: Text
    contact: Line


class ObjectionInput(Input):
    """What somebody objects, in words; who they are stays out of the ledger."""

    text: Text


class ObjectionAnswer(Input):
    """Whether an objection holds, and what is answered."""

    objection_id: UUID
    upheld: Flag
    answer: Text


class LookBackPass(Input):
    """The look-back found the problem solved for good."""

    check_id: UUID
    finding: Text


class ReboundInput(Input):
    """What has come back, until when it is put right, and the look-back that found it."""

    reason: Reason
    due_on: Day
    check_id: UUID | None = None


class SignatureRead(Schema):
    """What one body said."""

    body_id: UUID
    body: str
    passed: bool | None
    opinion: str | None
    signed_by_name: str | None
    signed_at: LocalDateTime | None
    is_mine: bool


class AcceptanceRead(Schema):
    """One joint acceptance; `is_mine` marks a body in which the caller serves."""

    id: UUID
    result: AcceptanceResult
    convened_by_name: str
    convened_at: LocalDateTime
    ended_at: LocalDateTime | None
    signatures: list[SignatureRead]


class NoticeRead(Schema):
    """The public notice of an item."""

    title: str
    target: str
    outcome: str
    contact: str
    published_at: LocalDateTime
    published_by_name: str
    until: LocalDateTime
    running: bool


class ObjectionRead(Schema):
    """One objection and its answer."""

    id: UUID
    text: str
    recorded_by_name: str
    recorded_at: LocalDateTime
    upheld: bool | None
    answer: str | None
    answered_by_name: str | None
    answered_at: LocalDateTime | None


class LookBackMention(Schema):
    """One look-back at an item."""

    id: UUID
    look_back_id: UUID
    no: str
    ground: CheckGround
    result: CheckResult
    finding: str | None
    checked_by_name: str | None
    checked_at: LocalDateTime | None


class PublicNotice(Schema):
    """A notice as the public reads it."""

    title: str
    target: str
    outcome: str
    unit: str
    contact: str
    published_on: date
    until: LocalDateTime


class PublicNotices(Schema):
    """The notices that run, those that end first on top."""

    items: list[PublicNotice]
