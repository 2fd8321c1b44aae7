"""What citizens send and see."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from xiaoneng.features.cases.models.case import CaseKind, CaseStatus, Identity, Solved
from xiaoneng.features.cases.schemas.shared import CallerInput, IdentityInput, Place, Stars, Text, Title
from xiaoneng.kit.schemas import Input, LocalDateTime, Schema


class PublicCaseCreate(IdentityInput):
    """A case as a citizen submits it."""

    kind: Literal[
        CaseKind.CONSULTATION,
        CaseKind.REQUEST,
        CaseKind.COMPLAINT,
        CaseKind.REPORT,
        CaseKind.SUGGESTION,
        CaseKind.PRAISE,
    ]
    title: Title
    content: Text
    category_code: str | None = None
    place: Place | None = None
    contact: CallerInput | None = None


class ReceiptRead(Schema):
    """What the citizen keeps. The secret cannot be shown again."""

    number: str
    secret: str


class PromiseRead(Schema):
    """A date the citizen can count on."""

    kind: str
    due_at: LocalDateTime
    provisional: bool


class PublicCaseCreated(Schema):
    """The answer to a citizen's submission."""

    no: str
    receipt: ReceiptRead
    promises: list[PromiseRead]


class ReceiptInput(Input):
    """The two numbers of a receipt."""

    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
    secret: Annotated[str, StringConstraints(pattern=r"^[0-9]{20}$")]


class RateInput(ReceiptInput):
    """A citizen's judgement."""

    stars: Stars
    solved: Solved
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] | None = None


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=2_000)]


class SupplementInput(ReceiptInput):
    """What a citizen adds to their case."""

    text: Words


class DisputeInput(ReceiptInput):
    """Why a closed case is not solved."""

    reason: Words


class PublicReply(Schema):
    """The reply as the citizen sees it."""

    text: str
    replied_at: LocalDateTime


class PublicRating(Schema):
    """The citizen's own rating."""

    stars: int | None
    solved: Solved | None


class PublicEntry(Schema):
    """One step of the case in words for the citizen."""

    at: LocalDateTime
    title: str
    detail: str | None


class TrackRead(Schema):
    """What a citizen sees of their case."""

    no: str
    title: str
    kind: CaseKind
    identity: Identity
    status: CaseStatus
    status_text: str
    received_at: LocalDateTime
    promises: list[PromiseRead]
    unit: str | None
    reply: PublicReply | None
    rating: PublicRating | None
    can_rate: bool
    can_supplement: bool
    can_dispute: bool
    dispute_until: LocalDateTime | None
    entries: list[PublicEntry]
