"""Taking messages in: genuine, once, and durable before we say so."""

import hashlib
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline.models import ActorKind
from xiaoneng.core.timeline.schemas import Author
from xiaoneng.features.cases import rules as cases_rules
from xiaoneng.features.cases.models.case import Identity
from xiaoneng.features.cases.schemas.actions import CaseDraft
from xiaoneng.features.cases.service import intake
from xiaoneng.features.cases.service import system as cases
from xiaoneng.features.hotline import repository, rules
from xiaoneng.features.hotline.errors import BodyUnreadable, EventIdReused, SignatureInvalid
from xiaoneng.features.hotline.models import InboxMessage, MessageState
from xiaoneng.features.hotline.schemas import (
    Accepted,
    CaseCreatedData,
    CaseRepliedData,
    CaseUrgedData,
    HotlineCaller,
    HotlineEvent,
)
from xiaoneng.features.hotline.service.sources import secrets_of
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem
from xiaoneng.kit.signing import ID_HEADER, is_genuine

M = TypeVar("M", bound=BaseModel)
MAX_TITLE = 200
MAX_EVENT_ID = 200


async def receive(session: Session, source: str, headers: Mapping[str, str], body: bytes) -> Accepted:
    """Take one message in. Raises SignatureInvalid, EventIdReused and BodyUnreadable.

    A second copy with the same id is answered like the first. Two copies at the very same moment: one of them fails
    on the unique key, is told 409, and finds the duplicate when it is sent again.
    """
    event_id = headers.get(ID_HEADER, "")
    if len(event_id) > MAX_EVENT_ID or not is_genuine(await secrets_of(session, source), body, headers):
        raise SignatureInvalid
    mark = hashlib.sha256(body).digest()
    earlier = await repository.find_message(session, source, event_id)
    if earlier is not None:
        if earlier[0] != mark:
            raise EventIdReused
        return Accepted(event_id=event_id, status="duplicate", case_no=earlier[1])
    event = _parse(HotlineEvent, body)
    state, case_no = await _apply(session, source, event)
    row = {
        "id": ids.new_id(),
        "source": source,
        "event_id": event_id,
        "type": event.type,
        "external_no": str(event.data.get("external_no", ""))[:120] or None,
        "occurred_at": event.occurred_at,
        "fingerprint": mark,
        "body": body.decode(),
        "state": state,
        "case_no": case_no,
        "received_at": clock.now(),
    }
    session.append(InboxMessage, row)
    return Accepted(event_id=event_id, status="accepted", case_no=case_no)


async def apply_waiting(session: Session, limit: int = 200) -> int:
    """Apply messages whose case has come in the meantime; returns how many."""
    applied = 0
    for message in await repository.waiting(session, limit):
        state, case_no = await _apply(session, message.source, _parse(HotlineEvent, message.body.encode()))
        if state is not MessageState.WAITING:
            message.state, message.case_no = state, case_no
            applied += 1
    return applied


def _parse(model: type[M], body: bytes) -> M:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise BodyUnreadable(errors=_fields(error)) from error


def _data(model: type[M], event: HotlineEvent) -> M:
    try:
        return model.model_validate(event.data)
    except ValidationError as error:
        raise BodyUnreadable(errors=_fields(error, "data.")) from error


def _fields(error: ValidationError, prefix: str = "") -> list[FieldProblem]:
    return [
        FieldProblem(path=prefix + ".".join(map(str, item["loc"])), code=item["type"], message=item["msg"])
        for item in error.errors(include_url=False, include_input=False)
    ]


async def _apply(session: Session, source: str, event: HotlineEvent) -> tuple[MessageState, str | None]:
    match event.type:
        case "case.created":
            return await _created(session, source, event, _data(CaseCreatedData, event))
        case "case.replied":
            return await _replied(session, source, _data(CaseRepliedData, event))
        case "case.urged":
            return await _urged(session, source, _data(CaseUrgedData, event))
    return MessageState.KEPT, None


def _platform(source: str) -> Author:
    return Author(ActorKind.MACHINE, None, source)


async def _created(
    session: Session, source: str, event: HotlineEvent, data: CaseCreatedData
) -> tuple[MessageState, str | None]:
    known = await cases.number_of_external(session, source, data.external_no)
    if known is not None:
        return MessageState.APPLIED, known
    names = await taxonomy.names(session, intake.CATEGORY_SCHEME)
    codes = {name: code for code, name in names.items()} | {code: code for code in names}
    category = codes.get(data.category) if data.category else None
    identity, caller = _known_as(data)
    draft = CaseDraft(
        kind=rules.kind_of(data.kind),
        channel=rules.channel_of(data.channel),
        urgency=rules.urgency_of(data.urgency),
        title=data.title[:MAX_TITLE],
        content=data.content,
        received_at=data.received_at or event.occurred_at,
        occurred_at=data.occurred_at,
        category_code=category,
        caller_name=caller.name if caller else None,
        caller_phone=caller.phone if caller else None,
        identity=identity,
        place=data.place,
        source=source,
        external_no=data.external_no,
        raw_values=rules.kept_raw(event.data, category_known=category is not None),
    )
    case, _ = await intake.register(session, _platform(source), draft)
    return MessageState.APPLIED, case.no


def _known_as(data: CaseCreatedData) -> tuple[Identity, HotlineCaller | None]:
    """How the caller is known and what is kept of them; a message is never refused for it."""
    caller = data.caller if data.caller and (data.caller.name or data.caller.phone) else None
    wanted = rules.identity_of(data.identity) if caller else None
    flags = {"anonymous": data.anonymous, "confidential": data.confidential}
    identity = cases_rules.identity_of(wanted, **flags, has_caller=caller is not None)
    return identity, None if identity is Identity.ANONYMOUS else caller


async def _replied(session: Session, source: str, data: CaseRepliedData) -> tuple[MessageState, str | None]:
    case = await cases.find_external(session, source, data.external_no)
    if case is None:
        return MessageState.WAITING, None
    await cases.reply_by_source(session, _platform(source), case, data.text, data.replied_at)
    return MessageState.APPLIED, case.no


async def _urged(session: Session, source: str, data: CaseUrgedData) -> tuple[MessageState, str | None]:
    case = await cases.find_external(session, source, data.external_no)
    if case is None:
        return MessageState.WAITING, None
    cases.urge_by_source(session, _platform(source), case, data.note)
    return MessageState.APPLIED, case.no
