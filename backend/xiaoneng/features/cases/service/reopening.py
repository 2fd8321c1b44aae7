"""A closed case goes back to work: by the citizen's dispute within its window, or by decision (SM-5)."""

from typing import Any

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline.schemas import Author
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import policies, rules
from xiaoneng.features.cases.models.assignments import AssignmentWay
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseStatus
from xiaoneng.features.cases.service import answers, judging, merging, parts
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.features.cases.service.parts import Order
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import ReasonInput

_JUDGEMENT = ("stars", "solved", "rating_comment")


@DOOR.on("reopen", ReasonInput)
async def _reopen(session: Session, actor: Actor, case: Case, body: ReasonInput) -> Changes:
    return await reopen(session, actor.author, case, body.reason)


async def reopen(session: Session, author: Author, case: Case, reason: str) -> Changes:
    """Send a case that the machine has just reopened to the unit that had it, under limits of its own.

    It waits to be dispatched when nobody had it, or the unit is gone. Reply and judgement stay in the history; a merged
    case stands by itself from now on; redone and reopened more often than allowed, it is a problem order (R-17).
    """
    earlier: dict[str, Any] = {name: getattr(case, name) for name in _JUDGEMENT if getattr(case, name) is not None}
    await merging.set_free(session, author, case, reason)
    earlier["earlier_reply"] = answers.withdraw(case)
    await answers.take_back(session, case)
    for name in (*_JUDGEMENT, "rated_at", "closed_at", "close_reason", "audited_at", "audited_by"):
        setattr(case, name, None)
    case.reopened_count += 1
    await _start(session, case)
    unit = await _give_back(session, author, case, reason)
    await _step_up(session, case)
    return {**earlier, "reopened_count": case.reopened_count, "unit": unit}


async def _start(session: Session, case: Case) -> None:
    finish = await worktime.start_clock(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=case.id,
        kind="finish",
        policy_code=rules.policy_code(case.kind, case.urgency),
        started_at=clock.now(),
        unit_id=None,
        scopes=rules.policy_scopes(case.channel),
    )
    case.due_at = finish.due_at


async def _give_back(session: Session, author: Author, case: Case, reason: str) -> str | None:
    unit = await organization.find_unit(session, case.lead_unit_id) if case.lead_unit_id else None
    if unit is None or policies.is_sealed(case):
        case.lead_unit_id = case.handler_id = None
        return None
    await parts.give_lead(session, author, case, unit.id, Order(AssignmentWay.DISPATCHED, reason))
    DOOR.move(case, CaseStatus.TO_SIGN)
    return unit.name


async def _step_up(session: Session, case: Case) -> None:
    code, today = rules.policy_code(case.kind, case.urgency), clock.today()
    allowed = await worktime.allowances(session, code, "finish", today, rules.policy_scopes(case.channel))
    if allowed.max_redos is not None and case.redo_count + case.reopened_count > allowed.max_redos:
        await judging.make_problem(session, case)
