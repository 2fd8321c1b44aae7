"""The door of inspections, and how their facts are gathered."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Denial, Door, Judge
from xiaoneng.features.inspections.events.inspections import InspectionMoved
from xiaoneng.features.inspections.models.inspections import INSPECTION, Inspection, InspectionStatus
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.repository import findings
from xiaoneng.features.inspections.repository import inspections as repository
from xiaoneng.features.inspections.transitions.inspections import INSPECTIONS
from xiaoneng.features.rectification.service import system as items
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound

_JUDGED = frozenset({InspectionStatus.CONFIRMING, InspectionStatus.REPORTED})


async def _facts(session: Session, inspection: Inspection) -> policies.Facts:
    status = inspection.status
    if status is InspectionStatus.EXECUTING:
        return policies.Facts(visits_left=await repository.visits_left(session, inspection.id))
    if status in _JUDGED:
        return policies.Facts(findings=await findings.states(session, inspection.id))
    if status is InspectionStatus.FOLLOW_UP:
        led_to = await findings.item_ids(session, inspection.id)
        return policies.Facts(items_open=await items.any_open(session, led_to))
    return policies.Facts()


async def _judge(session: Session, actor: Actor, inspection: Inspection) -> Judge:
    facts = await _facts(session, inspection)

    def judge(action: str) -> Denial:
        return policies.denial(action, actor, inspection, facts)

    return judge


DOOR: Door[Inspection] = Door(
    INSPECTION,
    INSPECTIONS,
    standing=policies.standing,
    judge=_judge,
    moved=lambda inspection_id, action: InspectionMoved(subject_id=inspection_id, action=action),
)


async def perform(session: Session, actor: Actor, inspection_id: UUID, command: Command) -> Inspection:
    """Do one step of an inspection. Raises what `Door.perform` raises."""
    inspection = await repository.find(session, actor, inspection_id, for_update=True)
    if inspection is not None and not policies.sees_whole(actor, inspection):
        raise NotFound
    return await DOOR.perform(session, actor, inspection, command)
