"""Changes of the rules of time, worked out without being made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xiaoneng.core.worktime.rules.calendar import Calendar, DayRule
from xiaoneng.core.worktime.rules.hours import HoursRule, WorkHours
from xiaoneng.core.worktime.rules.policy import Policies, Policy

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Affected:
    """Which open clocks a change may move.

    Without a policy: those that run into or over the days from `first` to `last` (reversed when none changed), and all
    that were computed without published data. With one (code, kind, scope): those under it that began on `first` or
    later.
    """

    first: date
    last: date
    policy: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules after a change, and what of the clocks it touches. `dropped` are special days that become usual."""

    calendar: Calendar
    policies: Policies
    affected: Affected
    days_changed: int = 0
    dropped: frozenset[date] = frozenset()


def plan_days(
    before: Calendar,
    policies: Policies,
    days: Mapping[date, DayRule],
    *,
    dropped: Iterable[date] = (),
    years: Iterable[int] = (),
) -> Plan:
    """Other special days, and years that become known."""
    gone = frozenset(dropped)
    after = before.changed(days, dropped=gone, years=years)
    differing = [day for day in days.keys() | gone if before.windows(day) != after.windows(day)]
    affected = Affected(min(differing), max(differing)) if differing else Affected(date.max, date.min)
    return Plan(after, policies, affected, len(differing), gone)


def plan_hours(before: Calendar, policies: Policies, rules: Sequence[HoursRule], valid_from: date) -> Plan:
    """Other office hours from a day on; what held until then ends the day before."""
    kept = [ended for rule in before.hours.rules if (ended := until(rule, valid_from - _DAY)) is not None]
    after = before.changed({}, hours=WorkHours((*kept, *rules), before.hours.default))
    return Plan(after, policies, Affected(valid_from, date.max))


def until(rule: HoursRule, last: date) -> HoursRule | None:
    """The rule ended with `last` at the latest; None when it would not hold on any day."""
    if rule.valid_from > last:
        return None
    ends = last if rule.valid_to is None else min(rule.valid_to, last)
    return HoursRule(rule.windows, rule.valid_from, ends, rule.season, rule.weekday)


def plan_policy(before: Calendar, policies: Policies, policy: Policy) -> Plan:
    """One more version of a policy in force."""
    after = before.changed({})
    return Plan(after, policies.changed(policy), Affected(policy.effective_from, date.max, policy.key))
