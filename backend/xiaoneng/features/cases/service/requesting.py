"""Asking for more time, a pause, an exclusion, or another judgement; and letting a paused limit go on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.files import service as files
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.errors.cases import AppealTooLate, ExtensionTooLong, NothingToAppeal, RequestOpen
from xiaoneng.features.cases.models.assignments import ASSIGNMENT, AssignmentPart, CaseAssignment
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case
from xiaoneng.features.cases.models.requests import AppealAbout, CaseRequest, RequestKind
from xiaoneng.features.cases.repository import assignments
from xiaoneng.features.cases.repository import requests as repository
from xiaoneng.features.cases.schemas.requests import AppealInput, CaseExtensionInput, ExclusionInput, PauseInput
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import ReasonInput

FINISH = "finish"


@DOOR.on("apply_extension", CaseExtensionInput)
async def _apply_extension(session: Session, actor: Actor, case: Case, body: CaseExtensionInput) -> Changes:
    views = (await worktime.clocks_of(session, SUBJECT_TYPE, [case.id])).get(case.id, [])
    [finish] = [view for view in views if view.kind == FINISH and view.stopped_at is None]
    if body.amount > finish.amount:
        raise ExtensionTooLong
    asked = {"amount": body.amount, "amount_unit": finish.unit}
    await _ask(session, actor, case, RequestKind.EXTENSION, body, **asked, due_before=finish.due_at)
    return asked


@DOOR.on("apply_pause", PauseInput)
async def _apply_pause(session: Session, actor: Actor, case: Case, body: PauseInput) -> Changes:
    await _ask(session, actor, case, RequestKind.PAUSE, body, due_before=case.due_at)
    return {}


@DOOR.on("apply_exclusion", ExclusionInput)
async def _apply_exclusion(session: Session, actor: Actor, case: Case, body: ExclusionInput) -> Changes:
    await _ask(session, actor, case, RequestKind.EXCLUSION, body)
    return {"files": len(body.file_ids)}


@DOOR.on("appeal", AppealInput)
async def _appeal(session: Session, actor: Actor, case: Case, body: AppealInput) -> Changes:
    judged_at, judge = await _judgement(session, case, body.about)
    if judged_at is None:
        raise NothingToAppeal
    scopes = rules.policy_scopes(case.channel)
    if await worktime.is_over(session, rules.APPEAL_POLICY, body.about, judged_at, scopes):
        raise AppealTooLate
    await _ask(session, actor, case, RequestKind.APPEAL, body, about=body.about, against_id=judge)
    return {"about": body.about}


async def _judgement(session: Session, case: Case, about: AppealAbout) -> tuple[datetime | None, UUID | None]:
    """When a judgement fell and who made it; a citizen's rating has no judge among us."""
    match about:
        case AppealAbout.RATING:
            return case.rated_at, None
        case AppealAbout.EXCLUSION_REFUSED:
            refused = await repository.last_refused(session, case.id, RequestKind.EXCLUSION)
            return (refused.decided_at, refused.decided_by) if refused else (None, None)
        case AppealAbout.RETURN_REFUSED:
            return (case.judged_at if case.return_forbidden else None), case.judged_by
        case AppealAbout.REDO:
            return (case.judged_at if case.redo_count else None), case.judged_by


async def _ask(session: Session, actor: Actor, case: Case, kind: RequestKind, body: BaseModel, **more: Any) -> None:
    if case.lead_unit_id is None:
        raise NotFound
    if await repository.find_open(session, case.id, kind) is not None:
        raise RequestOpen
    told = body.model_dump(include={"reason", "file_ids"})
    request = CaseRequest(
        case_id=case.id,
        unit_id=case.lead_unit_id,
        kind=kind,
        applied_by=actor.id,
        applied_by_name=actor.name,
        applied_at=clock.now(),
        **told,
        **more,
    )
    session.add(request)
    await files.attach(session, actor, request.file_ids, SUBJECT_TYPE, case.id)


@DOOR.on("resume", ReasonInput)
async def _resume(session: Session, _: Actor, case: Case, __: ReasonInput) -> Changes:
    helping = await _helping(session, case)
    view = await worktime.resume_clock(session, SUBJECT_TYPE, case.id, FINISH)
    case.due_at, case.paused_at = view.due_at or case.due_at, None
    for part in helping:
        resumed = await worktime.resume_clock(session, ASSIGNMENT, part.id, FINISH)
        part.due_at = resumed.due_at or part.due_at
    await assignments.move_lead(session, case.id, due_at=case.due_at)
    return {"due_at": case.due_at.isoformat()}


async def _helping(session: Session, case: Case) -> list[CaseAssignment]:
    """The helpers' parts whose limit is that of the case and still runs, or stands still with it."""
    if not case.co_unit_ids:
        return []
    parts = await assignments.open_parts(session, case.id)
    return [one for one in parts if one.part is AssignmentPart.CO and one.status in assignments.OWED]


async def extend(session: Session, case: Case, request: CaseRequest, grounds: Grounds) -> None:
    """Do what was granted: the case's limit and those that hang on it are longer."""
    amount = request.amount or 0
    view = await worktime.extend_clock(session, (SUBJECT_TYPE, case.id), FINISH, amount, grounds)
    due_before = case.due_at
    case.due_at = request.due_after = view.due_at or case.due_at
    for part in await _helping(session, case):
        if part.due_at == due_before:
            longer = await worktime.extend_clock(session, (ASSIGNMENT, part.id), FINISH, amount, grounds)
            part.due_at = longer.due_at or part.due_at
    await assignments.move_lead(session, case.id, due_at=case.due_at)


async def pause(session: Session, case: Case, _: CaseRequest, grounds: Grounds) -> None:
    """Do what was granted: the case's limit and those of its helpers stand still."""
    await worktime.pause_clock(session, SUBJECT_TYPE, case.id, FINISH, grounds)
    case.paused_at = clock.now()
    for part in await _helping(session, case):
        await worktime.pause_clock(session, ASSIGNMENT, part.id, FINISH, grounds)


async def exclude(_: Session, case: Case, __: CaseRequest, ___: Grounds) -> None:
    """Do what was granted: the case does not count in the assessment."""
    case.excluded_at = clock.now()


async def uphold(_: Session, case: Case, request: CaseRequest, __: Grounds) -> None:
    """Do what was granted: the return may be asked for again, or the judgement does not count against the unit."""
    if request.about is AppealAbout.RETURN_REFUSED:
        case.return_forbidden = False
    else:
        case.excluded_at = case.excluded_at or clock.now()
