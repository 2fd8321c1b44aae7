"""What each action does to an item, apart from the state that the machine moves."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.rectification.errors.items import CloseoutIncomplete, MeasureUnknown, PlanRefused
from xiaoneng.features.rectification.models.acceptance import AcceptanceResult
from xiaoneng.features.rectification.models.items import PLAN, RECTIFY, SUBJECT_TYPE, ItemStatus, RectificationItem
from xiaoneng.features.rectification.models.plans import Evidence, Measure, ProgressReport
from xiaoneng.features.rectification.repository import acceptance, plans
from xiaoneng.features.rectification.schemas.actions import (
    ApproveInput,
    CloseoutInput,
    EvidenceInput,
    LeadUnitInput,
    PlanInput,
    ProgressReportInput,
    VerifyInput,
)
from xiaoneng.features.rectification.service import institutions
from xiaoneng.features.rectification.service.door import DOOR
from xiaoneng.features.rectification.service.opening import require_co_units
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import FieldProblem
from xiaoneng.kit.schemas import ReasonInput


@DOOR.on("designate", LeadUnitInput)
async def _designate(session: Session, _: Actor, item: RectificationItem, body: LeadUnitInput) -> Changes:
    unit = await organization.require_unit(session, body.unit_id)
    item.lead_unit_id = body.unit_id
    await worktime.hand_over(session, SUBJECT_TYPE, item.id, body.unit_id)
    return {"unit": unit.name}


@DOOR.on("adopt", LeadUnitInput)
async def _adopt(session: Session, _: Actor, item: RectificationItem, body: LeadUnitInput) -> Changes:
    """A row of a ledger kept elsewhere becomes work: a unit leads, and its plan is due."""
    unit = await organization.require_unit(session, body.unit_id)
    item.lead_unit_id = body.unit_id
    item.due_on = None
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
    return {"unit": unit.name}


@DOOR.on("plan", PlanInput)
async def _plan(session: Session, _: Actor, item: RectificationItem, body: PlanInput) -> Changes:
    problems = [*_date_problems(body), *await _people_problems(session, item, body)]
    if problems:
        raise PlanRefused(errors=problems)
    await _set_scope(session, item, body)
    item.target, item.cause, item.due_on = body.target, body.cause, body.due_on
    item.responsible_leader_id = body.responsible_leader_id
    item.responsible_person_id = body.responsible_person_id
    await plans.drop_measures(session, item.id)
    for seq, measure in enumerate(body.measures, start=1):
        row = {"id": ids.new_id(), "item_id": item.id, "seq": seq, "done_at": None, **measure.model_dump()}
        session.append(Measure, row)
    await worktime.stop_clock(session, SUBJECT_TYPE, item.id, PLAN)
    return body.model_dump(mode="json")


async def _set_scope(session: Session, item: RectificationItem, body: PlanInput) -> None:
    """What the unit found out while planning: who helps, since when, and whether the cause lies in the rules."""
    if body.co_unit_ids is not None:
        item.co_unit_ids = await require_co_units(session, item.lead_unit_id, body.co_unit_ids)
    item.started_on = body.started_on or clock.today()
    item.is_systemic = item.is_systemic if body.is_systemic is None else body.is_systemic
    if body.institution_id is not None:
        item.institution_id = (await institutions.require(session, body.institution_id)).id
        item.is_systemic = True


def _date_problems(body: PlanInput) -> list[FieldProblem]:
    problems = []
    if body.due_on <= clock.today():
        problems.append(FieldProblem(path="body.due_on", code="in_the_past", message="整改时限必须晚于今天"))
    if body.started_on is not None and body.started_on > body.due_on:
        problems.append(FieldProblem(path="body.started_on", code="after_item", message="开始日期不能晚于整改时限"))
    problems += [
        FieldProblem(path=f"body.measures.{number}.due_on", code="after_item", message="措施时限不能晚于整改时限")
        for number, measure in enumerate(body.measures)
        if measure.due_on > body.due_on
    ]
    return problems


async def _people_problems(session: Session, item: RectificationItem, body: PlanInput) -> list[FieldProblem]:
    named = {"responsible_leader_id": body.responsible_leader_id, "responsible_person_id": body.responsible_person_id}
    named |= {f"measures.{number}.owner_id": measure.owner_id for number, measure in enumerate(body.measures)}
    return [
        FieldProblem(path=f"body.{path}", code="not_in_unit", message="该人员不在牵头单位")
        for path, person_id in named.items()
        if await organization.find_person_in(session, person_id, item.lead_unit_id) is None
    ]


@DOOR.on("approve_plan", ApproveInput)
async def _approve_plan(session: Session, _: Actor, item: RectificationItem, body: ApproveInput) -> Changes:
    if item.due_on is None:
        raise PlanRefused
    item.is_joint, item.is_public = item.is_joint or body.is_joint, item.is_public or body.is_public
    finish = await worktime.start_clock_until(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        kind=RECTIFY,
        due_on=item.due_on,
        unit_id=item.lead_unit_id,
    )
    item.due_at = finish.due_at
    return {"due_on": item.due_on.isoformat()}


@DOOR.on("return_plan", ReasonInput)
async def _return_plan(session: Session, _: Actor, item: RectificationItem, __: ReasonInput) -> Changes:
    item.plan_returned_count += 1
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
    return {"plan_returned_count": item.plan_returned_count}


@DOOR.on("report_progress", ProgressReportInput)
async def _report_progress(
    session: Session, actor: Actor, item: RectificationItem, body: ProgressReportInput
) -> Changes:
    measures = {measure.id: measure for measure in await plans.measures(session, item.id)}
    if set(body.measure_ids_done) - measures.keys():
        raise MeasureUnknown
    for measure_id in body.measure_ids_done:
        measures[measure_id].done_at = measures[measure_id].done_at or clock.now()
    item.progress_percent = body.percent
    told = {"text": body.text, "difficulties": body.difficulties, "percent": body.percent}
    author = {"at": clock.now(), "by_id": actor.id, "by_name": actor.name}
    session.append(ProgressReport, {"id": ids.new_id(), "item_id": item.id, **told, **author})
    done = [measures[measure_id].seq for measure_id in body.measure_ids_done]
    return {**told, "measures_done": done}


@DOOR.on("add_evidence", EvidenceInput)
async def _add_evidence(session: Session, actor: Actor, item: RectificationItem, body: EvidenceInput) -> Changes:
    measures = await plans.measures(session, item.id)
    if body.measure_id not in {measure.id for measure in measures}:
        raise MeasureUnknown
    await files.attach(session, actor, [body.file_id], SUBJECT_TYPE, item.id)
    sha256 = (await files.get(session, actor, body.file_id)).sha256
    late = item.due_on is not None and clock.today() > item.due_on
    row = {
        "id": ids.new_id(),
        "item_id": item.id,
        **body.model_dump(),
        "uploaded_at": clock.now(),
        "uploaded_by": actor.name,
        "uploaded_by_id": actor.id,
        "sha256": sha256,
        "late": late,
    }
    session.append(Evidence, row)
    return {"description": body.description, "late": late, "sha256": sha256}


@DOOR.on("apply_closeout", CloseoutInput)
async def _apply_closeout(session: Session, actor: Actor, item: RectificationItem, body: CloseoutInput) -> Changes:
    since = item.reopened_at or item.created_at
    proofs = await plans.evidence(session, item.id)
    proven = {evidence.measure_id for evidence in proofs if evidence.uploaded_at >= since}
    missing = [
        FieldProblem(path=f"measures.{measure.seq}", code=code, message=message)
        for measure in await plans.measures(session, item.id)
        for code, message, fails in (
            ("not_done", "措施未完成", measure.done_at is None),
            ("no_evidence", "措施缺少佐证材料", measure.id not in proven),
        )
        if fails
    ]
    if missing:
        raise CloseoutIncomplete(errors=missing)
    item.closeout_statement, item.closeout_by, item.closeout_at = body.statement, actor.id, clock.now()
    item.progress_percent = 100
    return {"statement": body.statement}


@DOOR.on("verify", VerifyInput)
async def _verify(_: Session, actor: Actor, item: RectificationItem, body: VerifyInput) -> Changes:
    item.verify_method, item.verify_conclusion = body.method, body.conclusion
    item.verified_by, item.verified_by_id, item.verified_at = actor.name, actor.id, clock.now()
    return {"method": body.method, "conclusion": body.conclusion}


@DOOR.on("return_closeout", ReasonInput)
async def _return_closeout(session: Session, _: Actor, item: RectificationItem, __: ReasonInput) -> Changes:
    called = await acceptance.open_acceptance(session, item.id)
    if called is not None:
        called.result, called.ended_at = AcceptanceResult.FAILED, clock.now()
    send_back(item)
    return {"returned_count": item.returned_count}


def send_back(item: RectificationItem) -> None:
    """Back to work, counted; what was applied for and found has to be done anew."""
    item.status = ItemStatus.RECTIFYING
    item.returned_count += 1
    forget_closeout(item)


def forget_closeout(item: RectificationItem) -> None:
    """The application and the check no longer stand; the history keeps them."""
    item.closeout_statement = item.closeout_by = item.closeout_at = None
    item.verify_method = item.verify_conclusion = item.verified_by = item.verified_at = item.verified_by_id = None
    item.accepted_at, item.signer_ids = None, []


@DOOR.on("void", ReasonInput)
async def _void(session: Session, _: Actor, item: RectificationItem, __: ReasonInput) -> Changes:
    """Registered in error: its limits end without a breach; the row stays (S0-06)."""
    await worktime.cancel_clock(session, SUBJECT_TYPE, item.id, None)
    return {}


__all__ = ["DOOR"]
