"""Time policies as values: which limit a rule gives for which kind of clock, what it allows, and since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from xiaoneng.core.worktime.models.words import REGION_ZONE, LimitUnit
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.rules.lamps import Thresholds
from xiaoneng.core.worktime.rules.limits import Limit, due

ANY_KIND = "*"
ANY_SCOPE = "*"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be done to a clock and its object; None is no limit.

    `max_paused_days` are natural days of all pauses together, after which no new one may begin; `max_extension` is the
    total of all extensions in the unit of the limit (R-19). A return is possible for `return_within` (amount and unit)
    from the dispatch on, `max_returns` times (R-18); of `max_redos` redone answers one more is a problem (R-17).
    """

    max_pauses: int | None = None
    max_paused_days: int | None = None
    max_extensions: int | None = None
    max_extension: int | None = None
    max_returns: int | None = None
    return_within: tuple[int, LimitUnit] | None = None
    max_redos: int | None = None

    def return_ends(self, calendar: Calendar, dispatched_at: datetime) -> datetime | None:
        """The last moment at which a unit may give a duty back; None when it may at any time."""
        if self.return_within is None:
            return None
        amount, unit = self.return_within
        return due(calendar, dispatched_at, Limit(amount, unit)).due_at


@dataclass(frozen=True, slots=True)
class NoticeWindow:
    """Between which times of the day, written `08:00`, people are told of warnings."""

    opens: str
    closes: str

    def __post_init__(self) -> None:
        if time.fromisoformat(self.opens) >= time.fromisoformat(self.closes):
            raise ValueError(f"a notice window lies within one day: {self}")

    def next_open(self, now: datetime) -> datetime | None:
        """When it opens next; None while it is open."""
        local = now.astimezone(REGION_ZONE)
        opens = datetime.combine(local.date(), time.fromisoformat(self.opens), REGION_ZONE)
        if local < opens:
            return opens
        closed = local.time() >= time.fromisoformat(self.closes)
        return opens + _DAY if closed else None


UNLIMITED = Budget()


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a time policy; `basis` is the clause behind it."""

    code: str
    kind: str
    effective_from: date
    limit: Limit
    thresholds: Thresholds
    basis: str
    scope: str = ANY_SCOPE
    version: int = 1
    budget: Budget = UNLIMITED
    notice: NoticeWindow | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it speaks about: code, kind and scope."""
        return self.code, self.kind, self.scope


class Policies:
    """All policies of a region that are in force, found by code, kind, scope and day."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._by_key: dict[tuple[str, str, str], list[Policy]] = {}
        for policy in sorted(policies, key=lambda one: (one.effective_from, one.version), reverse=True):
            self._by_key.setdefault(policy.key, []).append(policy)

    def find(self, code: str, kind: str, on: date, scopes: Sequence[str] = ()) -> Policy | None:
        """The policy in force on `on`: the first scope that has one, then any; the very kind goes before any kind."""
        for scope in (*scopes, ANY_SCOPE):
            for of_kind in (kind, ANY_KIND):
                for policy in self._by_key.get((code, of_kind, scope), ()):
                    if policy.effective_from <= on:
                        return policy
        return None

    def changed(self, policy: Policy) -> "Policies":
        """The policies with one more version in force."""
        return Policies([*(one for versions in self._by_key.values() for one in versions), policy])
