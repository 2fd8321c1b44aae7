"""What changed rules make of stored clocks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from xiaoneng.core.worktime.models.words import ClockState
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.clocks import Figures, figures
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.pauses import Pause
from xiaoneng.core.worktime.rules.policy import Policies
from xiaoneng.core.worktime.rules.terms import FIXED_DATE, Row, limit_of, policy_of, terms_of


class Outcome(NamedTuple):
    """What changed rules make of a stored clock: its figures, and the limit that a changed policy gives it.

    `ends` are its present and its new end; for a paused clock those it would have if it went on now.
    """

    row: Row
    figures: Figures
    limit: Limit | None = None
    basis: str | None = None
    paused_ends: tuple[datetime, datetime] | None = None

    @property
    def ends(self) -> tuple[datetime, datetime] | None:
        """The present and the new end; None where there is neither."""
        if self.paused_ends is not None:
            return self.paused_ends
        if self.row["due_at"] is None or self.figures.due_at is None:
            return None
        return self.row["due_at"], self.figures.due_at

    @property
    def shift(self) -> timedelta:
        """By how much the end moves; negative is earlier."""
        return self.ends[1] - self.ends[0] if self.ends else timedelta()

    def is_taken(self, *, may_shorten: bool) -> bool:
        """Whether the clock follows: later by itself, earlier only with approval."""
        return may_shorten or self.shift >= timedelta()


class RuleSet(Protocol):
    """A calendar and policies to compute with: those in force, or those of a plan."""

    @property
    def calendar(self) -> Calendar:
        """The days."""
        ...

    @property
    def policies(self) -> Policies:
        """The limits."""
        ...


def revised(rules: RuleSet, row: Row, pauses: Sequence[Pause], now: datetime) -> Outcome:
    """What a changed policy makes of an open clock; what it consumed so far stays consumed.

    `pauses` are closed, an open one at `now`. A limit that was extended keeps its unit, for the extension was granted
    in it; a day that somebody set stays.
    """
    policy = policy_of(rules.policies, row)
    terms = terms_of(rules.policies, row, pauses)
    limit, basis = terms.limit, None
    if policy is not None and row["policy_code"] != FIXED_DATE:
        bound = row["extension_total"] and policy.limit.unit is not row["unit"]
        limit, basis = (limit, None) if bound else (policy.limit, policy.basis)
    made = figures(rules.calendar, terms._replace(limit=limit), level=row["level"], now=now)
    if row["state"] is not ClockState.PAUSED:
        return Outcome(row, made, limit, basis)
    before = figures(rules.calendar, terms, level=row["level"], now=now)
    nothing = Figures(*(row[name] for name in Figures._fields))
    ends = (before.due_at, made.due_at) if before.due_at and made.due_at else None
    return Outcome(row, nothing, limit, basis, ends)


def settled(outcome: Outcome, *, may_shorten: bool) -> Figures | None:
    """What changed rules leave of an open clock, or None when nothing changes.

    A due date moves later by itself, but earlier only with approval, for people rely on the date they were told
    (domain.md 3.7); otherwise it stays as it is, and is no longer provisional.
    """
    row, computed = outcome.row, outcome.figures
    stored = Figures(*(row[name] for name in Figures._fields))
    same_terms = outcome.basis is None or (outcome.basis, outcome.limit) == (row["basis"], limit_of(row))
    if computed == stored and same_terms:
        return None
    if outcome.is_taken(may_shorten=may_shorten):
        return computed
    return stored._replace(provisional=False) if stored.provisional > computed.provisional else None
