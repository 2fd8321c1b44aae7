"""Carrying inspections out: approval, notice, visits, release, report, disposal, closing (SM-19)."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.inspections.errors.inspections import AnswersLeft, TeamIncomplete, UnitUnknown
from xiaoneng.features.inspections.events.inspections import (
    InspectionApproved,
    InspectionNoticed,
    InspectionReleased,
)
from xiaoneng.features.inspections.models.findings import CONFIRM, FINDING, Finding, FindingStatus
from xiaoneng.features.inspections.models.inspections import (
    INSPECTION,
    InspectedUnit,
    Inspection,
    VisitStatus,
)
from xiaoneng.features.inspections.policies.inspections import MIN_TEAM
from xiaoneng.features.inspections.repository import findings
from xiaoneng.features.inspections.repository import inspections as repository
from xiaoneng.features.inspections.schemas.checklists import ChecklistContent
from xiaoneng.features.inspections.schemas.inspections import (
    InspectionConclusion,
    InspectionReport,
    SkipInput,
    VisitInput,
)
from xiaoneng.features.inspections.service.findings import FINDINGS_DOOR
from xiaoneng.features.inspections.service.planning import DOOR
from xiaoneng.features.inspections.service.recusal import require_team
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _require_ready(session: Session, inspection: Inspection) -> None:
    """The team as it is today: a secondment that has ended leaves a gap, a new relation recuses."""
    if len(inspection.team_ids) < MIN_TEAM:
        raise TeamIncomplete
    await require_team(session, inspection.team_ids, inspection.unit_ids)


@DOOR.on("approve", NoInput)
async def _approve(session: Session, actor: Actor, inspection: Inspection, _: NoInput) -> Changes:
    await _require_ready(session, inspection)
    inspection.approved_by_name = actor.name
    await outbox.publish(session, InspectionApproved(subject_id=inspection.id))
    return {}


@DOOR.on("send_notice", NoInput)
async def _send_notice(session: Session, _: Actor, inspection: Inspection, __: NoInput) -> Changes:
    await _show(session, inspection)
    await outbox.publish(session, InspectionNoticed(subject_id=inspection.id))
    return {"no": inspection.no}


async def _show(session: Session, inspection: Inspection) -> None:
    """From now on the units may know; only now it takes a number, so that no gap tells of a secret one."""
    if inspection.shown_at is None:
        inspection.no = await numbering.next_number(session, INSPECTION)
        inspection.shown_at = clock.now()


@DOOR.on("begin", NoInput)
async def _begin(session: Session, _: Actor, inspection: Inspection, __: NoInput) -> Changes:
    await _require_ready(session, inspection)
    return {}


async def _row(session: Session, inspection: Inspection, unit_id: UUID) -> InspectedUnit:
    rows = await repository.rows_of(session, inspection.id)
    row = next((one for one in rows if one.unit_id == unit_id and one.status is VisitStatus.OPEN), None)
    if row is None:
        raise UnitUnknown
    return row


@DOOR.on("finish_unit", VisitInput)
async def _finish_unit(session: Session, actor: Actor, inspection: Inspection, body: VisitInput) -> Changes:
    row = await _row(session, inspection, body.unit_id)
    edition = await repository.checklist_of(session, inspection.checklist_id)
    lines = {line.key for line in ChecklistContent.model_validate(edition.content).lines}
    if lines - {answer.item_key for answer in await findings.answers(session, row.id)}:
        raise AnswersLeft
    row.status, row.done_at, row.done_by_name = VisitStatus.VISITED, clock.now(), actor.name
    return {"unit": str(body.unit_id)}


@DOOR.on("skip_unit", SkipInput)
async def _skip_unit(session: Session, actor: Actor, inspection: Inspection, body: SkipInput) -> Changes:
    row = await _row(session, inspection, body.unit_id)
    row.status, row.done_at, row.done_by_name = VisitStatus.SKIPPED, clock.now(), actor.name
    row.skip_reason = body.reason
    return {"unit": str(body.unit_id)}


@DOOR.on("release", NoInput)
async def _release(session: Session, actor: Actor, inspection: Inspection, _: NoInput) -> Changes:
    """The findings go to the units, who have some working days to confirm or to object (a time policy)."""
    await _show(session, inspection)
    inspection.released_at = clock.now()
    found = await findings.of_inspection(session, inspection.id, FindingStatus.RECORDED)
    for finding in found:
        await _hand_over(session, actor, finding)
    await outbox.publish(session, InspectionReleased(subject_id=inspection.id))
    return {"findings": len(found), "no": inspection.no}


async def _hand_over(session: Session, actor: Actor, finding: Finding) -> None:
    started = await worktime.start_clock(
        session,
        subject_type=FINDING,
        subject_id=finding.id,
        kind=CONFIRM,
        policy_code=FINDING,
        started_at=clock.now(),
        unit_id=finding.unit_id,
    )
    finding.due_at = started.due_at
    FINDINGS_DOOR.move(finding, FindingStatus.RELEASED)
    change = Change("release", FindingStatus.RECORDED, FindingStatus.RELEASED)
    timeline.record(session, actor.author, FINDING, finding.id, change)


@DOOR.on("conclude", NoInput)
async def _conclude(_: Session, __: Actor, ___: Inspection, ____: NoInput) -> Changes:
    return {}


@DOOR.on("report", InspectionReport)
async def _report(_: Session, __: Actor, inspection: Inspection, body: InspectionReport) -> Changes:
    inspection.report = body.report
    return {}


@DOOR.on("follow_up", NoInput)
async def _follow_up(_: Session, __: Actor, ___: Inspection, ____: NoInput) -> Changes:
    return {}


@DOOR.on("close", InspectionConclusion)
async def _close(_: Session, __: Actor, inspection: Inspection, body: InspectionConclusion) -> Changes:
    inspection.conclusion, inspection.closed_at = body.conclusion, clock.now()
    return {"conclusion": body.conclusion}


@DOOR.on("cancel", ReasonInput)
async def _cancel(_: Session, __: Actor, ___: Inspection, ____: ReasonInput) -> Changes:
    return {}


__all__ = ["DOOR"]
