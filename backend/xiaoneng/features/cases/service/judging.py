"""What the desk and the citizen make of a reply: accepted, sent back, asked about, or stepped up."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.outbox import service as outbox
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.errors.cases import DissatisfiedNeedsNote
from xiaoneng.features.cases.events import CaseSteppedUp
from xiaoneng.features.cases.models.case import Case, CloseReason, ContactKind
from xiaoneng.features.cases.schemas.actions import CallBackInput, CallBackRedoInput, ContactInput
from xiaoneng.features.cases.service import effects
from xiaoneng.features.cases.service.door import DOOR, facts
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput


@DOOR.on("accept_result", NoInput)
async def _accept_result(_: Session, actor: Actor, case: Case, __: NoInput) -> Changes:
    case.audited_at, case.audited_by = clock.now(), actor.name
    return {}


@DOOR.on("call_back", CallBackInput)
async def _call_back(session: Session, actor: Actor, case: Case, body: CallBackInput) -> Changes:
    """Solved and satisfied are asked apart; closing against the citizen's word takes a word of ours (SM-5)."""
    known = await facts(session, case, actor)
    redoable = known.max_redos is None or case.redo_count < known.max_redos
    if rules.is_dissatisfied(body.solved, body.stars) and body.note is None and redoable:
        raise DissatisfiedNeedsNote
    _note_call_back(session, actor, case, body)
    await effects.close_rated(session, case, body, CloseReason.CALLED_BACK)
    return {"stars": body.stars, "solved": body.solved}


@DOOR.on("call_back_redo", CallBackRedoInput)
async def _call_back_redo(session: Session, actor: Actor, case: Case, body: CallBackRedoInput) -> Changes:
    _note_call_back(session, actor, case, body)
    said = {"stars": body.stars, "solved": body.solved}
    return said | await effects.handle_again(session, actor, case)


@DOOR.on("ask_after_limit", CallBackInput)
async def _ask_after_limit(session: Session, actor: Actor, case: Case, body: CallBackInput) -> Changes:
    """The limit is over without a reply: what the citizen says goes on record, and the unit still owes its answer."""
    _note_call_back(session, actor, case, body)
    return {"stars": body.stars, "solved": body.solved}


def _note_call_back(session: Session, actor: Actor, case: Case, body: CallBackInput) -> None:
    told = ContactInput(reached=True, note=body.note or "已回访")
    said = {"solved": body.solved, "stars": body.stars}
    effects.note_contact(session, actor, case.id, ContactKind.CALL_BACK, told, **said)


@DOOR.on("step_up", ReasonInput)
async def _step_up(session: Session, actor: Actor, case: Case, _: ReasonInput) -> Changes:
    """R-17: redone as often as allowed and still not solved; a problem order, handled under the authority's eyes."""
    await make_problem(session, case)
    return await effects.handle_again(session, actor, case)


async def make_problem(session: Session, case: Case) -> None:
    """Make the case a problem order, once, and have those above told."""
    if case.problem_at is None:
        case.problem_at = clock.now()
        await outbox.publish(session, CaseSteppedUp(subject_id=case.id))
