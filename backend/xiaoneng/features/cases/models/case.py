"""Tables of cases: complaints, requests and questions of citizens with their handling (SM-5)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from xiaoneng.kit import clock, ids
from xiaoneng.kit.codes import Code
from xiaoneng.kit.crypto import SealedText
from xiaoneng.kit.db import Entity, enum_type, type_moment

SUBJECT_TYPE = "case"
UNDER_WAY = "status <> 'closed' AND merged_into_id IS NULL"
"""What can be the same matter as a new case, as the condition of the indexes that look for it."""
SORTED = "category_code IS NOT NULL"
DOUBTED = "disputed_at IS NOT NULL OR solved = 'no'"
"""What may be a false closure, as the condition of the index that finds it."""
QUICK_AT_MOST = "replied_at - dispatched_at < interval '1 hour'"
"""What may be a quick closure, whatever figure is in force up to an hour, as the condition of its index."""
_NAMES_SOMEBODY = "cardinality(named_unit_ids) > 0 OR cardinality(named_person_ids) > 0"


class CaseKind(Code):
    """诉求类型."""

    CONSULTATION = "consultation"
    REQUEST = "request"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    PETITION = "petition"
    LEADER_MAILBOX = "leader_mailbox"


class CaseChannel(Code):
    """来源渠道 (S3-08)."""

    HOTLINE_12345 = "hotline_12345"
    WEB = "web"
    APP = "app"
    WECHAT = "wechat"
    WEIBO = "weibo"
    MAILBOX = "mailbox"
    VISIT = "visit"
    LETTER = "letter"
    ON_AIR = "on_air"
    GREEN_CHANNEL = "green_channel"


class Urgency(Code):
    """紧急程度."""

    NORMAL = "normal"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Identity(Code):
    """实名、保密、匿名: shown masked, in clear with a logged reason; shown to nobody, in clear to office and desk only,
    never to its handler nor the unit complained about; nothing on record, the receipt is the only way back."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    REAL_NAME = "real_name"


class CaseStatus(Code):
    """Where the case stands; only the machine moves it."""

    REGISTERED = "registered"
    TO_SIGN = "to_sign"
    HANDLING = "handling"
    REPLIED = "replied"
    CLOSED = "closed"
    MERGED = "merged"  # 并入另一件; it waits for the other's reply


class CloseReason(StrEnum):
    """Why a case ended (R-14: never without a reply, or three recorded attempts after one)."""

    RATED = "rated"
    CALLED_BACK = "called_back"
    RATING_WINDOW_EXPIRED = "rating_window_expired"
    UNREACHABLE = "unreachable"
    ANSWERED_ON_SPOT = "answered_on_spot"
    NOT_ACCEPTED = "not_accepted"
    TRANSFERRED_EMERGENCY = "transferred_emergency"
    IMPORTED = "imported"
    """it was over in the system it was imported from"""


class Solved(StrEnum):
    """是否解决, asked apart from satisfaction."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ContactKind(StrEnum):
    """What a record tells of: a conversation with the citizen, the progress of the work, or what the citizen wrote."""

    CONTACT = "contact"
    CALL_BACK = "call_back"
    PROGRESS = "progress"
    SUPPLEMENT = "supplement"
    """群众补充"""
    DISPUTE = "dispute"
    """群众异议"""


class CaseFlag(StrEnum):
    """What about a case deserves a second look; computed from its facts, never stored."""

    FALSE_CLOSURE = "false_closure"
    """虚假办结: closed as solved while the citizen says it is not"""
    QUICK_CLOSURE = "quick_closure"
    """办结过快: done within minutes of reaching the unit"""


class Case(Entity, table=True):
    """诉求 / 工单. `due_at` is the finish clock's, kept here so that lists sort by it.

    `named_unit_ids` and `named_person_ids` are those a report accuses; they may not find the case (信访工作条例 30).
    `is_sealed` follows from them: a report against somebody (row 3 of the matrix).
    `lead_unit_id` and `handler_id` are those of the lead's assignment; `co_unit_ids` and `co_handler_ids` are null or
    those who see the case because of a part of their own. `first_unit_id` is the first receiver (R-22).
    While `paused_at` is set the finish clock stands still and `due_at` is what it was. `judged_by` is the account that
    last sent the case back or refused its return; an appeal against that is not theirs to decide.
    Values of a source that this release does not know are kept in `raw_values`.
    `merged_into_id` is the case that this one was merged into (R-16), kept when it has inherited the reply, so that
    the matter counts once; `carries_others` spares looking for merged cases where there never were any.
    `disputed_at` is when the citizen last said that the case, though closed, is not solved.
    """

    __tablename__: ClassVar[str] = "case"
    __table_args__ = (
        sa.Index(
            "uq_case_external", "source", "external_no", unique=True, postgresql_where=sa.text("source IS NOT NULL")
        ),
        sa.Index("ix_case_unit_status_due", "lead_unit_id", "status", "due_at", "id", postgresql_include=["is_sealed"]),
        sa.Index("ix_case_status_due", "status", "due_at", "id"),
        sa.Index("ix_case_due", "due_at", "id"),
        sa.Index("ix_case_received", "received_at", "id"),
        sa.Index("ix_case_unit_received", "lead_unit_id", "received_at", "id"),
        sa.Index(
            "ix_case_caller",
            "caller_phone_hash",
            "received_at",
            postgresql_where=sa.text("caller_phone_hash IS NOT NULL"),
        ),
        sa.Index("ix_case_category_received", "category_code", "received_at", "id", postgresql_where=sa.text(SORTED)),
        sa.Index("ix_case_category_due", "category_code", "due_at", "id", postgresql_where=sa.text(SORTED)),
        sa.Index("ix_case_open_received", "received_at", postgresql_where=sa.text(UNDER_WAY)),
        sa.Index("ix_case_false_closure", "due_at", "id", postgresql_where=sa.text(DOUBTED)),
        sa.Index("ix_case_quick_closure", "due_at", "id", postgresql_where=sa.text(QUICK_AT_MOST)),
        sa.Index("ix_case_merged_into", "merged_into_id", postgresql_where=sa.text("merged_into_id IS NOT NULL")),
        sa.Index("ix_case_handler", "handler_id", "status", postgresql_where=sa.text("handler_id IS NOT NULL")),
        sa.Index(
            "ix_case_co_units",
            "co_unit_ids",
            postgresql_using="gin",
            postgresql_where=sa.text("co_unit_ids IS NOT NULL"),
        ),
        sa.Index(
            "ix_case_co_handlers",
            "co_handler_ids",
            postgresql_using="gin",
            postgresql_where=sa.text("co_handler_ids IS NOT NULL"),
        ),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        sa.CheckConstraint(
            "identity <> 'anonymous' OR (caller_name IS NULL AND caller_phone IS NULL AND caller_phone_hash IS NULL)",
            name="anonymous",
        ),
        sa.CheckConstraint(
            "status NOT IN ('replied', 'closed') OR reply_text IS NOT NULL OR close_reason = 'imported'", name="reply"
        ),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL AND close_reason IS NOT NULL)", name="closed"),
        sa.CheckConstraint("status NOT IN ('to_sign', 'handling') OR lead_unit_id IS NOT NULL", name="unit"),
        sa.CheckConstraint("status <> 'merged' OR merged_into_id IS NOT NULL", name="merged"),
        sa.CheckConstraint("merged_into_id <> id AND (merged_into_id IS NULL OR NOT is_sealed)", name="merged_apart"),
    )

    no: str = Field(unique=True)
    kind: CaseKind = Field(sa_type=enum_type(CaseKind))
    channel: CaseChannel = Field(sa_type=enum_type(CaseChannel))
    urgency: Urgency = Field(sa_type=enum_type(Urgency))
    status: CaseStatus = Field(default=CaseStatus.REGISTERED, sa_type=enum_type(CaseStatus))
    title: str
    content: str
    category_code: str | None = None
    place: str | None = None
    occurred_at: datetime | None = Field(default=None, sa_type=type_moment)
    received_at: datetime = Field(sa_type=type_moment)
    due_at: datetime = Field(sa_type=type_moment)
    source: str | None = None
    external_no: str | None = None
    raw_values: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    caller_name: str | None = Field(default=None, sa_type=SealedText)
    caller_phone: str | None = Field(default=None, sa_type=SealedText)
    caller_phone_hash: bytes | None = None
    identity: Identity = Field(sa_type=enum_type(Identity))
    target_unit_id: UUID | None = None
    named_unit_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    named_person_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    is_sealed: bool = Field(
        default=False,
        sa_column=sa.Column(sa.Boolean, sa.Computed(_NAMES_SOMEBODY, persisted=True), nullable=False),
    )
    lead_unit_id: UUID | None = None
    handler_id: UUID | None = None
    co_unit_ids: list[UUID] | None = Field(default=None, sa_type=ARRAY(sa.Uuid))
    co_handler_ids: list[UUID] | None = Field(default=None, sa_type=ARRAY(sa.Uuid))
    first_unit_id: UUID | None = None
    dispatched_at: datetime | None = Field(default=None, sa_type=type_moment)
    paused_at: datetime | None = Field(default=None, sa_type=type_moment)
    excluded_at: datetime | None = Field(default=None, sa_type=type_moment)
    problem_at: datetime | None = Field(default=None, sa_type=type_moment)
    judged_by: UUID | None = None
    judged_at: datetime | None = Field(default=None, sa_type=type_moment)
    returned_count: int = 0
    return_forbidden: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    redo_count: int = 0
    reply_text: str | None = None
    replied_at: datetime | None = Field(default=None, sa_type=type_moment)
    replied_by: str | None = None
    reply_working_days: int | None = None
    reply_file_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(sa.Uuid))
    draft_text: str | None = None
    draft_file_ids: list[UUID] | None = Field(default=None, sa_type=ARRAY(sa.Uuid))
    draft_by: UUID | None = None
    draft_by_name: str | None = None
    audited_at: datetime | None = Field(default=None, sa_type=type_moment)
    audited_by: str | None = None
    stars: int | None = None
    solved: Solved | None = Field(default=None, sa_type=enum_type(Solved))
    rating_comment: str | None = None
    rated_at: datetime | None = Field(default=None, sa_type=type_moment)
    closed_at: datetime | None = Field(default=None, sa_type=type_moment)
    close_reason: CloseReason | None = Field(default=None, sa_type=enum_type(CloseReason))
    created_by: UUID | None = None
    merged_into_id: UUID | None = Field(default=None, foreign_key="case.id")
    disputed_at: datetime | None = Field(default=None, sa_type=type_moment)
    reopened_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    carries_others: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class CaseContact(SQLModel, table=True):
    """One conversation with the citizen, or an attempt at it, or a note of the work, with what was answered.

    What the citizen wrote by the receipt has no author among us.
    """

    __tablename__: ClassVar[str] = "case_contact"
    __table_args__ = (
        sa.Index(None, "case_id", "kind"),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        sa.CheckConstraint("(by_account_id IS NULL) = (kind IN ('supplement', 'dispute'))", name="author"),
    )

    id: UUID = Field(default_factory=ids.new_id, primary_key=True)
    case_id: UUID = Field(foreign_key="case.id")
    kind: ContactKind = Field(sa_type=enum_type(ContactKind))
    reached: bool
    note: str
    at: datetime = Field(default_factory=clock.now, sa_type=type_moment)
    by_account_id: UUID | None = None
    by_name: str | None = None
    unit_id: UUID | None = None
    file_ids: list[UUID] | None = Field(default=None, sa_type=ARRAY(sa.Uuid))
    solved: Solved | None = Field(default=None, sa_type=enum_type(Solved))
    stars: int | None = None


class CaseReceipt(SQLModel, table=True):
    """The citizen's way back to a case: a public number and the Argon2id hash of a secret shown once."""

    __tablename__: ClassVar[str] = "case_receipt"

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    number: str = Field(unique=True)
    secret_hash: str
    issued_at: datetime = Field(default_factory=clock.now, sa_type=type_moment)


class ReceiptAttempt(SQLModel, table=True):
    """Wrong secrets in one window of time, per receipt number and for all together (`*`)."""

    __tablename__: ClassVar[str] = "receipt_attempt"

    number: str = Field(primary_key=True)
    window_start: datetime = Field(primary_key=True, sa_type=type_moment)
    count: int
