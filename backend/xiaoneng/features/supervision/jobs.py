"""Whom supervision tells."""

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClockBreached, ClockEscalated, ClockEvent, ClockWarned
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.service import system
from xiaoneng.features.supervision.events import CaseListed, InstructionGiven
from xiaoneng.features.supervision.models.instructions import INSTRUCTION
from xiaoneng.features.supervision.models.listings import LISTING
from xiaoneng.features.supervision.repository import instructions, listings
from xiaoneng.kit.db import Session

_OF_UNIT = (Role.UHD, Role.ULN)


@subscribe(InstructionGiven)
async def tell_addressee(session: Session, event: InstructionGiven) -> None:
    """Tell the unit's heads and liaisons, and the person addressed, of a leader's instruction."""
    task = await instructions.get(session, event.subject_id)
    if task is None:
        return
    case = await system.get(session, task.case_id)
    recipients = {*await accounts.accounts_answering(session, task.unit_id, 0, task.person_id)}
    recipients |= {*await accounts.accounts_of(session, task.unit_id, _OF_UNIT)}
    message = Message(
        title=f"领导批示 {case.no}",
        body=task.text,
        subject_type="case",
        subject_id=case.id,
        dedupe_key=f"case_instruction.given:{task.id}",
    )
    notify(session, sorted(recipients), message)


@subscribe(CaseListed)
async def tell_unit(session: Session, event: CaseListed) -> None:
    """Tell the unit that its case is listed and that it reports every week."""
    listing = await listings.get(session, event.subject_id)
    if listing is None:
        return
    message = Message(
        title=f"挂牌督办 {listing.no}，请每周报送进展",
        body=listing.grounds,
        subject_type="case",
        subject_id=listing.case_id,
        dedupe_key=f"case_listing.listed:{listing.id}",
    )
    notify(session, await accounts.accounts_of(session, event.unit_id, _OF_UNIT), message)


async def tell_ladder(session: Session, event: ClockEvent) -> None:
    """Wake those whom the reached rung concerns, unless it was overtaken while they slept."""
    if event.object_type not in {INSTRUCTION, LISTING} or event.unit_id is None:
        return
    if not await worktime.still_holds(session, event.subject_id, event.level):
        return
    rows = instructions if event.object_type == INSTRUCTION else listings
    found = await rows.get(session, event.object_id)
    if found is None:
        return
    case = await system.get(session, found.case_id)
    message = Message(
        title=event.headline(case.no),
        body=event.words(case.title),
        subject_type="case",
        subject_id=case.id,
        dedupe_key=f"clock:{event.subject_id}:{event.level}:{event.due_at.isoformat()}",
    )
    person = getattr(found, "person_id", None)
    notify(session, await accounts.accounts_answering(session, event.unit_id, event.level, person), message)


for _rung in (ClockWarned, ClockBreached, ClockEscalated):
    subscribe(_rung)(tell_ladder)
