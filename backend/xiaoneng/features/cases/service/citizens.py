"""What a citizen says by the receipt besides a rating: more about the case, or that a closed one is not solved."""

from datetime import timedelta

from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import CITIZEN, Change
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.errors.receipts import CaseOver, DisputeTooLate, NotDisputable, SupplementsUsedUp
from xiaoneng.features.cases.events import CaseMoved, CaseSupplemented
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, CaseStatus, ContactKind
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.schemas.public import DisputeInput, SupplementInput, TrackRead
from xiaoneng.features.cases.service import effects, receipts, reopening
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.features.cases.transitions import MACHINE
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.machine import IllegalTransition

_DAY = timedelta(days=1)


async def supplement(session: Session, database: Database, body: SupplementInput) -> TrackRead:
    """Add something to a case under way; whoever works on it is told. The case itself, and its revision, stay.

    Raises ReceiptUnknown, ReceiptThrottled, CaseOver and SupplementsUsedUp.
    """
    case = await receipts.open_case(session, database, body, for_update=True)
    if case.status is CaseStatus.CLOSED:
        raise CaseOver
    now = clock.now()
    written = await repository.written(session, case.id)
    today = [one for one in written if one.kind is ContactKind.SUPPLEMENT and one.at > now - _DAY]
    if len(today) >= rules.SUPPLEMENTS_A_DAY:
        raise SupplementsUsedUp
    record_id = effects.note_citizen(session, case.id, ContactKind.SUPPLEMENT, body.text)
    change = Change("supplement", case.status, case.status, changes={"note": body.text})
    timeline.record(session, CITIZEN, SUBJECT_TYPE, case.id, change)
    await outbox.publish(session, CaseSupplemented(subject_id=case.id, record_id=record_id))
    await session.write_buffered()
    return await receipts.view(session, case)


async def dispute(session: Session, database: Database, body: DisputeInput) -> TrackRead:
    """Say that a closed case is not solved: within the window it goes back to work at once, under limits of its own.

    Raises ReceiptUnknown, ReceiptThrottled, NotDisputable and DisputeTooLate.
    """
    case = await receipts.open_case(session, database, body, for_update=True)
    before = case.status
    try:
        step = MACHINE.step(before, "reopen")
    except IllegalTransition as error:
        raise NotDisputable from error
    until = await receipts.dispute_ends(session, case)
    if until is None or clock.now() > until:
        raise DisputeTooLate
    effects.note_citizen(session, case.id, ContactKind.DISPUTE, body.reason)
    case.disputed_at = clock.now()
    DOOR.move(case, step.target)
    changes = await reopening.reopen(session, CITIZEN, case, body.reason)
    change = Change("dispute", before, case.status, body.reason, changes)
    timeline.record(session, CITIZEN, SUBJECT_TYPE, case.id, change)
    await outbox.publish(session, CaseMoved(subject_id=case.id, action="dispute"))
    await session.write_buffered()
    return await receipts.view(session, case)
