"""Findings: correcting, confirming, objecting, judging, disposing (SM-19)."""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Door, Judge
from xiaoneng.core.files import service as files
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import SYSTEM, Change
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import CaseChannel, CaseKind
from xiaoneng.features.cases.schemas.actions import CaseDraft
from xiaoneng.features.cases.service import intake as cases
from xiaoneng.features.inspections.errors.findings import CodeRefused, NoteNeeded, PraiseRefused, SeenLater
from xiaoneng.features.inspections.events.inspections import FindingDisposed, FindingMoved, FindingObjected
from xiaoneng.features.inspections.models.findings import (
    CONFIRM,
    FINDING,
    Disposition,
    Finding,
    FindingSeverity,
    FindingStatus,
)
from xiaoneng.features.inspections.models.inspections import Inspection
from xiaoneng.features.inspections.models.letters import LetterSource, LetterType
from xiaoneng.features.inspections.policies import inspections as policies
from xiaoneng.features.inspections.repository import findings as repository
from xiaoneng.features.inspections.repository import inspections
from xiaoneng.features.inspections.schemas.findings import DisposeInput, FindingContent, ObjectInput
from xiaoneng.features.inspections.schemas.letters import LetterContent
from xiaoneng.features.inspections.service import letter_drafts
from xiaoneng.features.inspections.transitions.inspections import FINDINGS
from xiaoneng.features.rectification.models.items import ItemClass
from xiaoneng.features.rectification.service.opening import PROBLEM_SCHEME, Found, Source, open_from
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput

SOURCE = "finding"
_BATCH = 200
_OF_GOOD = frozenset({Disposition.PRAISE, Disposition.NO_ACTION})
_OF_PROBLEMS = frozenset(Disposition) - {Disposition.PRAISE}


def judge_of(actor: Actor, finding: Finding, inspection: Inspection) -> Judge:
    """Judges with the inspection that is known already."""
    return lambda action: policies.finding_denial(action, actor, finding, inspection)


async def _judge(session: Session, actor: Actor, finding: Finding) -> Judge:
    inspection = await inspections.get(session, finding.inspection_id)
    if inspection is None:
        raise NotFound
    return judge_of(actor, finding, inspection)


FINDINGS_DOOR: Door[Finding] = Door(
    FINDING,
    FINDINGS,
    standing=policies.finding_standing,
    judge=_judge,
    moved=lambda finding_id, action: FindingMoved(subject_id=finding_id, action=action),
)


async def perform(session: Session, actor: Actor, finding_id: UUID, command: Command) -> Finding:
    """Do one step of a finding. Raises what `Door.perform` raises."""
    found = await repository.find(session, actor, finding_id, for_update=True)
    return await FINDINGS_DOOR.perform(session, actor, found.Finding if found else None, command)


async def require_content(session: Session, body: FindingContent) -> None:
    """Raises SeenLater, CodeRefused and UnknownCode."""
    if body.seen_at > clock.now():
        raise SeenLater
    if (body.severity is FindingSeverity.GOOD) != (body.problem_code is None):
        raise CodeRefused
    if body.problem_code is not None:
        await taxonomy.require(session, PROBLEM_SCHEME, body.problem_code)


@FINDINGS_DOOR.on("revise", FindingContent)
async def _revise(session: Session, actor: Actor, finding: Finding, body: FindingContent) -> Changes:
    await require_content(session, body)
    await files.attach(session, actor, body.file_ids, FINDING, finding.id)
    before = {name: getattr(finding, name) for name in ("facts", "problem_code", "severity", "place")}
    for name, value in body.model_dump().items():
        setattr(finding, name, value)
    return {name: [was, getattr(finding, name)] for name, was in before.items() if was != getattr(finding, name)}


@FINDINGS_DOOR.on("withdraw", ReasonInput)
async def _withdraw(_: Session, __: Actor, ___: Finding, ____: ReasonInput) -> Changes:
    return {}


@FINDINGS_DOOR.on("confirm", NoInput)
async def _confirm(session: Session, actor: Actor, finding: Finding, _: NoInput) -> Changes:
    finding.confirmed_at, finding.confirmed_by_name = clock.now(), actor.name
    await worktime.stop_clock(session, FINDING, finding.id, CONFIRM)
    return {}


@FINDINGS_DOOR.on("object", ObjectInput)
async def _object(session: Session, actor: Actor, finding: Finding, body: ObjectInput) -> Changes:
    await files.attach(session, actor, body.file_ids, FINDING, finding.id)
    finding.objection, finding.objected_by_name = body.reason, actor.name
    finding.objection_file_ids = body.file_ids
    await worktime.stop_clock(session, FINDING, finding.id, CONFIRM)
    await outbox.publish(session, FindingObjected(subject_id=finding.id))
    return {}


@FINDINGS_DOOR.on("uphold", ReasonInput)
async def _uphold(_: Session, actor: Actor, finding: Finding, body: ReasonInput) -> Changes:
    finding.judgement, finding.judged_by_name = body.reason, actor.name
    return {}


@FINDINGS_DOOR.on("overrule", ReasonInput)
async def _overrule(_: Session, actor: Actor, finding: Finding, body: ReasonInput) -> Changes:
    finding.judgement, finding.judged_by_name = body.reason, actor.name
    return {}


@FINDINGS_DOOR.on("dispose", DisposeInput)
async def _dispose(session: Session, actor: Actor, finding: Finding, body: DisposeInput) -> Changes:
    """Into an item, the draft of a letter, a case, praise, or nothing."""
    if body.disposition not in (_OF_GOOD if finding.severity is FindingSeverity.GOOD else _OF_PROBLEMS):
        raise PraiseRefused
    if body.disposition is Disposition.NO_ACTION and body.note is None:
        raise NoteNeeded
    finding.disposition, finding.disposition_note = body.disposition, body.note
    finding.disposed_by_name, finding.disposed_at = actor.name, clock.now()
    if body.disposition is Disposition.ITEM:
        finding.item_id = await _open_item(session, actor, finding)
    elif body.disposition is Disposition.LETTER:
        finding.letter_id = await _draft_letter(session, actor, finding)
    elif body.disposition is Disposition.CASE:
        finding.case_id = await _open_case(session, actor, finding)
    about: dict[str, Any] = {"inspection_id": finding.inspection_id, "unit_id": finding.unit_id}
    await outbox.publish(session, FindingDisposed(subject_id=finding.id, kind=body.disposition, **about))
    return {"disposition": body.disposition, "note": body.note}


async def _open_item(session: Session, actor: Actor, finding: Finding) -> UUID | None:
    inspection = await inspections.get(session, finding.inspection_id)
    found = Found(
        Source(SOURCE, finding.id, inspection.no if inspection else None),
        f"检查整改：{finding.facts}",
        finding.facts,
        finding.unit_id,
        {"item_class": ItemClass.DEADLINE, "problem_code": finding.problem_code, "manifestation": finding.place},
    )
    item = await open_from(session, actor.author, found)
    await session.flush()
    return item.id if item else None


async def _draft_letter(session: Session, actor: Actor, finding: Finding) -> UUID:
    """S4-09: 整改建议书 in the name of the actor's body, to be written on. Raises NoIssuer."""
    inspection = await inspections.get(session, finding.inspection_id)
    title = inspection.title if inspection else ""
    content = LetterContent(
        type=LetterType.SUGGESTION,
        to_unit_id=finding.unit_id,
        title=f"关于{title}发现问题的整改建议书"[:100],
        opening=f"在{title}中，检查组在你单位{finding.place}发现以下问题：",
        problems=[finding.facts],
        requirements="请对照上述问题制定整改方案，明确责任人和完成时限，并在规定期限内书面回复整改情况。",
        file_ids=[],
        copies_to=[],
        source_type=LetterSource.FINDING,
        source_id=finding.id,
        source_label=inspection.no if inspection else None,
    )
    return (await letter_drafts.draft(session, actor, content)).id


async def _open_case(session: Session, actor: Actor, finding: Finding) -> UUID:
    """A lead handed over (S0-25): sealed as a report against the unit, which does not learn of it."""
    draft = CaseDraft(
        kind=CaseKind.REPORT,
        channel=CaseChannel.LETTER,
        title=f"检查移送：{finding.facts}"[:200],
        content=finding.facts,
        received_at=clock.now(),
        place=finding.place,
        occurred_at=finding.seen_at,
        named_unit_ids=[finding.unit_id],
    )
    case, _ = await cases.register(session, actor.author, draft, created_by=actor.id)
    return case.id


async def deem_confirmed(session: Session) -> int:
    """Findings to which a unit was silent for too long stand, exactly once, where the inspection says so; how many."""
    overdue = await repository.unanswered(session, clock.now(), _BATCH)
    for finding in overdue:
        FINDINGS_DOOR.move(finding, FindingStatus.CONFIRMED)
        finding.confirmed_at, finding.is_deemed = clock.now(), True
        await worktime.stop_clock(session, FINDING, finding.id, CONFIRM)
        change = Change("deem", FindingStatus.RELEASED, FindingStatus.CONFIRMED)
        timeline.record(session, SYSTEM, FINDING, finding.id, change)
        await outbox.publish(session, FindingMoved(subject_id=finding.id, action="deem"))
    return len(overdue)
