"""Who handles a case: dispatch, return, what the desk makes of a return, designation, helping units."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.features.cases.errors.cases import ReturnLoop
from xiaoneng.features.cases.models.assignments import AssignmentStatus, AssignmentWay
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.policies import ANY_RETURNS
from xiaoneng.features.cases.repository import assignments as repository
from xiaoneng.features.cases.schemas.actions import CoUnitsInput, DesignateInput, DispatchInput
from xiaoneng.features.cases.service import judging, parts
from xiaoneng.features.cases.service.door import DOOR, returns_of
from xiaoneng.features.cases.service.parts import Order
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import ReasonInput


@DOOR.on("dispatch", DispatchInput)
async def _dispatch(session: Session, actor: Actor, case: Case, body: DispatchInput) -> Changes:
    name = await parts.require_free(session, case, body.unit_id)
    if case.returned_count:
        returned = await repository.returned_leads(session, case.id)
        if body.unit_id in {part.unit_id for part in returned}:
            raise ReturnLoop
    return await _give(session, actor, case, body, name, Order(AssignmentWay.DISPATCHED, body.note))


async def _give(session: Session, actor: Actor, case: Case, body: DispatchInput, name: str, order: Order) -> Changes:
    await parts.give_lead(session, actor, case, body.unit_id, order)
    helpers = await parts.give_co(session, actor, case, body.co_unit_ids, Order(order.way, body.note, order.basis))
    return {"unit": name, "note": body.note} | ({"co_units": helpers} if helpers else {})


@DOOR.on("return", ReasonInput)
async def _return(session: Session, _: Actor, case: Case, body: ReasonInput) -> Changes:
    await parts.end_lead(session, case, AssignmentStatus.RETURNED, body.reason)
    case.returned_count += 1
    return {"returned_count": case.returned_count}


@DOOR.on("refuse_return", ReasonInput)
async def _refuse_return(session: Session, actor: Actor, case: Case, _: ReasonInput) -> Changes:
    """The unit that returned the case last gets it again, for good (SM-24)."""
    last = (await repository.returned_leads(session, case.id))[0]
    name = await parts.require_free(session, case, last.unit_id)
    await parts.give_lead(session, actor, case, last.unit_id, Order(last.way, last.note, last.basis))
    case.return_forbidden = True
    case.judged_by, case.judged_at = actor.id, clock.now()
    return {"unit": name}


@DOOR.on("designate", DesignateInput)
async def _designate(session: Session, actor: Actor, case: Case, body: DesignateInput) -> Changes:
    """R-10: no unit is clear, so the office decides, on a basis that stays on record; there is no return from it."""
    name = await parts.require_free(session, case, body.unit_id)
    if case.lead_unit_id is not None:
        await parts.end_lead(session, case, AssignmentStatus.CANCELLED, body.reason)
    allowed = await returns_of(session, case, case.dispatched_at) if case.dispatched_at else ANY_RETURNS
    if allowed.at_most is not None and case.returned_count >= allowed.at_most:
        await judging.make_problem(session, case)
    case.return_forbidden = True
    order = Order(AssignmentWay.DESIGNATED, body.note, body.basis)
    return await _give(session, actor, case, body, name, order) | {"basis": body.basis}


@DOOR.on("add_co_units", CoUnitsInput)
async def _add_co_units(session: Session, actor: Actor, case: Case, body: CoUnitsInput) -> Changes:
    order = Order(AssignmentWay.DISPATCHED, body.note)
    return {"co_units": await parts.give_co(session, actor, case, body.co_unit_ids, order), "note": body.note}


__all__ = ["DOOR"]
