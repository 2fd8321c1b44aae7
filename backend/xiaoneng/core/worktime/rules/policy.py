"""Time policies as values: which limit a rule gives for which kind of clock, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiaoneng.core.worktime.rules.lamps import Thresholds
from xiaoneng.core.worktime.rules.limits import Limit

ANY_KIND = "*"


@dataclass(frozen=True, slots=True)
class Policy:
    """One row of the time policies; `basis` is the clause behind it."""

    code: str
    kind: str
    effective_from: date
    limit: Limit
    thresholds: Thresholds
    basis: str


class Policies:
    """All policies of a region, found by code, kind and day."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._by_key: dict[tuple[str, str], list[Policy]] = {}
        for policy in sorted(policies, key=lambda policy: policy.effective_from, reverse=True):
            self._by_key.setdefault((policy.code, policy.kind), []).append(policy)

    def find(self, code: str, kind: str, on: date) -> Policy | None:
        """The policy in force on `on`; one for the very kind goes before one for any kind."""
        for key in ((code, kind), (code, ANY_KIND)):
            for policy in self._by_key.get(key, ()):
                if policy.effective_from <= on:
                    return policy
        return None
