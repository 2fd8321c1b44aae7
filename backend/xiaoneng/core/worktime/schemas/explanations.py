"""Shapes of a time limit that explains itself."""

from datetime import date
from uuid import UUID

from xiaoneng.core.worktime.models.words import EndsAt, LedgerAction, LimitUnit, StartRule
from xiaoneng.core.worktime.schemas.calendars import DueRead
from xiaoneng.core.worktime.schemas.clocks import ClockRead
from xiaoneng.kit.schemas import LocalDateTime, Schema


class AppliedRuleRead(Schema):
    """The version of the time policy behind a clock, and what the clock was given by it."""

    policy_code: str
    scope: str
    version: int | None
    effective_from: date | None
    basis: str
    amount: int
    extension_total: int
    unit: LimitUnit
    roll: bool
    ends_at: EndsAt
    start_rule: StartRule


class NoticeSourceRead(Schema):
    """The notice on which a year of the calendar rests."""

    year: int
    source: str | None


class LedgerEntryRead(Schema):
    """What was done to a clock, why, by whose approval and on which evidence; `amount` is an extension's."""

    at: LocalDateTime
    action: LedgerAction
    amount: int | None
    reason: str | None
    approved_by: UUID | None
    file_ids: list[UUID]
    from_due_at: LocalDateTime | None
    to_due_at: LocalDateTime | None
    calendar_version: int


class ClockExplanationRead(DueRead):
    """Why a clock ends when it does: the rule, the calendar, every day, and every entry of its ledger.

    `calendar_version` is the state of the calendar from which the clock was computed last, `calendar_now` the present
    one; `settled` tells that the date was kept although the present rules would have it otherwise.
    """

    clock: ClockRead
    rule: AppliedRuleRead
    calendar_version: int
    calendar_now: int
    sources: list[NoticeSourceRead]
    ledger: list[LedgerEntryRead]
    settled: bool


__all__ = ["AppliedRuleRead", "ClockExplanationRead", "LedgerEntryRead", "NoticeSourceRead"]
