"""The desk across all kinds of work, and reply latencies."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import SUBJECT_TYPE as CASE
from xiaoneng.features.cases.service import reading as cases
from xiaoneng.features.rectification.models.items import SUBJECT_TYPE as ITEM
from xiaoneng.features.rectification.service import reading as items
from xiaoneng.features.statistics.schemas import (
    DeskCounts,
    DeskRead,
    DeskRow,
    LatencyBucket,
    LatencyQuery,
    LatencyRead,
)
from xiaoneng.features.supervision.models.instructions import INSTRUCTION
from xiaoneng.features.supervision.service import instructions
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs

HORIZON = timedelta(days=30)
"""Longer than any usual limit: what has to be signed today often ends weeks from now."""
DESK_LIMIT = 100
_NOBODY_OWES = frozenset({"issue_receipt", "reveal_caller", "add_co_units", "void", "waive_institution", "withdraw"})
"""What may be done on request; alone it is no work."""
_ITEMS_GO_ON = frozenset({"urge", "assign"})
"""The same for items of the ledger, which is where they are urged; a case is urged from the desk."""
_CHANGES_UNIT = "designate"
"""Work while nobody has the matter, an intervention once somebody has."""


async def desk(session: Session, actor: Actor) -> DeskRead:
    """The unfinished work the actor can do something about, by urgency."""
    now = clock.now()
    midnight = datetime.combine(clock.today() + timedelta(days=1), time(), clock.REGION_ZONE)
    horizon = now + HORIZON
    rows = [
        *[await _row(session, actor, CASE, case, cases) for case in await _due(session, actor, cases, horizon)],
        *[await _row(session, actor, ITEM, item, items) for item in await _due(session, actor, items, horizon)],
        *(await _told(session, actor, horizon)),
    ]
    mine = sorted((row for row in rows if row.next_action), key=lambda row: row.due_at)
    overdue = [row for row in mine if row.deadline and row.due_at < now]
    today = [row for row in mine if row.deadline and now <= row.due_at < midnight]
    later = [row for row in mine if row.deadline is None or row.due_at >= midnight]
    counts = DeskCounts(overdue=len(overdue), today=len(today), next=len(later))
    return DeskRead(overdue=overdue, today=today, next=later, counts=counts)


async def _due(session: Session, actor: Actor, reading: Any, before: datetime) -> Sequence[Any]:
    found: Sequence[Any] = await reading.due_soon(session, actor, before, DESK_LIMIT)
    return found


async def _row(session: Session, actor: Actor, subject_type: str, subject: Any, reading: Any) -> DeskRow:
    actions = action_refs(await reading.available(session, actor, subject))
    units = await organization.unit_refs(session)
    kind = items.deadline_kind(subject) if subject_type == ITEM else "finish"
    deadline = worktime.deadline(await worktime.calendar(session), kind, subject.due_at)
    return DeskRow(
        subject_type=subject_type,
        subject_id=subject.id,
        no=subject.no,
        title=subject.title,
        status=subject.status,
        unit=units.get(subject.lead_unit_id),
        due_at=subject.due_at,
        lamp=worktime.lamp(deadline),
        deadline=deadline,
        next_action=next((action for action in actions if _is_owed(action.action, subject_type, subject)), None),
        rev=subject.rev,
    )


async def _told(session: Session, actor: Actor, before: datetime) -> list[DeskRow]:
    """Leaders' instructions: the addressee owes a report; what is reported waits for its judge without a limit."""
    if not actor.holds("instruction:read"):
        return []
    units = await organization.unit_refs(session)
    rows = []
    for task, case_no in await instructions.due_soon(session, actor, before, DESK_LIMIT):
        actions = action_refs(await instructions.available(session, actor, task))
        deadline = await instructions.deadline_of(session, task)
        rows.append(
            DeskRow(
                subject_type=INSTRUCTION,
                subject_id=task.id,
                no=case_no,
                title=task.text,
                status=task.status,
                unit=units.get(task.unit_id),
                due_at=task.due_at,
                lamp=worktime.lamp(deadline),
                deadline=deadline,
                next_action=next((one for one in actions if one.action not in _NOBODY_OWES), None),
                rev=task.rev,
                case_id=task.case_id,
            )
        )
    return rows


def _is_owed(action: str, subject_type: str, subject: Any) -> bool:
    if subject_type == ITEM and action in _ITEMS_GO_ON:
        return False
    return action not in _NOBODY_OWES and (action != _CHANGES_UNIT or subject.lead_unit_id is None)


async def reply_latency(session: Session, actor: Actor, chosen: LatencyQuery) -> LatencyRead:
    """How fast replies came, among the cases the actor may know of."""
    counted = await cases.latencies(session, actor, chosen.source)
    within = [
        LatencyBucket(working_days=limit, count=sum(count for days, count in counted if days <= limit))
        for limit in chosen.within
    ]
    return LatencyRead(replied=sum(count for _, count in counted), within=within)
