"""Giving units their parts in a case, and ending them; the case's own columns follow the lead's part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import policies, rules
from xiaoneng.features.cases.errors.cases import NotBelow, UnitRefused, UnitTaken
from xiaoneng.features.cases.events import CaseDispatched
from xiaoneng.features.cases.models.assignments import (
    ASSIGNMENT,
    AssignmentPart,
    AssignmentStatus,
    AssignmentWay,
    CaseAssignment,
)
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case
from xiaoneng.features.cases.models.requests import ON_LIMITS
from xiaoneng.features.cases.repository import assignments as repository
from xiaoneng.features.cases.repository import requests
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session


@dataclass(frozen=True, slots=True)
class Order:
    """How a part is given: the way, a remark, the decision it rests on, the unit it answers to if not the lead."""

    way: AssignmentWay
    note: str | None = None
    basis: str | None = None
    answers_to_id: UUID | None = None


async def require_free(session: Session, case: Case, unit_id: UUID) -> str:
    """The name of a unit that may get a part. Raises UnitGone, and UnitRefused for a report or a unit it names."""
    unit = await organization.require_unit(session, unit_id)
    if unit_id in case.named_unit_ids or policies.is_sealed(case):
        raise UnitRefused
    return unit.name


class Named(Protocol):
    """Whoever gives a part: an actor, or the citizen whose dispute did."""

    @property
    def name(self) -> str:
        """As the part tells it."""
        ...


async def give_lead(session: Session, actor: Named, case: Case, unit_id: UUID, order: Order) -> None:
    """Make a unit the lead: its part, the clocks of signing and first contact, the case's own columns."""
    case.lead_unit_id, case.handler_id = unit_id, None
    case.first_unit_id = case.first_unit_id or unit_id
    case.dispatched_at = now = clock.now()
    if case.co_unit_ids:
        await _leave_co_part(session, case, unit_id)
        await repository.readdress(session, case.id, unit_id)
    session.append(CaseAssignment, _row(actor, case, unit_id, AssignmentPart.LEAD, order))
    for kind in ("sign", "contact"):
        await worktime.start_clock(
            session,
            subject_type=SUBJECT_TYPE,
            subject_id=case.id,
            kind=kind,
            policy_code=rules.policy_code(case.kind, case.urgency),
            started_at=now,
            unit_id=unit_id,
            scopes=rules.policy_scopes(case.channel),
        )
    await worktime.hand_over(session, SUBJECT_TYPE, case.id, unit_id)
    await outbox.publish(session, CaseDispatched(subject_id=case.id, unit_id=unit_id))


async def give_co(session: Session, actor: Actor, case: Case, unit_ids: Sequence[UUID], order: Order) -> list[str]:
    """Have units help the lead, each with clocks of its own; returns their names.

    A co-handling unit signs within the usual limit and answers before the case itself is due. Raises UnitTaken besides.
    """
    wanted = list(dict.fromkeys(unit_ids))
    if case.lead_unit_id in wanted or set(wanted) & set(case.co_unit_ids or ()):
        raise UnitTaken
    names = [await require_free(session, case, unit_id) for unit_id in wanted]
    policy = rules.policy_code(case.kind, case.urgency)
    for unit_id in wanted:
        row = _row(actor, case, unit_id, AssignmentPart.CO, order)
        session.append(CaseAssignment, row)
        limits = [("sign", policy, row["dispatched_at"]), ("finish", policy, case.received_at)]
        if order.way is AssignmentWay.WHISTLED:
            limits.append(("arrive", rules.WHISTLE_POLICY, row["dispatched_at"]))
        for kind, code, since in limits:
            await worktime.start_clock(
                session,
                subject_type=ASSIGNMENT,
                subject_id=row["id"],
                kind=kind,
                policy_code=code,
                started_at=since,
                unit_id=unit_id,
                scopes=rules.policy_scopes(case.channel),
            )
        await outbox.publish(session, CaseDispatched(subject_id=case.id, unit_id=unit_id))
    case.co_unit_ids = [*(case.co_unit_ids or ()), *wanted] or None
    return names


def _row(actor: Named, case: Case, unit_id: UUID, part: AssignmentPart, order: Order) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": ids.new_id(),
        "rev": 1,
        "created_at": now,
        "updated_at": now,
        "case_id": case.id,
        "unit_id": unit_id,
        "part": part,
        "way": order.way,
        "status": AssignmentStatus.TO_SIGN,
        "answers_to_id": (order.answers_to_id or case.lead_unit_id) if part is AssignmentPart.CO else None,
        "due_at": case.due_at,
        "dispatched_at": now,
        "dispatched_by": actor.name,
        "note": order.note,
        "basis": order.basis,
    }


async def _leave_co_part(session: Session, case: Case, unit_id: UUID) -> None:
    """A unit that helped and leads now has one part, not two."""
    if case.co_unit_ids and unit_id in case.co_unit_ids:
        for part in await repository.open_parts(session, case.id):
            if part.unit_id == unit_id and part.part is AssignmentPart.CO:
                await end(session, case, part, AssignmentStatus.CANCELLED, "转为主办单位")
        await session.flush()


async def end_lead(session: Session, case: Case, status: AssignmentStatus, reason: str) -> None:
    """The lead's part is over before the case is: its clocks of signing and contact go, the case waits for a unit."""
    await repository.move_lead(session, case.id, status=status, ended_at=clock.now(), end_reason=reason)
    for kind in ("sign", "contact"):
        if status is AssignmentStatus.RETURNED:
            await worktime.return_clock(session, SUBJECT_TYPE, case.id, kind, Grounds(reason, None))
        else:
            await worktime.cancel_clock(session, SUBJECT_TYPE, case.id, kind)
    await worktime.hand_over(session, SUBJECT_TYPE, case.id, None)
    await requests.withdraw_open(session, case.id, ON_LIMITS)
    case.lead_unit_id, case.handler_id = None, None


async def end(session: Session, case: Case, part: CaseAssignment, status: AssignmentStatus, reason: str | None) -> None:
    """End a co-handling unit's part; one that gave it back, or lost it, does not see the case for it any more."""
    part.status, part.ended_at, part.end_reason = status, clock.now(), reason
    part.rev, part.updated_at = part.rev + 1, clock.now()
    await leave(session, case, part)


async def leave(session: Session, case: Case, part: CaseAssignment) -> None:
    """Take what is left of a part that is over: its clocks, and unless it was accepted, the sight of the case."""
    await worktime.cancel_clock(session, ASSIGNMENT, part.id, None)
    if part.status is not AssignmentStatus.ACCEPTED:
        case.co_unit_ids = [unit for unit in case.co_unit_ids or () if unit != part.unit_id] or None
        case.co_handler_ids = [one for one in case.co_handler_ids or () if one != part.handler_id] or None


async def finish(session: Session, case: Case) -> None:
    """The case closes: answers count as accepted, what is still open is over."""
    await repository.move_lead(session, case.id, status=AssignmentStatus.ACCEPTED, ended_at=clock.now())
    if not case.co_unit_ids:
        return
    for part in await repository.open_parts(session, case.id):
        if part.status is AssignmentStatus.REPLIED:
            await end(session, case, part, AssignmentStatus.ACCEPTED, None)
        else:
            await end(session, case, part, AssignmentStatus.CANCELLED, "诉求已办结")


async def take_over(session: Session, case: Case, part: CaseAssignment) -> None:
    """R-22: the unit signed for what the first receiver handed it, which is the receipt; from now on it leads."""
    now = clock.now()
    ended = {"status": AssignmentStatus.HANDED_OVER, "ended_at": now, "end_reason": part.note}
    await repository.move_lead(session, case.id, **ended)
    await worktime.cancel_clock(session, ASSIGNMENT, part.id, None)
    await worktime.stop_clock(session, SUBJECT_TYPE, case.id, "sign")
    await worktime.hand_over(session, SUBJECT_TYPE, case.id, part.unit_id)
    part.part, part.answers_to_id = AssignmentPart.LEAD, None
    case.lead_unit_id, case.handler_id = part.unit_id, part.handler_id
    case.co_unit_ids = [unit for unit in case.co_unit_ids or () if unit != part.unit_id] or None
    await repository.readdress(session, case.id, part.unit_id)


async def require_below(session: Session, unit_id: UUID, below: Sequence[UUID]) -> None:
    """Raises NotBelow unless all of `below` are units under `unit_id`."""
    reach = await organization.subtree(session, [unit_id]) - {unit_id}
    if not reach.issuperset(below):
        raise NotBelow
