"""What units owe a campaign: made when it starts, handed in, approved or sent back (SM-2b)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.campaigns import policies
from xiaoneng.features.campaigns.events import DeliverableMoved
from xiaoneng.features.campaigns.models.campaigns import Campaign, CampaignStage, StageStatus
from xiaoneng.features.campaigns.models.deliverables import (
    DELIVERABLE,
    SUBMIT,
    Deliverable,
    DeliverableStatus,
    Requirement,
)
from xiaoneng.features.campaigns.repository import deliverables as repository
from xiaoneng.features.campaigns.rules.names import named
from xiaoneng.features.campaigns.rules.windows import month_day
from xiaoneng.features.campaigns.schemas.deliverables import SubmitInput
from xiaoneng.features.campaigns.schemas.templates import TemplateContent, TemplateDeliverable
from xiaoneng.features.campaigns.transitions import DELIVERABLES
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _judge(_: Session, actor: Actor, paper: Deliverable) -> Judge:
    def judge(action: str) -> Denial:
        return policies.deliverable_denial(action, actor, paper)

    return judge


DOOR: Door[Deliverable] = Door(
    DELIVERABLE,
    DELIVERABLES,
    standing=policies.deliverable_standing,
    judge=_judge,
    moved=lambda paper_id, action: DeliverableMoved(subject_id=paper_id, action=action),
)


async def want_all(
    session: Session,
    campaign: Campaign,
    content: TemplateContent,
    stages: Sequence[CampaignStage],
    unit_ids: Sequence[UUID],
) -> int:
    """Let every unit owe what the template lays down; what it names units for is owed by those, or by the host."""
    refs = await organization.unit_refs(session, [*unit_ids, campaign.host_unit_id])
    names = {key: ref.name for key, ref in refs.items()}
    made = 0
    for seq, wanted in enumerate(content.deliverables, start=1):
        stage = stages[wanted.stage - 1] if wanted.stage else None
        row = Requirement(
            campaign_id=campaign.id,
            stage_id=stage.id if stage else None,
            seq=seq,
            title=wanted.title,
            clause=wanted.clause,
            due_on=_due(wanted, stage, campaign),
        )
        session.add(row)
        owing = named(names, wanted.by) or [campaign.host_unit_id] if wanted.by else unit_ids
        await session.flush()
        for unit_id in owing:
            await _owe(session, row, unit_id)
            made += 1
    await session.flush()
    return made


def _due(wanted: TemplateDeliverable, stage: CampaignStage | None, campaign: Campaign) -> date:
    if wanted.due:
        return month_day((stage.ends_on if stage else campaign.starts_on).year, wanted.due)
    if stage:
        return stage.ends_on
    return clock.today() + timedelta(days=wanted.days or 0)


async def _owe(session: Session, row: Requirement, unit_id: UUID) -> None:
    """One unit owes one thing, at the earliest by tonight."""
    due_on = max(row.due_on, clock.today())
    paper = Deliverable(
        requirement_id=row.id, campaign_id=row.campaign_id, stage_id=row.stage_id, unit_id=unit_id, due_on=due_on
    )
    session.add(paper)
    await _expect(session, paper)


async def _expect(session: Session, paper: Deliverable) -> None:
    if paper.due_on >= clock.today():
        await worktime.start_clock_until(
            session,
            subject_type=DELIVERABLE,
            subject_id=paper.id,
            kind=SUBMIT,
            due_on=paper.due_on,
            unit_id=paper.unit_id,
        )


async def want_of(session: Session, campaign: Campaign, stages: Iterable[CampaignStage], unit_ids: set[UUID]) -> None:
    """Let units that join a running campaign owe what is wanted of everybody and still open."""
    closed = {stage.id for stage in stages if stage.status is StageStatus.CLOSED}
    back = await repository.come_back(session, campaign.id, unit_ids)
    for paper in back:
        if paper.status is DeliverableStatus.VOID:
            paper.status, paper.due_on = DeliverableStatus.PENDING, max(paper.due_on, clock.today())
            paper.rev += 1
            await _expect(session, paper)
    new = unit_ids - {paper.unit_id for paper in back}
    for row in await repository.requirements_of(session, campaign.id):
        if row.stage_id not in closed:
            for unit_id in new:
                await _owe(session, row, unit_id)


async def release(session: Session, campaign: Campaign, unit_ids: Iterable[UUID]) -> None:
    """Let units that leave owe nothing more."""
    for paper_id in await repository.leave(session, campaign.id, unit_ids):
        await worktime.cancel_clock(session, DELIVERABLE, paper_id, None)


async def perform(session: Session, actor: Actor, paper_id: UUID, command: Command) -> Deliverable:
    """Do one step of a deliverable. Raises what `Door.perform` raises."""
    paper = await repository.find(session, actor, paper_id, for_update=True)
    return await DOOR.perform(session, actor, paper, command)


@DOOR.on("submit", SubmitInput)
async def _submit(session: Session, actor: Actor, paper: Deliverable, body: SubmitInput) -> Changes:
    await files.attach(session, actor, body.file_ids, DELIVERABLE, paper.id)
    paper.note, paper.file_ids = body.note, list(body.file_ids)
    paper.submitted_at, paper.submitted_by_name = clock.now(), actor.name
    paper.is_late = clock.today() > paper.due_on
    await worktime.stop_clock(session, DELIVERABLE, paper.id, SUBMIT)
    return {"note": body.note, "late": paper.is_late, "files": len(body.file_ids)}


@DOOR.on("approve", NoInput)
async def _approve(_: Session, actor: Actor, paper: Deliverable, __: NoInput) -> Changes:
    paper.reviewed_at, paper.reviewed_by_name, paper.reject_reason = clock.now(), actor.name, None
    return {}


@DOOR.on("reject", ReasonInput)
async def _reject(session: Session, actor: Actor, paper: Deliverable, body: ReasonInput) -> Changes:
    paper.reviewed_at, paper.reviewed_by_name, paper.reject_reason = clock.now(), actor.name, body.reason
    paper.returned_count += 1
    await _expect(session, paper)
    return {}


async def _may_read(session: Session, actor: Actor, paper_id: UUID) -> bool:
    return await repository.find(session, actor, paper_id) is not None


register_reader(DELIVERABLE, _may_read)
