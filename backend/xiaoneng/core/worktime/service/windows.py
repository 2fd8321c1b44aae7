"""Figures of policies that start no clock: windows in which something may be asked for, and thresholds."""

from datetime import date, datetime

from xiaoneng.core.worktime.repository import calendars
from xiaoneng.core.worktime.rules.limits import due
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def ends(session: Session, policy_code: str, kind: str, since: datetime) -> datetime | None:
    """The last moment of the window that the policy of that day opens at `since`; None when there is no policy."""
    rules = await calendars.current(session)
    policy = rules.policies.find(policy_code, kind, clock.local(since).date())
    return due(rules.calendar, since, policy.limit).due_at if policy else None


async def amount(session: Session, policy_code: str, kind: str, on: date) -> int | None:
    """The figure in force on a day, in the unit of its policy; None when there is no policy."""
    policy = (await calendars.current(session)).policies.find(policy_code, kind, on)
    return policy.limit.amount if policy else None
