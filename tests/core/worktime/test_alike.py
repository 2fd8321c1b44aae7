"""Clocks worked out together have the very figures that each of them has alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.worktime.national import national_calendar

from xiaoneng.core.worktime.models.words import REGION_ZONE, ClockState, EndsAt, LimitUnit, StartRule
from xiaoneng.core.worktime.rules.alike import Alike
from xiaoneng.core.worktime.rules.changes import Affected, Plan
from xiaoneng.core.worktime.rules.clocks import figures
from xiaoneng.core.worktime.rules.lamps import Thresholds
from xiaoneng.core.worktime.rules.limits import Limit
from xiaoneng.core.worktime.rules.policy import Policies, Policy
from xiaoneng.core.worktime.rules.terms import terms_of

NOW = datetime(2026, 2, 20, 4, tzinfo=UTC)
FIRST = datetime(2026, 1, 1, tzinfo=REGION_ZONE)
WARNING = Thresholds(blue_days=9, yellow_days=2, escalate_after=(1, 3))
KNOWN = Policy("known", "finish", FIRST.date(), Limit(5, LimitUnit.WORKING_DAY), WARNING, "依据")
RULES = Plan(national_calendar(), Policies([KNOWN]), Affected(FIRST.date(), FIRST.date()))

MINUTES = (0, 1, 479, 720, 1050, 1439)
starts = st.builds(lambda days: (FIRST + timedelta(days=days)).astimezone(UTC), st.integers(0, 60))
rows = st.builds(
    lambda started_at, unit, amount, start_rule, **more: {
        "policy_code": "known",
        "kind": "finish",
        "scope": "*",
        "state": ClockState.RUNNING,
        "started_at": started_at,
        "unit": unit,
        "amount": 0 if unit is LimitUnit.SAME_DAY else amount,
        "start_rule": start_rule,
        "roll": unit is LimitUnit.NATURAL_DAY and more.pop("rolls"),
        **more,
    },
    starts,
    st.sampled_from(LimitUnit),
    st.integers(1, 12),
    st.sampled_from(StartRule),
    ends_at=st.sampled_from(EndsAt),
    extension_total=st.integers(0, 3),
    rolls=st.booleans(),
)


@settings(max_examples=120, deadline=None)
@given(rows, st.permutations(MINUTES), st.lists(st.integers(0, 5), min_size=len(MINUTES), max_size=len(MINUTES)))
def test_together_as_alone(row: dict, minutes: list[int], levels: list[int]) -> None:
    """Clocks of one day, whichever of them comes first."""
    alike = Alike(RULES, NOW)
    if row["unit"] is LimitUnit.SAME_DAY:
        row["extension_total"] = 0
    for minute, level in zip(minutes, levels, strict=True):
        one = {**row, "started_at": row["started_at"] + timedelta(minutes=minute), "level": level}
        alone = figures(RULES.calendar, terms_of(RULES.policies, one, ()), level=level, now=NOW)
        assert alike.figures(one) == alone
