"""What the policies need to know besides the case."""

from xiaoneng.core.worktime import service as worktime
from xiaoneng.features.cases import policies, repository, rules
from xiaoneng.features.cases.models import Case, ContactKind
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def facts(session: Session, case: Case) -> policies.Facts:
    """Gather the facts; asks the database only for a case that waits for its rating."""
    if case.replied_at is None or case.closed_at is not None:
        return policies.Facts(now=clock.now())
    attempts = await repository.count_contacts(session, case.id, ContactKind.CALL_BACK)
    ends = await worktime.add_working_days(session, case.replied_at, rules.RATING_WINDOW_WORKING_DAYS)
    return policies.Facts(now=clock.now(), call_back_attempts=attempts, rating_window_ends=ends)
