"""Figures of policies that start no clock: windows in which something may be asked for, and thresholds."""

from datetime import date

from xiaoneng.core.worktime.repository import calendars
from xiaoneng.kit.db import Session


async def amount(session: Session, policy_code: str, kind: str, on: date) -> int | None:
    """The figure in force on a day, in the unit of its policy; None when there is no policy."""
    policy = (await calendars.current(session)).policies.find(policy_code, kind, on)
    return policy.limit.amount if policy else None
