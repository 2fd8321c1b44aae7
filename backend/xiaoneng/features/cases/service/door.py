"""The door of cases with the facts that their policies look at."""

from datetime import datetime

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


async def facts(session: Session, case: Case, actor: Actor | None) -> policies.Facts:
    """Gather the facts; asks the database only for a case that waits for its rating."""
    now = clock.now()
    may_know = actor is None or actor.may("caller:read", policies.caller_standing(case))
    if case.replied_at is None or case.closed_at is not None:
        returns = await returns_of(session, case, case.dispatched_at) if case.dispatched_at else policies.ANY_RETURNS
        return policies.Facts(now, returns, actor_id=actor.id if actor else None, may_know_caller=may_know)
    attempts = await repository.count_contacts(session, case.id, ContactKind.CALL_BACK)
    ends = await worktime.add_working_days(session, case.replied_at, rules.RATING_WINDOW_WORKING_DAYS)
    code, begun_on = rules.policy_code(case.kind, case.urgency), clock.local(case.received_at).date()
    allowed = await worktime.allowances(session, code, "finish", begun_on, rules.policy_scopes(case.channel))
    return policies.Facts(now, policies.ANY_RETURNS, allowed.max_redos, attempts, ends, may_know_caller=may_know)


async def returns_of(session: Session, case: Case, dispatched_at: datetime) -> policies.Returns:
    """How often and until when a unit that got the case at `dispatched_at` may return it, by its time policy."""
    code, begun_on = rules.policy_code(case.kind, case.urgency), clock.local(dispatched_at).date()
    allowed = await worktime.allowances(session, code, "sign", begun_on, rules.policy_scopes(case.channel))
    return policies.Returns(allowed.max_returns, allowed.return_ends(await worktime.calendar(session), dispatched_at))


async def _judge(session: Session, actor: Actor, case: Case) -> Judge:
    known = await facts(session, case, actor)

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
