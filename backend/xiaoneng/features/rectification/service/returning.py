"""What comes back after closing: a look-back that found it solved, and a rebound that reopens the item (R-08)."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.rectification.errors.acceptance import CheckUnknown
from xiaoneng.features.rectification.events import ItemRebounded
from xiaoneng.features.rectification.models.items import RECTIFY, SUBJECT_TYPE, RectificationItem
from xiaoneng.features.rectification.models.look_backs import CheckResult, LookBackCheck
from xiaoneng.features.rectification.repository import look_backs as repository
from xiaoneng.features.rectification.repository import plans
from xiaoneng.features.rectification.schemas.acceptance import LookBackPass, ReboundInput
from xiaoneng.features.rectification.service.accepting import DOOR
from xiaoneng.features.rectification.service.effects import forget_closeout
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


@DOOR.on("pass_look_back", LookBackPass)
async def _pass(session: Session, actor: Actor, item: RectificationItem, body: LookBackPass) -> Changes:
    check = await _pending(session, item, body.check_id)
    _answer(check, actor, CheckResult.PASSED, body.finding)
    return {"finding": body.finding}


@DOOR.on("rebound", ReboundInput)
async def _rebound(session: Session, actor: Actor, item: RectificationItem, body: ReboundInput) -> Changes:
    """Work begins again under the old plan, with a date of its own; what proved it before proves nothing now."""
    if body.check_id is not None:
        check = await _pending(session, item, body.check_id)
        _answer(check, actor, CheckResult.REBOUNDED, body.reason)
    forget_closeout(item)
    item.closed_at = item.conclusion = None
    item.reopened_count += 1
    item.reopened_at, item.reopened_from = clock.now(), body.check_id
    item.progress_percent = 0
    for measure in await plans.measures(session, item.id):
        measure.done_at = None
    started = await worktime.start_clock_until(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        kind=RECTIFY,
        due_on=body.due_on,
        unit_id=item.lead_unit_id,
    )
    item.due_on, item.due_at = body.due_on, started.due_at
    await outbox.publish(session, ItemRebounded(subject_id=item.id, check_id=body.check_id))
    return {"due_on": body.due_on.isoformat(), "reopened_count": item.reopened_count}


async def _pending(session: Session, item: RectificationItem, check_id: UUID) -> LookBackCheck:
    check = await repository.pending(session, item.id, check_id)
    if check is None:
        raise CheckUnknown
    return check


def _answer(check: LookBackCheck, actor: Actor, result: CheckResult, finding: str) -> None:
    check.result, check.finding = result, finding
    check.checked_by_name, check.checked_at = actor.name, clock.now()


__all__ = ["DOOR"]
