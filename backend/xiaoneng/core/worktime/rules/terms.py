"""What a stored clock was given."""

from collections.abc import Iterable, Mapping
from typing import Any

from xiaoneng.core.worktime.models.words import REGION_ZONE
from xiaoneng.core.worktime.rules.clocks import Terms
from xiaoneng.core.worktime.rules.lamps import USUAL
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.pauses import Pause
from xiaoneng.core.worktime.rules.policy import Policies, Policy

Row = Mapping[str, Any]
FIXED_DATE = "fixed_date"
"""Policy of clocks that end on a day somebody set."""
IMPORTED = "imported"
"""Mark of clocks whose end another system set: no change of our rules moves them."""


def limit_of(row: Row) -> Limit:
    """The limit of a stored clock, without its extensions."""
    return Limit(row["amount"], row["unit"], row["roll"], row["ends_at"], row["start_rule"])


def policy_of(policies: Policies, row: Row) -> Policy | None:
    """The policy under which a stored clock stands today: that of the day on which it began."""
    begun_on = row["started_at"].astimezone(REGION_ZONE).date()
    return policies.find(row["policy_code"], row["kind"], begun_on, (row["scope"],))


def terms_of(policies: Policies, row: Row, pauses: Iterable[Pause]) -> Terms:
    """What a stored clock was given, with the pauses of its ledger."""
    policy = policy_of(policies, row)
    limit = limit_of(row)
    extensions = [row["extension_total"]] if row["extension_total"] else []
    return Terms(row["started_at"], limit, policy.thresholds if policy else USUAL, extensions, pauses)
