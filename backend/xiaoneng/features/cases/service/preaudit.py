"""What does not go to a unit: answered at once, not ours to accept, or an emergency for those who answer one."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CloseReason
from xiaoneng.features.cases.schemas.actions import EmergencyInput, OnSpotInput, RefusalInput
from xiaoneng.features.cases.service import answers, effects
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


@DOOR.on("answer_on_spot", OnSpotInput)
async def _answer_on_spot(session: Session, actor: Actor, case: Case, body: OnSpotInput) -> Changes:
    case.reply_text = body.text
    _end(case, CloseReason.ANSWERED_ON_SPOT)
    await effects.mark_replied(session, case, actor.name, clock.now())
    return {}


@DOOR.on("refuse_acceptance", RefusalInput)
async def _refuse_acceptance(session: Session, actor: Actor, case: Case, body: RefusalInput) -> Changes:
    """Not for this platform: the citizen is told why and where to turn, which is the reply on record (R-14)."""
    case.reply_text = f"{body.reason}\n{body.channel}"
    await _cancelled(session, actor, case, CloseReason.NOT_ACCEPTED)
    return {"channel": body.channel}


@DOOR.on("transfer_emergency", EmergencyInput)
async def _transfer_emergency(session: Session, actor: Actor, case: Case, body: EmergencyInput) -> Changes:
    case.reply_text = body.note
    await _cancelled(session, actor, case, CloseReason.TRANSFERRED_EMERGENCY)
    return {"service": body.service, "note": body.note}


async def _cancelled(session: Session, actor: Actor, case: Case, reason: CloseReason) -> None:
    case.replied_at, case.replied_by = clock.now(), actor.name
    _end(case, reason)
    await answers.pass_on(session, case)
    await worktime.cancel_clock(session, SUBJECT_TYPE, case.id, None)


def _end(case: Case, reason: CloseReason) -> None:
    case.closed_at, case.close_reason = clock.now(), reason
