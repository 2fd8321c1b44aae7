"""The unit's own work on a case: progress on record, a draft by one, the reply by another."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.files import service as files
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, ContactKind
from xiaoneng.features.cases.schemas.actions import ContactInput, ProgressInput, ReplyInput
from xiaoneng.features.cases.service import effects
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput


@DOOR.on("note_progress", ProgressInput)
async def _note_progress(session: Session, actor: Actor, case: Case, body: ProgressInput) -> Changes:
    await files.attach(session, actor, body.file_ids, SUBJECT_TYPE, case.id)
    told = ContactInput(reached=True, note=body.note)
    more = {"unit_id": case.lead_unit_id, "file_ids": body.file_ids}
    effects.note_contact(session, actor, case.id, ContactKind.PROGRESS, told, **more)
    return {"note": body.note, "files": len(body.file_ids)}


@DOOR.on("draft_reply", ReplyInput)
async def _draft_reply(session: Session, actor: Actor, case: Case, body: ReplyInput) -> Changes:
    await files.attach(session, actor, body.file_ids, SUBJECT_TYPE, case.id)
    case.draft_text, case.draft_file_ids = body.text, body.file_ids
    case.draft_by, case.draft_by_name = actor.id, actor.name
    return {"files": len(body.file_ids)}


@DOOR.on("approve_reply", NoInput)
async def _approve_reply(session: Session, actor: Actor, case: Case, _: NoInput) -> Changes:
    """The draft becomes the reply; who wrote it and who stands for it are two people."""
    drafted_by = case.draft_by_name
    case.reply_text, case.reply_file_ids = case.draft_text, case.draft_file_ids or []
    drop_draft(case)
    await effects.mark_replied(session, case, actor.name, clock.now())
    return {"drafted_by": drafted_by}


@DOOR.on("return_draft", ReasonInput)
async def _return_draft(_: Session, __: Actor, case: Case, ___: ReasonInput) -> Changes:
    earlier = case.draft_text
    drop_draft(case)
    return {"earlier_draft": earlier}


def drop_draft(case: Case) -> None:
    """There is no draft any more."""
    case.draft_text = case.draft_file_ids = case.draft_by = case.draft_by_name = None
