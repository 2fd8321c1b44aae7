"""What each action does to a case, apart from the state that the machine moves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.organization.service import leaves
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.errors.cases import PersonRefused
from xiaoneng.features.cases.events import CaseRated, CaseReplied
from xiaoneng.features.cases.models.assignments import AssignmentStatus
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseContact, CaseStatus, CloseReason, ContactKind
from xiaoneng.features.cases.models.requests import ON_LIMITS
from xiaoneng.features.cases.repository import assignments, requests
from xiaoneng.features.cases.schemas.actions import (
    AssignHandlerInput,
    CallBackInput,
    ContactInput,
    NoteInput,
    ReplyInput,
)
from xiaoneng.features.cases.service import answers, parts
from xiaoneng.features.cases.service.door import DOOR, facts
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput


@DOOR.on("sign", NoInput)
async def _sign(session: Session, actor: Actor, case: Case, _: NoInput) -> Changes:
    await worktime.stop_clock(session, SUBJECT_TYPE, case.id, "sign")
    signed = {"signed_at": clock.now(), "signed_by": actor.name}
    await assignments.move_lead(session, case.id, status=AssignmentStatus.SIGNED, **signed)
    return {}


@DOOR.on("assign_handler", AssignHandlerInput)
async def _assign_handler(session: Session, _: Actor, case: Case, body: AssignHandlerInput) -> Changes:
    person = await organization.find_person_in(session, body.person_id, case.lead_unit_id)
    if person is None or body.person_id in case.named_person_ids:
        raise PersonRefused
    substitute_id = await leaves.standing_in(session, person.id, case.lead_unit_id) if case.lead_unit_id else None
    case.handler_id = substitute_id or person.id
    acting_for = person.id if substitute_id else None
    await assignments.move_lead(session, case.id, handler_id=case.handler_id, acting_for_id=acting_for)
    return {"handler": person.name, "stood_in": substitute_id is not None}


@DOOR.on("contact", ContactInput)
async def _contact(session: Session, actor: Actor, case: Case, body: ContactInput) -> Changes:
    note_contact(session, actor, case.id, ContactKind.CONTACT, body)
    reached = {"contacted_at": clock.now()} if body.reached else {}
    await assignments.move_lead(session, case.id, status=AssignmentStatus.HANDLING, **reached)
    if body.reached:
        await worktime.stop_clock(session, SUBJECT_TYPE, case.id, "contact")
    return {"reached": body.reached, "note": body.note}


@DOOR.on("reply", ReplyInput)
async def _reply(session: Session, actor: Actor, case: Case, body: ReplyInput) -> Changes:
    await files.attach(session, actor, body.file_ids, SUBJECT_TYPE, case.id)
    case.reply_text, case.reply_file_ids = body.text, body.file_ids
    await mark_replied(session, case, actor.name, clock.now())
    return {"files": len(body.file_ids)}


async def mark_replied(session: Session, case: Case, replied_by: str, at: datetime) -> None:
    """Set the reply's moment, stop the clocks, and count the working days it took."""
    case.replied_at, case.replied_by = at, replied_by
    case.reply_working_days = await worktime.working_days_between(session, case.received_at, case.replied_at)
    for kind in ("contact", "finish"):
        await worktime.stop_clock(session, SUBJECT_TYPE, case.id, kind, at=at)
    case.paused_at = None
    replied = {"replied_at": at, "replied_by": replied_by}
    await assignments.move_lead(session, case.id, status=AssignmentStatus.REPLIED, **replied)
    await outbox.publish(session, CaseReplied(subject_id=case.id))
    await answers.pass_on(session, case)


@DOOR.on("record_attempt", NoteInput)
async def _record_attempt(session: Session, actor: Actor, case: Case, body: NoteInput) -> Changes:
    note_contact(session, actor, case.id, ContactKind.CALL_BACK, ContactInput(reached=False, note=body.note))
    return {"note": body.note}


async def close_rated(session: Session, case: Case, rating: CallBackInput, reason: CloseReason) -> None:
    """Put the citizen's rating on the case, close it, and tell the rest of the product what it was."""
    case.stars, case.solved, case.rating_comment = rating.stars, rating.solved, rating.note
    case.rated_at = case.closed_at = clock.now()
    case.close_reason = reason
    await parts.finish(session, case)
    await outbox.publish(session, CaseRated(subject_id=case.id, stars=rating.stars, solved=rating.solved))


@DOOR.on("redo", ReasonInput)
async def _redo(session: Session, actor: Actor, case: Case, _: ReasonInput) -> Changes:
    return await handle_again(session, actor, case)


async def handle_again(session: Session, actor: Actor, case: Case) -> Changes:
    """Send a replied case back to work under a new limit; the earlier reply stays in the history.

    One that its platform answered before any unit had it waits for a unit now.
    """
    if case.lead_unit_id is None:
        DOOR.move(case, CaseStatus.REGISTERED)
    case.redo_count += 1
    case.audited_at = case.audited_by = None
    case.judged_by, case.judged_at = actor.id, clock.now()
    await requests.withdraw_open(session, case.id, ON_LIMITS)
    earlier = answers.withdraw(case)
    await answers.take_back(session, case)
    finish = await worktime.start_clock(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=case.id,
        kind="finish",
        policy_code=rules.policy_code(case.kind, case.urgency),
        started_at=clock.now(),
        unit_id=case.lead_unit_id,
        scopes=rules.policy_scopes(case.channel),
    )
    case.due_at = finish.due_at
    again = {"replied_at": None, "replied_by": None, "due_at": finish.due_at, "redo_count": case.redo_count}
    await assignments.move_lead(session, case.id, status=AssignmentStatus.HANDLING, **again)
    return {"redo_count": case.redo_count, "earlier_reply": earlier}


@DOOR.on("close", ReasonInput)
async def _close(session: Session, _: Actor, case: Case, __: ReasonInput) -> Changes:
    known = await facts(session, case, None)
    expired = known.rating_window_ends is not None and known.now > known.rating_window_ends
    case.close_reason = CloseReason.RATING_WINDOW_EXPIRED if expired else CloseReason.UNREACHABLE
    case.closed_at = clock.now()
    await parts.finish(session, case)
    return {"close_reason": case.close_reason}


@DOOR.on("urge", ReasonInput)
async def _urge(_: Session, __: Actor, ___: Case, ____: ReasonInput) -> Changes:
    return {}


def note_contact(
    session: Session, actor: Actor, case_id: UUID, kind: ContactKind, body: ContactInput, **more: Any
) -> None:
    """Put a conversation with the citizen, or a note of the work, on record; `more` is what else was said."""
    blank = {"unit_id": None, "file_ids": None, "solved": None, "stars": None}
    row = {
        "id": ids.new_id(),
        "case_id": case_id,
        "kind": kind,
        "reached": body.reached,
        "note": body.note,
        "at": clock.now(),
        "by_account_id": actor.id,
        "by_name": actor.name,
        **blank,
        **more,
    }
    session.append(CaseContact, row)


def note_citizen(session: Session, case_id: UUID, kind: ContactKind, text: str) -> UUID:
    """Put on record what the citizen wrote by the receipt; returns the key of the record."""
    row: dict[str, Any] = {
        "id": ids.new_id(),
        "case_id": case_id,
        "kind": kind,
        "reached": True,
        "note": text,
        "at": clock.now(),
    }
    session.append(CaseContact, row)
    key: UUID = row["id"]
    return key


@DOOR.on("issue_receipt", NoInput)
async def _issue_receipt(_: Session, __: Actor, ___: Case, ____: NoInput) -> Changes:
    return {}


__all__ = ["DOOR", "close_rated", "mark_replied"]
