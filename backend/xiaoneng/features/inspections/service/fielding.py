"""In the field: answering the checklist and recording findings from a device that may have been offline.

The device makes the keys, so that sending again does nothing; an answer says over which one it was given, so that
nobody's is written over unseen. Every answer that arrived is kept.
"""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files import service as files
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.inspections.errors.findings import (
    AnswerChanged,
    IdTaken,
    LineUnknown,
    NotInTheField,
    SeenLater,
)
from xiaoneng.features.inspections.events.inspections import FindingMoved, InspectionMoved
from xiaoneng.features.inspections.models.findings import FINDING, ChecklistAnswer, Finding
from xiaoneng.features.inspections.models.inspections import Inspection, InspectionStatus, VisitStatus
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.repository import findings as repository
from xiaoneng.features.inspections.repository import inspections
from xiaoneng.features.inspections.schemas.checklists import ChecklistContent
from xiaoneng.features.inspections.schemas.findings import AnswerInput, FindingCreate
from xiaoneng.features.inspections.service.findings import require_content
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound


async def _in_the_field(session: Session, actor: Actor, row_id: UUID) -> Any:
    """The unit and the inspection, both kept from moving on. Raises NotFound and PermissionDenied."""
    found = await inspections.find_row(session, actor, row_id, for_update=True)
    if found is None:
        raise NotFound
    if not actor.may("inspection:conduct", policies.standing(found.Inspection)):
        raise PermissionDenied
    return found


def _require_open(inspection: Inspection, status: VisitStatus) -> None:
    if inspection.status is not InspectionStatus.EXECUTING or status is not VisitStatus.OPEN:
        raise NotInTheField


async def _require_line(session: Session, inspection: Inspection, key: str) -> None:
    edition = await inspections.checklist_of(session, inspection.checklist_id)
    if key not in {line.key for line in ChecklistContent.model_validate(edition.content).lines}:
        raise LineUnknown


async def answer(session: Session, actor: Actor, row_id: UUID, body: AnswerInput) -> ChecklistAnswer:
    """Answer a line. The same key again gives what is there; over another answer than the last it is refused.

    Raises NotFound, PermissionDenied, NotInTheField, LineUnknown, SeenLater, IdTaken and AnswerChanged.
    """
    found = await _in_the_field(session, actor, row_id)
    known = await repository.answer(session, body.id)
    if known is not None:
        if (known.row_id, known.item_key, known.by) != (row_id, body.item_key, actor.id):
            raise IdTaken
        return known
    _require_open(found.Inspection, found.InspectedUnit.status)
    await _require_line(session, found.Inspection, body.item_key)
    if body.seen_at > clock.now():
        raise SeenLater
    last = await repository.last_rev(session, row_id, body.item_key)
    if body.base_rev != last:
        raise AnswerChanged
    given = ChecklistAnswer(
        **body.model_dump(exclude={"base_rev"}), row_id=row_id, rev=last + 1, by=actor.id, by_name=actor.name
    )
    session.add(given)
    await outbox.publish(session, InspectionMoved(subject_id=found.Inspection.id, action="answer"))
    return given


async def record(session: Session, actor: Actor, body: FindingCreate) -> Finding:
    """Record a finding; the same key again gives what is there.

    Raises NotFound, PermissionDenied, NotInTheField, LineUnknown, IdTaken, NotAttachable and what
    `require_content` raises.
    """
    found = await _in_the_field(session, actor, body.row_id)
    known = await repository.get(session, body.id)
    if known is not None:
        if (known.row_id, known.recorded_by) != (body.row_id, actor.id):
            raise IdTaken
        return known
    _require_open(found.Inspection, found.InspectedUnit.status)
    if body.item_key is not None:
        await _require_line(session, found.Inspection, body.item_key)
    await require_content(session, body)
    await files.attach(session, actor, body.file_ids, FINDING, body.id)
    finding = Finding(
        **body.model_dump(),
        inspection_id=found.Inspection.id,
        unit_id=found.InspectedUnit.unit_id,
        recorded_by=actor.id,
        recorded_by_name=actor.name,
    )
    session.add(finding)
    changes = {"facts": body.facts, "problem_code": body.problem_code, "seen_at": body.seen_at.isoformat()}
    timeline.record(
        session, actor.author, FINDING, finding.id, Change("record", to_state=finding.status, changes=changes)
    )
    await outbox.publish(session, FindingMoved(subject_id=finding.id, action="record"))
    return finding
