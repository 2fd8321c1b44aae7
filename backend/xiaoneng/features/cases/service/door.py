"""The door of cases with the facts that their policies look at."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Denial, Door, Judge
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import policies, rules
from xiaoneng.features.cases.events import CaseMoved
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, ContactKind
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.transitions import MACHINE
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


async def facts(session: Session, case: Case) -> policies.Facts:
    """Gather the facts; asks the database only for a case that waits for its rating."""
    if case.replied_at is None or case.closed_at is not None:
        return policies.Facts(now=clock.now())
    attempts = await repository.count_contacts(session, case.id, ContactKind.CALL_BACK)
    ends = await worktime.add_working_days(session, case.replied_at, rules.RATING_WINDOW_WORKING_DAYS)
    return policies.Facts(now=clock.now(), call_back_attempts=attempts, rating_window_ends=ends)


async def _judge(session: Session, _: Actor, case: Case) -> Judge:
    known = await facts(session, case)

    def judge(action: str) -> Denial:
        return policies.denial(action, case, known)

    return judge


DOOR: Door[Case] = Door(
    SUBJECT_TYPE,
    MACHINE,
    standing=policies.standing,
    judge=_judge,
    moved=lambda case_id, action: CaseMoved(subject_id=case_id, action=action),
)
