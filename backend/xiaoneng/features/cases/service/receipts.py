"""The citizen's side: a receipt opens the case, shows its promises, and takes a rating.

Unknown number and wrong secret cost the same and read the same; tries are counted per receipt and for all together
(security.md bar 2).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import CITIZEN, Change
from xiaoneng.core.worktime.models.words import ClockState
from xiaoneng.core.worktime.schemas.clocks import ClockView
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.core.worktime.service import windows
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.errors.receipts import NotRateable, ReceiptThrottled, ReceiptUnknown
from xiaoneng.features.cases.models.case import (
    SUBJECT_TYPE,
    Case,
    CaseChannel,
    CaseContact,
    CaseStatus,
    CloseReason,
    ContactKind,
    Solved,
)
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.schemas.actions import CallBackInput, CaseDraft
from xiaoneng.features.cases.schemas.public import (
    PromiseRead,
    PublicCaseCreate,
    PublicCaseCreated,
    PublicEntry,
    PublicRating,
    PublicReply,
    RateInput,
    ReceiptInput,
    ReceiptRead,
    TrackRead,
)
from xiaoneng.features.cases.service import effects, intake
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.passwords import hash_secret, secret_matches

TRIES_PER_RECEIPT = 10
TRIES_FOR_ALL = 60
WINDOW = timedelta(minutes=1)
STATUS_TEXTS = {
    CaseStatus.REGISTERED: "已登记，正在确定承办单位",
    CaseStatus.TO_SIGN: "已派往承办单位，等待签收",
    CaseStatus.HANDLING: "承办单位正在办理",
    CaseStatus.REPLIED: "已答复，请您评价",
    CaseStatus.CLOSED: "已办结",
    CaseStatus.MERGED: "与他人反映的同一件事合并办理，答复会同样告诉您",
}
_WRITTEN = {ContactKind.SUPPLEMENT: "您补充了情况", ContactKind.DISPUTE: "您提出异议，重新办理"}
_ANSWERED = {
    Solved.YES: "回访时您说已经解决",
    Solved.PARTLY: "回访时您说只解决了一部分",
    Solved.NO: "回访时您说没有解决",
}
_AGAIN = "承办单位正在重新办理"
_PROMISED = ("contact", "finish")


async def submit(session: Session, body: PublicCaseCreate) -> PublicCaseCreated:
    """Register a citizen's own case and give them a receipt. Raises InvalidInput."""
    contact = body.contact
    draft = CaseDraft(
        **body.model_dump(exclude={"contact"}),
        channel=CaseChannel.WEB,
        caller_name=contact.name if contact else None,
        caller_phone=contact.phone if contact else None,
        received_at=clock.now(),
    )
    case, clocks = await intake.register(session, CITIZEN, draft)
    await session.write_buffered()
    receipt = await issue(session, case)
    return PublicCaseCreated(no=case.no, receipt=receipt, promises=_promises(clocks))


async def issue(session: Session, case: Case) -> ReceiptRead:
    """Give a case a new receipt; an earlier one stops working."""
    receipt = rules.new_receipt()
    row = {
        "case_id": case.id,
        "number": receipt.number,
        "secret_hash": await hash_secret(receipt.secret),
        "issued_at": clock.now(),
    }
    await repository.save_receipt(session, row)
    return ReceiptRead(number=receipt.number, secret=receipt.secret)


async def track(session: Session, database: Database, body: ReceiptInput) -> TrackRead:
    """What happened to the case. Raises ReceiptUnknown and ReceiptThrottled."""
    return await view(session, await open_case(session, database, body))


async def rate(session: Session, database: Database, body: RateInput) -> TrackRead:
    """Take the citizen's judgement of the reply and close the case.

    Raises ReceiptUnknown, ReceiptThrottled and NotRateable.
    """
    case = await open_case(session, database, body, for_update=True)
    if case.status is not CaseStatus.REPLIED:
        raise NotRateable
    rating = CallBackInput(solved=body.solved, stars=body.stars, note=body.comment or None)
    await effects.close_rated(session, case, rating, CloseReason.RATED)
    before = case.status
    DOOR.move(case, CaseStatus.CLOSED)
    changes = {"stars": body.stars, "solved": body.solved}
    timeline.record(session, CITIZEN, SUBJECT_TYPE, case.id, Change("rate", before, case.status, changes=changes))
    await session.write_buffered()
    return await view(session, case)


async def open_case(session: Session, database: Database, body: ReceiptInput, *, for_update: bool = False) -> Case:
    """The case of a receipt. Raises ReceiptUnknown and ReceiptThrottled."""
    await _count_try(database, body.number)
    receipt = await repository.find_receipt(session, body.number)
    matches = await secret_matches(receipt.secret_hash if receipt else None, body.secret)
    case = await repository.get(session, receipt.case_id, for_update=for_update) if receipt and matches else None
    if case is None:
        raise ReceiptUnknown
    return case


async def _count_try(database: Database, number: str) -> None:
    """Count in a transaction of its own: a refused request must leave its trace."""
    now = clock.now()
    window = now.replace(second=0, microsecond=0)
    async with database.unit_of_work() as counting:
        mine = await repository.count_attempt(counting, number, window)
        everyones = await repository.count_attempt(counting, "*", window)
    if mine > TRIES_PER_RECEIPT or everyones > TRIES_FOR_ALL:
        wait = int((window + WINDOW - now).total_seconds()) + 1
        raise ReceiptThrottled(headers={"Retry-After": str(wait)})


async def view(session: Session, case: Case) -> TrackRead:
    """What the citizen sees; a merged case shows the promise and the unit of the case that stands for the matter."""
    matter = await repository.get(session, case.merged_into_id) if case.merged_into_id else None
    matter = matter or case
    clocks = (await worktime.clocks_of(session, SUBJECT_TYPE, [matter.id])).get(matter.id, [])
    units = await organization.unit_refs(session)
    unit = units.get(matter.lead_unit_id) if matter.lead_unit_id else None
    until = await dispute_ends(session, case)
    reply = None
    if case.reply_text is not None and case.replied_at is not None:
        reply = PublicReply(text=case.reply_text, replied_at=case.replied_at)
    return TrackRead(
        no=case.no,
        title=case.title,
        kind=case.kind,
        identity=case.identity,
        status=case.status,
        status_text=_AGAIN if _is_redone(case) else STATUS_TEXTS[case.status],
        received_at=case.received_at,
        promises=_promises(clocks),
        unit=unit.name if unit else None,
        reply=reply,
        rating=PublicRating(stars=case.stars, solved=case.solved) if case.rated_at else None,
        can_rate=case.status is CaseStatus.REPLIED,
        can_supplement=case.status is not CaseStatus.CLOSED,
        can_dispute=until is not None and clock.now() <= until,
        dispute_until=until,
        entries=_entries(case, matter, unit.name if unit else None, await repository.said(session, case.id)),
    )


def _is_redone(case: Case) -> bool:
    return case.status is CaseStatus.HANDLING and case.redo_count > 0


async def dispute_ends(session: Session, case: Case) -> datetime | None:
    """Until when the citizen may say that a closed case is not solved; None while it is open."""
    if case.closed_at is None:
        return None
    return await windows.ends(session, rules.DISPUTE_POLICY, "window", case.closed_at)


def _entries(case: Case, matter: Case, unit: str | None, said: Sequence[CaseContact]) -> list[PublicEntry]:
    steps: list[tuple[datetime | None, str, str | None]] = [
        (case.received_at, "收到您的诉求", None),
        (matter.dispatched_at and max(matter.dispatched_at, case.received_at), "派往承办单位", unit),
        (case.replied_at, "承办单位已答复", None),
        (case.rated_at, "您已评价", None),
        (case.closed_at, "办结", None),
    ]
    steps += [(one.at, *_words_of(one)) for one in said]
    happened = sorted((step for step in steps if step[0] is not None), key=lambda step: step[0] or case.received_at)
    return [PublicEntry(at=at, title=title, detail=detail) for at, title, detail in happened if at is not None]


def _words_of(one: CaseContact) -> tuple[str, str | None]:
    """What was said in public words: an answer on the telephone without the note that the caller took."""
    return (_ANSWERED[one.solved], None) if one.solved else (_WRITTEN[one.kind], one.note)


def _promises(clocks: list[ClockView]) -> list[PromiseRead]:
    return [
        PromiseRead(kind=view.kind, due_at=view.due_at, provisional=view.provisional)
        for view in clocks
        if view.kind in _PROMISED and view.due_at is not None and view.state is ClockState.RUNNING
    ]
