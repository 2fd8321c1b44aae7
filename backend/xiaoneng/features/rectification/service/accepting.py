"""Joint acceptance, public notice, objections, closing, and what comes back (SM-3, S4-10, S1-12)."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.organization.service import serving
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.rectification.errors.acceptance import (
    BodiesRefused,
    NoNotice,
    NotAMember,
    NothingToSign,
    ObjectionUnknown,
    SignedAlready,
)
from xiaoneng.features.rectification.events import ItemClosed
from xiaoneng.features.rectification.models.acceptance import (
    Acceptance,
    AcceptanceResult,
    AcceptanceSignature,
    CloseoutNotice,
    Objection,
)
from xiaoneng.features.rectification.models.items import (
    PUBLICITY,
    RECTIFY,
    SUBJECT_TYPE,
    ItemStatus,
    RectificationItem,
)
from xiaoneng.features.rectification.repository import acceptance as repository
from xiaoneng.features.rectification.schemas.acceptance import (
    ConveneInput,
    NoticeInput,
    ObjectionAnswer,
    ObjectionInput,
    SignInput,
)
from xiaoneng.features.rectification.schemas.actions import AcceptInput
from xiaoneng.features.rectification.service.door import facts_of
from xiaoneng.features.rectification.service.effects import send_back
from xiaoneng.features.rectification.service.institutions_linking import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session


@DOOR.on("convene", ConveneInput)
async def _convene(session: Session, actor: Actor, item: RectificationItem, body: ConveneInput) -> Changes:
    """R-07: at least two bodies, none of them set up at a unit concerned or below it."""
    wanted = list(dict.fromkeys(body.body_ids))
    bodies = await serving.body_refs(session, wanted)
    concerned = (await facts_of(session, item)).units
    fits = all(one in bodies and bodies[one].exists and bodies[one].unit_id not in concerned for one in wanted)
    if not fits or len(wanted) < len(body.body_ids):
        raise BodiesRefused
    called = Acceptance(item_id=item.id, convened_by_name=actor.name)
    session.add(called)
    await session.flush()
    for body_id in wanted:
        session.add(AcceptanceSignature(acceptance_id=called.id, body_id=body_id))
    item.is_joint, item.signer_ids = True, await serving.members_of(session, wanted)
    return {"bodies": "、".join(bodies[body_id].name for body_id in wanted)}


@DOOR.on("sign_acceptance", SignInput)
async def _sign(session: Session, actor: Actor, item: RectificationItem, body: SignInput) -> Changes:
    """The last body that agrees makes the item accepted; the first that does not sends it back to work."""
    called = await repository.open_acceptance(session, item.id)
    signatures = await repository.signatures(session, [called.id] if called else [])
    mine = next((one for one in signatures if one.body_id == body.body_id), None)
    if called is None or mine is None:
        raise NothingToSign
    if mine.signed_at is not None or actor.id in {one.signed_by for one in signatures}:
        raise SignedAlready
    if body.body_id not in await serving.bodies_of(session, actor.person_id):
        raise NotAMember
    mine.passed, mine.opinion = body.passed, body.opinion
    mine.signed_by, mine.signed_by_name, mine.signed_at = actor.id, actor.name, clock.now()
    if not body.passed:
        called.result, called.ended_at = AcceptanceResult.FAILED, clock.now()
        send_back(item)
    elif all(one.passed for one in signatures):
        called.result, called.ended_at = AcceptanceResult.PASSED, clock.now()
        await _accepted(session, item)
    name = (await serving.body_refs(session, [body.body_id]))[body.body_id].name
    return {"body": name, "passed": body.passed, "opinion": body.opinion}


async def _accepted(session: Session, item: RectificationItem) -> None:
    """What the unit had to do is done; the days of the notice are not its own."""
    item.status, item.accepted_at, item.signer_ids = ItemStatus.ACCEPTED, clock.now(), []
    await worktime.stop_clock(session, SUBJECT_TYPE, item.id, RECTIFY)


@DOOR.on("accept", AcceptInput)
async def _accept(session: Session, _: Actor, item: RectificationItem, body: AcceptInput) -> Changes:
    item.conclusion = body.conclusion
    await _accepted(session, item)
    return {"conclusion": body.conclusion}


@DOOR.on("announce", NoticeInput)
async def _announce(session: Session, actor: Actor, item: RectificationItem, body: NoticeInput) -> Changes:
    """For as many working days as the time policy in force says."""
    started = await worktime.start_clock(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        kind=PUBLICITY,
        policy_code="closeout_publicity",
        started_at=clock.now(),
        unit_id=None,
    )
    item.is_public = True
    notice = CloseoutNotice(**body.model_dump(), item_id=item.id, published_by_name=actor.name, until=started.due_at)
    session.add(notice)
    return {"title": body.title, "until": started.due_at.isoformat()}


@DOOR.on("record_objection", ObjectionInput)
async def _object(session: Session, actor: Actor, item: RectificationItem, body: ObjectionInput) -> Changes:
    notice = await _running(session, item)
    session.add(Objection(item_id=item.id, notice_id=notice.id, text=body.text, recorded_by_name=actor.name))
    return {"text": body.text}


@DOOR.on("answer_objection", ObjectionAnswer)
async def _answer(session: Session, actor: Actor, item: RectificationItem, body: ObjectionAnswer) -> Changes:
    """One that holds ends the notice and sends the item back, due on the day agreed or, if that is over, today."""
    waiting = {one.id: one for one in await repository.objections(session, item.id) if one.answered_at is None}
    found = waiting.get(body.objection_id)
    if found is None:
        raise ObjectionUnknown
    found.upheld, found.answer = body.upheld, body.answer
    found.answered_by_name, found.answered_at = actor.name, clock.now()
    if body.upheld:
        await _end_notice(session, item)
        send_back(item)
        await _resume(session, item)
    return {"upheld": body.upheld, "answer": body.answer}


async def _resume(session: Session, item: RectificationItem) -> None:
    today = clock.today()
    due_on = max(item.due_on or today, today)
    started = await worktime.start_clock_until(
        session, subject_type=SUBJECT_TYPE, subject_id=item.id, kind=RECTIFY, due_on=due_on, unit_id=item.lead_unit_id
    )
    item.due_at = started.due_at


async def _running(session: Session, item: RectificationItem) -> CloseoutNotice:
    notice = await repository.open_notice(session, item.id)
    if notice is None:
        raise NoNotice
    return notice


async def _end_notice(session: Session, item: RectificationItem) -> None:
    notice = await repository.open_notice(session, item.id)
    if notice is not None:
        notice.ended_at = clock.now()
        await worktime.stop_clock(session, SUBJECT_TYPE, item.id, PUBLICITY)


@DOOR.on("close", AcceptInput)
async def _close(session: Session, _: Actor, item: RectificationItem, body: AcceptInput) -> Changes:
    item.conclusion, item.closed_at = body.conclusion, clock.now()
    item.accepted_at = item.accepted_at or item.closed_at
    await _end_notice(session, item)
    await worktime.stop_clock(session, SUBJECT_TYPE, item.id, RECTIFY)
    await outbox.publish(session, ItemClosed(subject_id=item.id))
    return {"conclusion": body.conclusion}


__all__ = ["DOOR"]
