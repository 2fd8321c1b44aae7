"""Cases for the system's own work: event handlers and other features, beyond any one actor's sight."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.worktime.schemas.clocks import Moved
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.assignments import ASSIGNMENT
from xiaoneng.features.cases.models.case import SUBJECT_TYPE, Case, CaseStatus
from xiaoneng.features.cases.repository import assignments
from xiaoneng.features.cases.repository import cases as repository
from xiaoneng.features.cases.service import effects
from xiaoneng.features.cases.service.door import DOOR
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound


async def get(session: Session, case_id: UUID) -> Case:
    """One case. Raises NotFound."""
    case = await repository.get(session, case_id)
    if case is None:
        raise NotFound
    return case


async def matter_of(session: Session, case_id: UUID) -> Case:
    """The case that stands for a matter: what one was merged into, else itself. Raises NotFound."""
    case = await get(session, case_id)
    return await get(session, case.merged_into_id) if case.merged_into_id else case


async def recipients(session: Session, case: Case, unit_id: UUID) -> Sequence[UUID]:
    """The accounts of a unit's heads and liaisons, without those whom the case names (I1)."""
    return await accounts.accounts_of(
        session, unit_id, (Role.UHD, Role.ULN), except_persons=case.named_person_ids, except_units=case.named_unit_ids
    )


async def workers(session: Session, case: Case) -> Sequence[UUID]:
    """The accounts of those who work on a case in its unit: the handler, else the liaisons; without whom it names."""
    if case.lead_unit_id is None:
        return ()
    named = {"except_persons": case.named_person_ids, "except_units": case.named_unit_ids}
    return await accounts.accounts_answering(session, case.lead_unit_id, 0, case.handler_id, **named)


async def office(session: Session, case: Case) -> Sequence[UUID]:
    """The accounts of the office of the leading group and of its leader, without those whom the case names (I1)."""
    roles = (Role.LGO, Role.LGL)
    return await accounts.accounts_serving(
        session, roles, except_persons=case.named_person_ids, except_units=case.named_unit_ids
    )


async def answering(
    session: Session, object_type: str, object_id: UUID, unit_id: UUID, level: int
) -> tuple[Case, Sequence[UUID]] | None:
    """The case of a limit, and the accounts that the reached rung wakes in its unit, without those it names (I1).

    `object_type` is a case or a part of one; None when the object is gone.
    """
    part = await assignments.get(session, object_id) if object_type == ASSIGNMENT else None
    case = await repository.get(session, part.case_id if part else object_id)
    if case is None:
        return None
    handler = part.handler_id if part else case.handler_id
    named = {"except_persons": case.named_person_ids, "except_units": case.named_unit_ids}
    return case, await accounts.accounts_answering(session, unit_id, level, handler, **named)


async def _follow(session: Session, moved: Sequence[Moved]) -> None:
    dues = [(move.subject_id, move.due_at) for move in moved if move.kind == "finish"]
    if dues:
        await repository.move_due(session, dues)


worktime.register_follower(SUBJECT_TYPE, _follow)


async def find_external(session: Session, source: str, external_no: str) -> Case | None:
    """The case that a source knows by its own number, locked until the end of the transaction."""
    return await repository.find_external(session, source, external_no)


async def number_of_external(session: Session, source: str, external_no: str) -> str | None:
    """Our number of the case that a source knows by its own, if it is here."""
    return await repository.number_of_external(session, source, external_no)


async def reply_by_source(session: Session, author: Author, case: Case, text: str, replied_at: datetime) -> None:
    """Take over an answer that the source's own people gave; a case that has a reply keeps it."""
    if case.reply_text is not None:
        ignored = Change("reply_by_source", changes={"ignored": "case has a reply"})
        timeline.record(session, author, SUBJECT_TYPE, case.id, ignored)
        return
    before = case.status
    case.reply_text = text
    await effects.mark_replied(session, case, author.name, replied_at)
    DOOR.move(case, CaseStatus.REPLIED)
    change = Change("reply_by_source", before, case.status)
    timeline.record(session, author, SUBJECT_TYPE, case.id, change)


def urge_by_source(session: Session, author: Author, case: Case, note: str | None) -> None:
    """Put on record that the citizen called again."""
    timeline.record(session, author, SUBJECT_TYPE, case.id, Change("urge_by_source", reason=note))
