"""What happens to a request: endorsed by one, decided by another, done by the system, told to the citizen."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime.schemas.clocks import Grounds
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import policies
from xiaoneng.features.cases.errors.merges import FollowsPrimary
from xiaoneng.features.cases.events import RequestMoved
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseStatus, ContactKind
from xiaoneng.features.cases.models.requests import REQUEST, CaseRequest, RequestKind, RequestStatus
from xiaoneng.features.cases.repository import cases
from xiaoneng.features.cases.repository import requests as repository
from xiaoneng.features.cases.schemas.actions import ContactInput, NoteInput
from xiaoneng.features.cases.schemas.requests import DecisionInput, RequestFilter, RequestRead
from xiaoneng.features.cases.service import effects, requesting
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.features.cases.transitions import REQUESTS
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput


class HasNumber(Protocol):
    """A case, or as much of it as a list shows."""

    no: str
    title: str


_GRANTED = {
    RequestKind.EXTENSION: requesting.extend,
    RequestKind.PAUSE: requesting.pause,
    RequestKind.EXCLUSION: requesting.exclude,
    RequestKind.APPEAL: requesting.uphold,
}


async def _judge(_: Session, actor: Actor, request: CaseRequest) -> Judge:
    def judge(action: str) -> Denial:
        return policies.request_denial(action, actor.id, request)

    return judge


REQUEST_DOOR: Door[CaseRequest] = Door(
    REQUEST,
    REQUESTS,
    standing=policies.request_standing,
    judge=_judge,
    moved=lambda request_id, action: RequestMoved(subject_id=request_id, action=action),
)


async def perform(session: Session, actor: Actor, request_id: UUID, command: Command) -> tuple[Case, CaseRequest]:
    """Do one step of a request; what was granted is done to the case at once.

    Raises what `Door.perform` raises, and what the engine of limits refuses.
    """
    case_id = await repository.case_of(session, actor, request_id)
    case = await cases.lock_visible(session, actor, case_id) if case_id else None
    request = await repository.find(session, request_id) if case else None
    if case is None or request is None:
        raise NotFound
    if case.status is CaseStatus.MERGED:
        raise FollowsPrimary
    before = request.status
    await REQUEST_DOOR.perform(session, actor, request, command)
    if request.status is RequestStatus.GRANTED and before is not RequestStatus.GRANTED:
        await _GRANTED[request.kind](session, case, request, Grounds(request.reason, actor.id))
        DOOR.move(case, case.status)
    reason = getattr(command.body, "reason", None)
    change = Change(f"request.{command.action}", before, request.status, reason, {"kind": request.kind})
    timeline.record(session, actor.author, SUBJECT_TYPE, case.id, change)
    return case, request


def _endorse(actor: Actor, request: CaseRequest) -> None:
    request.endorsed_by, request.endorsed_by_name, request.endorsed_at = actor.id, actor.name, clock.now()


def _decide(actor: Actor, request: CaseRequest, decision: str) -> None:
    request.decided_by, request.decided_by_name, request.decided_at = actor.id, actor.name, clock.now()
    request.decision = decision


@REQUEST_DOOR.on("endorse", NoInput)
async def _endorsed(_: Session, actor: Actor, request: CaseRequest, __: NoInput) -> Changes:
    _endorse(actor, request)
    return {}


@REQUEST_DOOR.on("review", NoInput)
async def _reviewed(_: Session, actor: Actor, request: CaseRequest, __: NoInput) -> Changes:
    _endorse(actor, request)
    return {}


async def _turned_down(_: Session, actor: Actor, request: CaseRequest, body: ReasonInput) -> Changes:
    _decide(actor, request, body.reason)
    return {}


for _action in ("decline", "dismiss", "refuse"):
    REQUEST_DOOR.on(_action, ReasonInput)(_turned_down)


@REQUEST_DOOR.on("grant", DecisionInput)
async def _grant(_: Session, actor: Actor, request: CaseRequest, body: DecisionInput) -> Changes:
    _decide(actor, request, body.decision)
    return {"decision": body.decision}


@REQUEST_DOOR.on("withdraw", NoInput)
async def _withdraw(_: Session, __: Actor, ___: CaseRequest, ____: NoInput) -> Changes:
    return {}


@REQUEST_DOOR.on("record_told", NoteInput)
async def _record_told(session: Session, actor: Actor, request: CaseRequest, body: NoteInput) -> Changes:
    """R-19: the citizen is told of the new date; the telling is a conversation on record."""
    talk = ContactInput(reached=True, note=body.note)
    effects.note_contact(session, actor, request.case_id, ContactKind.CONTACT, talk)
    request.told_at, request.told_by = clock.now(), actor.name
    return {"note": body.note}


async def read(session: Session, actor: Actor, case: HasNumber, request: CaseRequest) -> RequestRead:
    """One request as the API shows it."""
    return await _shown(session, actor, case, request, await files.refs(session, request.file_ids))


async def _shown(
    session: Session, actor: Actor, case: HasNumber, request: CaseRequest, proofs: Sequence[FileRef]
) -> RequestRead:
    units = await organization.unit_refs(session)
    told = {name: getattr(request, name) for name in RequestRead.model_fields if hasattr(request, name)}
    moved = request.due_after
    ends = worktime.deadline(await worktime.calendar(session), "finish", moved) if moved else None
    return RequestRead(
        **told,
        provisional=ends is not None and ends.provisional,
        case_no=case.no,
        case_title=case.title,
        unit=units.get(request.unit_id),
        files=list(proofs),
        available_actions=action_refs(await REQUEST_DOOR.available(session, actor, request)),
    )


async def page(session: Session, actor: Actor, chosen: RequestFilter) -> Page[RequestRead]:
    """A page of the requests within the actor's reach."""
    found = await repository.page(session, actor, chosen)
    wanted = [one for row in found.rows for one in row.CaseRequest.file_ids]
    proofs = {ref.id: ref for ref in await files.refs(session, wanted)}
    shown = {}
    for row in found.rows:
        refs = [proofs[one] for one in row.CaseRequest.file_ids if one in proofs]
        shown[row.id] = await _shown(session, actor, row, row.CaseRequest, refs)
    return found.page(lambda row: shown[row.id])


async def _may_read(session: Session, actor: Actor, request_id: UUID) -> bool:
    return await repository.case_of(session, actor, request_id) is not None


register_reader(REQUEST, _may_read)
