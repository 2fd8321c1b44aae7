"""What cases do on events: the unit that has a new case is told."""

from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.features.cases.events import CaseDispatched
from xiaoneng.features.cases.models.case import SUBJECT_TYPE
from xiaoneng.features.cases.service import system
from xiaoneng.kit.db import Session


@subscribe(CaseDispatched)
async def tell_unit(session: Session, event: CaseDispatched) -> None:
    """Notify the heads and liaisons of the unit, except those whom the case names."""
    case = await system.get(session, event.subject_id)
    recipients = await system.recipients(session, case, event.unit_id)
    message = Message(
        title=f"新派发诉求 {case.no}",
        body=case.title,
        subject_type=SUBJECT_TYPE,
        subject_id=case.id,
        dedupe_key=f"case.dispatched:{case.id}:{case.rev}",
    )
    notify(session, recipients, message)
