"""Opening items and moving them: the one door through which an item changes its state."""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import SYSTEM, Author, Change
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import SUBJECT_TYPE as CASE
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.rectification import repository
from xiaoneng.features.rectification.events import ItemOpened
from xiaoneng.features.rectification.models import PLAN, SUBJECT_TYPE, ItemClass, ItemStatus, RectificationItem
from xiaoneng.features.rectification.schemas import ItemCreate
from xiaoneng.features.rectification.service.effects import DOOR
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

PROBLEM_SCHEME = "problem"


async def open_by(session: Session, actor: Actor, body: ItemCreate) -> RectificationItem:
    """Put a problem into the ledger by hand. Raises InvalidInput for an unknown unit or code."""
    await organization.require_unit(session, body.lead_unit_id)
    if body.problem_code is not None:
        await taxonomy.require(session, PROBLEM_SCHEME, body.problem_code)
    item = RectificationItem(**body.model_dump(), created_by=actor.id, **await _opening(session))
    return await _open(session, actor.author, item)


async def open_for_case(session: Session, case: Case, problem: str) -> RectificationItem | None:
    """Put a badly rated case into the ledger; None when it stands there already, so that a second call does nothing."""
    if await repository.find_by_source(session, CASE, case.id):
        return None
    item = RectificationItem(
        title=f"差评整改：{case.title}"[:200],
        problem=problem,
        item_class=ItemClass.DEADLINE,
        lead_unit_id=case.lead_unit_id,
        source_type=CASE,
        source_id=case.id,
        source_label=case.no,
        **await _opening(session),
    )
    return await _open(session, SYSTEM, item)


async def _opening(session: Session) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "no": await numbering.next_number(session, SUBJECT_TYPE),
        "status": ItemStatus.REGISTERED,
    }


async def _open(session: Session, author: Author, item: RectificationItem) -> RectificationItem:
    plan = await worktime.start_clock(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        kind=PLAN,
        policy_code="rectification_item",
        started_at=clock.now(),
        unit_id=item.lead_unit_id,
    )
    item.due_at = plan.due_at
    session.add(item)
    change = Change("open", to_state=item.status, changes={"source": item.source_label})
    timeline.record(session, author, SUBJECT_TYPE, item.id, change)
    await outbox.publish(session, ItemOpened(subject_id=item.id))
    return item


async def perform(session: Session, actor: Actor, item_id: UUID, command: Command) -> RectificationItem:
    """Do one action on an item, or nothing at all. Raises what `Door.perform` raises."""
    item = await repository.find_visible(session, actor, item_id, for_update=True)
    return await DOOR.perform(session, actor, item, command)
