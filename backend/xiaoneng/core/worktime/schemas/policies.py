"""Shapes of time policies."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from xiaoneng.core.worktime.errors import PolicyRefused
from xiaoneng.core.worktime.models.words import EndsAt, LimitUnit, PolicyState, StartRule
from xiaoneng.core.worktime.schemas.changes import PlannedDay
from xiaoneng.kit.pages import MAX_LIMIT, PageParams
from xiaoneng.kit.schemas import AS_NUMBER, Flag, Input, LocalDateTime, Reason, Schema

_Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=80)]
_Kind = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]*)$", max_length=40)]
_Scope = Annotated[str, StringConstraints(pattern=r"^(\*|(channel|unit)\.[A-Za-z0-9_-]+)$", max_length=80)]
_Time = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
_Count = Annotated[int, Field(ge=0, le=1000), AS_NUMBER]
_Percent = Annotated[int, Field(ge=0, le=100), AS_NUMBER]


class _Allowances(Input):
    """What may be done to the clock and its object; null is no limit."""

    max_pauses: _Count | None = None
    max_paused_days: _Count | None = None
    max_extensions: _Count | None = None
    max_extension: _Count | None = None
    max_returns: _Count | None = None
    return_within: Annotated[int, Field(ge=1, le=100_000), AS_NUMBER] | None = None
    return_unit: LimitUnit | None = None
    max_redos: _Count | None = None
    notice_from: _Time | None = None
    notice_to: _Time | None = None


class PolicyDraft(_Allowances):
    """The next version of a policy for (code, kind, scope).

    The scope is `*`, or a channel or unit as `channel.green`. Limits mean what `/worktime/due` says, warnings turn blue
    and yellow with so many working days left (or so many percent of minutes and work hours used), and climb when the
    limit is over by the steps of `escalate_after`.
    """

    code: _Word
    kind: _Kind
    scope: _Scope = "*"
    effective_from: PlannedDay
    amount: Annotated[int, Field(ge=0, le=10_000), AS_NUMBER]
    unit: LimitUnit
    roll: Flag = False
    ends_at: EndsAt = EndsAt.BUSINESS_CLOSE
    start_rule: StartRule = StartRule.RECEIPT
    basis: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=300)]
    blue_days: _Count = 3
    yellow_days: _Count = 1
    blue_percent: _Percent = 50
    yellow_percent: _Percent = 80
    escalate_after: list[Annotated[int, Field(ge=1, le=1000), AS_NUMBER]] = Field(default=[], max_length=6)
    reason: Reason

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        if (self.return_within is None) != (self.return_unit is None) or self.return_unit in _NO_RETURN:
            raise PolicyRefused("a return window is an amount of minutes, work hours or working days")
        if (self.notice_from is None) != (self.notice_to is None) or (self.notice_from or "") > (self.notice_to or ""):
            raise PolicyRefused("notices have hours from and to, within one day")
        if self.unit is not LimitUnit.NATURAL_DAY and self.roll:
            raise PolicyRefused("only natural days roll")
        if (self.unit is LimitUnit.SAME_DAY) != (self.amount == 0):
            raise PolicyRefused("same_day alone has the amount 0")
        ordered = self.yellow_days <= self.blue_days and self.blue_percent <= self.yellow_percent
        if not ordered or self.escalate_after != sorted(set(self.escalate_after)):
            raise PolicyRefused("blue comes before yellow, and each step after the one before")
        return self


_NO_RETURN = {LimitUnit.NATURAL_DAY, LimitUnit.SAME_DAY}


class PolicyRead(Schema):
    """One version of a time policy. `holds` tells that it is the one for what begins today."""

    id: UUID
    code: str
    kind: str
    scope: str
    version: int
    state: PolicyState
    holds: bool
    effective_from: date
    amount: int
    unit: LimitUnit
    roll: bool
    ends_at: EndsAt
    start_rule: StartRule
    basis: str
    blue_days: int
    yellow_days: int
    blue_percent: int
    yellow_percent: int
    escalate_after: list[int]
    max_pauses: int | None
    max_paused_days: int | None
    max_extensions: int | None
    max_extension: int | None
    max_returns: int | None
    return_within: int | None
    return_unit: LimitUnit | None
    max_redos: int | None
    notice_from: str | None
    notice_to: str | None
    reason: str | None
    decided_at: LocalDateTime | None
    rev: int


class PolicyFilter(PageParams):
    """Which policies: by the beginning of their code, by kind; with all versions or only those that hold today."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 50
    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.*]*$", max_length=80)] | None = None
    kind: Annotated[str, StringConstraints(max_length=40)] | None = None
    every_version: bool = False
