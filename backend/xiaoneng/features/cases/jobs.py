"""What cases do on events: units are told of new cases, and the ladder of limits that run out."""

from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.organization.events import LeaveBegan, LeaveEnded
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClockBreached, ClockEscalated, ClockEvent, ClockWarned
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.events import CaseDispatched, CaseSteppedUp, CaseSupplemented
from xiaoneng.features.cases.models.assignments import ASSIGNMENT
from xiaoneng.features.cases.models.case import SUBJECT_TYPE
from xiaoneng.features.cases.service import exporting, importing, searching, substitution, system
from xiaoneng.kit.db import Session
from xiaoneng.kit.jobs import enqueue, job, periodic

TRANSFERS = (exporting, importing)
"""The modules that say how cases are taken out and brought in; importing them registers both."""


@subscribe(CaseDispatched)
async def tell_unit(session: Session, event: CaseDispatched) -> None:
    """Notify the heads and liaisons of the unit, except those whom the case names."""
    case = await system.get(session, event.subject_id)
    recipients = await system.recipients(session, case, event.unit_id)
    message = Message(
        title=f"{'重新办理' if case.reopened_count else '新派发'}诉求 {case.no}",
        body=case.title,
        subject_type=SUBJECT_TYPE,
        subject_id=case.id,
        dedupe_key=f"case.dispatched:{case.id}:{case.rev}",
    )
    notify(session, recipients, message)


async def tell_ladder(session: Session, event: ClockEvent) -> None:
    """Wake those whom the reached rung of a case's limit concerns, unless it was overtaken while they slept."""
    if event.object_type not in {SUBJECT_TYPE, ASSIGNMENT} or event.unit_id is None:
        return
    if not await worktime.still_holds(session, event.subject_id, event.level):
        return
    found = await system.answering(session, event.object_type, event.object_id, event.unit_id, event.level)
    if found is None:
        return
    case, recipients = found
    message = Message(
        title=event.headline(case.no),
        body=event.words(case.title),
        subject_type=SUBJECT_TYPE,
        subject_id=case.id,
        dedupe_key=f"clock:{event.subject_id}:{event.level}:{event.due_at.isoformat()}",
    )
    notify(session, recipients, message)


for _rung in (ClockWarned, ClockBreached, ClockEscalated):
    subscribe(_rung)(tell_ladder)


@subscribe(CaseSupplemented)
async def tell_of_supplement(session: Session, event: CaseSupplemented) -> None:
    """Tell whoever works on the matter that a citizen added something; nobody, while it has no unit."""
    matter = await system.matter_of(session, event.subject_id)
    message = Message(
        title=f"群众补充了情况 {matter.no}",
        body=matter.title,
        subject_type=SUBJECT_TYPE,
        subject_id=matter.id,
        dedupe_key=f"case.supplemented:{event.record_id}",
    )
    notify(session, await system.workers(session, matter), message)


@periodic("cases.read_texts", "* * * * * */5")
async def read_texts(session: Session) -> None:
    """Let new cases be found by their texts; a full batch is followed up at once."""
    if await searching.read_texts(session) == searching.BATCH:
        await enqueue(session, read_more_texts)


@job("cases.read_more_texts")
async def read_more_texts(session: Session) -> None:
    """Go on where a full batch ended."""
    if await searching.read_texts(session) == searching.BATCH:
        await enqueue(session, read_more_texts)


@subscribe(LeaveBegan)
async def hand_to_substitutes(session: Session, event: LeaveBegan) -> None:
    """R-25: no case waits because somebody is away."""
    await substitution.hand_to_substitutes(session, event.subject_id)


@subscribe(LeaveEnded)
async def give_back(session: Session, event: LeaveEnded) -> None:
    """Somebody is back, and has their open work again."""
    await substitution.give_back(session, event.subject_id)


@subscribe(CaseSteppedUp)
async def tell_of_problem(session: Session, event: CaseSteppedUp) -> None:
    """Tell the unit's heads and liaisons, and the office with its leader, of a problem order (R-17)."""
    case = await system.get(session, event.subject_id)
    recipients = {*await system.office(session, case)}
    if case.lead_unit_id is not None:
        recipients |= {*await system.recipients(session, case, case.lead_unit_id)}
    message = Message(
        title=f"已提级督办 {case.no}",
        body=case.title,
        subject_type=SUBJECT_TYPE,
        subject_id=case.id,
        dedupe_key=f"case.stepped_up:{case.id}",
    )
    notify(session, sorted(recipients), message)
