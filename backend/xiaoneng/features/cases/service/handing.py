"""The lead passes work on: to another against a receipt, to units below, or calls several to the place."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.features.cases.errors.cases import UnitRefused
from xiaoneng.features.cases.models.assignments import AssignmentWay
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.cases.schemas.actions import CoUnitsInput, HandOverInput, WhistleInput
from xiaoneng.features.cases.service import parts
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.features.cases.service.parts import Order
from xiaoneng.kit.db import Session


@DOOR.on("hand_over", HandOverInput)
async def _hand_over(session: Session, actor: Actor, case: Case, body: HandOverInput) -> Changes:
    """The first receiver answers for the case until the other has signed for it (R-22)."""
    order = Order(AssignmentWay.HANDED_OVER, body.reason)
    return {"co_units": await parts.give_co(session, actor, case, [body.unit_id], order)}


@DOOR.on("hand_down", CoUnitsInput)
async def _hand_down(session: Session, actor: Actor, case: Case, body: CoUnitsInput) -> Changes:
    if case.lead_unit_id is None:
        raise UnitRefused
    await parts.require_below(session, case.lead_unit_id, body.co_unit_ids)
    order = Order(AssignmentWay.HANDED_DOWN, body.note)
    return {"co_units": await parts.give_co(session, actor, case, body.co_unit_ids, order), "note": body.note}


@DOOR.on("whistle", WhistleInput)
async def _whistle(session: Session, actor: Actor, case: Case, body: WhistleInput) -> Changes:
    order = Order(AssignmentWay.WHISTLED, " · ".join(filter(None, [body.place, body.note])))
    names = await parts.give_co(session, actor, case, body.unit_ids, order)
    return {"co_units": names, "ground": body.ground, "place": body.place}
