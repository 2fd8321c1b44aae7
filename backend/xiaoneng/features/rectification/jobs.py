"""What the ledger does on events of others, and whom it tells about its own."""

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClockBreached, ClockEscalated, ClockEvent, ClockWarned
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.events import CaseRated
from xiaoneng.features.cases.service import system as cases
from xiaoneng.features.rectification.events import ItemOpened, ItemUrged
from xiaoneng.features.rectification.models.items import SUBJECT_TYPE
from xiaoneng.features.rectification.service import opening, system
from xiaoneng.kit.db import Session


@subscribe(CaseRated)
async def open_item_for_bad_rating(session: Session, event: CaseRated) -> None:
    """Two stars or fewer become an item, one for a matter (国办发〔2019〕51号: 差评核实、整改)."""
    if event.stars > rules.BAD_STARS:
        return
    case = await cases.get(session, event.subject_id)
    said = case.rating_comment or "群众未留言"
    matter = await cases.matter_of(session, case.id)
    await opening.open_for_case(
        session, matter, f"群众对诉求 {case.no} 的办理评价为 {event.stars} 星。评价内容：{said}"
    )


@subscribe(ItemOpened)
async def tell_unit(session: Session, event: ItemOpened) -> None:
    """Notify the heads and liaisons of the unit that has to plan."""
    item = await system.get(session, event.subject_id)
    if item.lead_unit_id is None:
        return
    recipients = await accounts.accounts_of(session, item.lead_unit_id, (Role.UHD, Role.ULN))
    message = Message(
        title=f"新整改项 {item.no}，请制定整改方案",
        body=item.title,
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        dedupe_key=f"rectification_item.opened:{item.id}",
    )
    notify(session, recipients, message)


@subscribe(ItemUrged)
async def tell_urged(session: Session, event: ItemUrged) -> None:
    """Remind the heads and liaisons of the lead unit, in the words of whoever urged."""
    item = await system.get(session, event.subject_id)
    if item.lead_unit_id is None:
        return
    recipients = await accounts.accounts_of(session, item.lead_unit_id, (Role.UHD, Role.ULN))
    message = Message(
        title=f"催办：整改项 {item.no}",
        body=f"{item.title}。{event.by_name}：{event.reason}",
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        dedupe_key=f"rectification_item.urged:{event.urge_id}",
    )
    notify(session, recipients, message)


async def tell_ladder(session: Session, event: ClockEvent) -> None:
    """Wake those whom the reached rung of an item's limit concerns, unless it was overtaken while they slept."""
    if event.object_type != SUBJECT_TYPE or event.unit_id is None:
        return
    if not await worktime.still_holds(session, event.subject_id, event.level):
        return
    item = await system.get(session, event.object_id)
    recipients = await accounts.accounts_answering(session, event.unit_id, event.level, item.responsible_person_id)
    message = Message(
        title=event.headline(item.no),
        body=event.words(item.title),
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        dedupe_key=f"clock:{event.subject_id}:{event.level}:{event.due_at.isoformat()}",
    )
    notify(session, recipients, message)


for _rung in (ClockWarned, ClockBreached, ClockEscalated):
    subscribe(_rung)(tell_ladder)
