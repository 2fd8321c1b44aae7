"""The figures of many clocks: those that begin on one day under one limit end alike, and are worked out once."""

from collections.abc import Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from xiaoneng.core.worktime.models.words import REGION_ZONE, LimitUnit, StartRule
from xiaoneng.core.worktime.rules.clocks import Figures, Terms, figures
from xiaoneng.core.worktime.rules.lamps import Rung, Span, ladder
from xiaoneng.core.worktime.rules.limits import Due, due_with_pauses
from xiaoneng.core.worktime.rules.outcomes import RuleSet
from xiaoneng.core.worktime.rules.pauses import Pause
from xiaoneng.core.worktime.rules.terms import Row, terms_of

_BY_DAYS = frozenset({LimitUnit.WORKING_DAY, LimitUnit.NATURAL_DAY})
_GIVEN = itemgetter(
    "policy_code", "kind", "scope", "amount", "unit", "roll", "ends_at", "start_rule", "extension_total"
)


class _Shared(NamedTuple):
    """What the clocks of one day have in common.

    The first `at_once` rungs are reached by the very start of a clock, so that they lie at its own moment; `reached`
    counts the others that are behind now.
    """

    due: Due
    rungs: Sequence[Rung]
    at_once: int
    reached: int


class Alike:
    """Figures under one set of rules at one moment."""

    def __init__(self, rules: RuleSet, now: datetime) -> None:
        self._rules = rules
        self._now = now
        self._known: dict[tuple[Any, ...], _Shared | None] = {}

    def figures(self, row: Row, pauses: Sequence[Pause] = ()) -> Figures:
        """What `rules.clocks.figures` makes of a stored clock, whose limit is what it is."""
        if not pauses and row["unit"] in _BY_DAYS and row["start_rule"] is StartRule.RECEIPT:
            begun_on: date = row["started_at"].astimezone(REGION_ZONE).date()
            key = (*_GIVEN(row), begun_on)
            if key not in self._known:
                self._known[key] = self._share(terms_of(self._rules.policies, row, ()))
            shared = self._known[key]
            if shared is not None:
                return self._own(shared, row["started_at"], row["level"])
        terms = terms_of(self._rules.policies, row, pauses)
        return figures(self._rules.calendar, terms, level=row["level"], now=self._now)

    def _share(self, terms: Terms) -> _Shared | None:
        started_at = terms.started_at
        due = due_with_pauses(self._rules.calendar, started_at, terms.limit, terms.extensions, ())
        if due.due_at is None or due.due_on is None:
            return None
        rungs = ladder(
            self._rules.calendar, Span(started_at, due.due_at, due.due_on, terms.limit.unit), terms.thresholds
        )
        at_once = sum(rung.at == started_at for rung in rungs)
        return _Shared(due, rungs, at_once, sum(rung.at <= self._now for rung in rungs[at_once:]))

    def _own(self, shared: _Shared, started_at: datetime, level: int) -> Figures:
        due, rungs, at_once, reached = shared
        done = min(level, reached + (at_once if started_at <= self._now else 0))
        blue_at, yellow_at = (started_at if number < at_once else rungs[number].at for number in range(2))
        upcoming = None
        if done < len(rungs):
            upcoming = started_at if done < at_once else rungs[done].at
        return Figures(due.due_at, due.due_on, due.provisional, blue_at, yellow_at, done, upcoming)
