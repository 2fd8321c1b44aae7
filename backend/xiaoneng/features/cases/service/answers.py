"""One answer for everybody who reported the same matter (R-16), for each to judge by himself."""

from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import SYSTEM, Change
from xiaoneng.features.cases.events import CaseMoved, CaseReplied
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseStatus
from xiaoneng.features.cases.repository import merges
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit.db import Session


async def pass_on(session: Session, primary: Case) -> None:
    """The primary has its reply: so has every case that was merged into it."""
    if primary.carries_others:
        for case in await merges.carried(session, primary.id, CaseStatus.MERGED):
            await give(session, primary, case)


async def give(session: Session, primary: Case, case: Case) -> None:
    """Give one merged case the reply of its primary. It counts for no unit's speed: the matter counts once."""
    before = case.status
    case.reply_text, case.replied_at, case.replied_by = primary.reply_text, primary.replied_at, primary.replied_by
    DOOR.move(case, CaseStatus.REPLIED)
    change = Change("reply_of_primary", before, case.status, changes={"primary": primary.no})
    timeline.record(session, SYSTEM, SUBJECT_TYPE, case.id, change)
    await outbox.publish(session, CaseReplied(subject_id=case.id))


async def take_back(session: Session, primary: Case) -> None:
    """The primary goes back to work: who has not judged its reply yet waits for the next one."""
    if primary.carries_others:
        for case in await merges.carried(session, primary.id, CaseStatus.REPLIED):
            before, earlier = case.status, withdraw(case)
            DOOR.move(case, CaseStatus.MERGED)
            changes = {"primary": primary.no, "earlier_reply": earlier}
            change = Change("redo_of_primary", before, case.status, changes=changes)
            timeline.record(session, SYSTEM, SUBJECT_TYPE, case.id, change)
            await outbox.publish(session, CaseMoved(subject_id=case.id, action=change.action))


def withdraw(case: Case) -> str | None:
    """Take the reply off a case; returns what it was, for the history."""
    earlier = case.reply_text
    case.reply_text = case.replied_at = case.replied_by = case.reply_working_days = None
    case.reply_file_ids = []
    return earlier
