"""Making campaigns from templates and moving them (S0-01, S0-28, SM-1)."""

from collections.abc import Iterable
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor, Command, Standing
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.campaigns import policies
from xiaoneng.features.campaigns.errors import GateBlocked, NotBelowHost, StageUnknown, WindowsRefused
from xiaoneng.features.campaigns.events import CampaignMoved, CampaignStarted
from xiaoneng.features.campaigns.models.campaigns import (
    CAMPAIGN,
    Campaign,
    CampaignStage,
    CampaignStatus,
    StageStatus,
)
from xiaoneng.features.campaigns.repository import campaigns as repository
from xiaoneng.features.campaigns.rules.windows import Window, follow_each_other, place
from xiaoneng.features.campaigns.schemas.campaigns import (
    CampaignCreate,
    PublishInput,
    SummaryInput,
    UnitsInput,
    WindowsInput,
)
from xiaoneng.features.campaigns.schemas.deliverables import ExceptionInput, StageInput
from xiaoneng.features.campaigns.schemas.templates import TemplateContent
from xiaoneng.features.campaigns.service import deliverables, gates, reports, tasks, templates
from xiaoneng.features.campaigns.transitions import CAMPAIGNS
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _judge(session: Session, _: Actor, campaign: Campaign) -> Judge:
    stages = await repository.stages_of(session, [campaign.id])
    count = (await repository.count_units(session, [campaign.id])).get(campaign.id, 0)

    def judge(action: str) -> Denial:
        return policies.campaign_denial(action, stages, count)

    return judge


DOOR: Door[Campaign] = Door(
    CAMPAIGN,
    CAMPAIGNS,
    standing=policies.campaign_standing,
    judge=_judge,
    moved=lambda campaign_id, action: CampaignMoved(subject_id=campaign_id, action=action),
)


async def create(session: Session, actor: Actor, body: CampaignCreate) -> Campaign:
    """Make a campaign from a template, as a draft with windows and units that can still be changed.

    Raises TemplateUnknown, NotBelowHost, UnitGone, NotFound (of the campaign above) and PermissionDenied.
    """
    template, content = await templates.require(session, body.template_code)
    host = body.host_unit_id or (await organization.tree(session)).items[0].id
    await organization.require_unit(session, host)
    if not actor.may("campaign:manage", Standing(units=frozenset([host]))):
        raise PermissionDenied
    if body.parent_id is not None and await repository.find(session, actor, body.parent_id) is None:
        raise NotFound
    starts_on = body.starts_on or clock.today()
    windows = place(content.stages, starts_on)
    campaign = Campaign(
        no=await numbering.next_number(session, CAMPAIGN),
        title=body.title or content.title,
        theme=content.theme,
        basis=content.basis,
        template_id=template.id,
        host_unit_id=host,
        parent_id=body.parent_id,
        starts_on=starts_on,
        ends_on=windows[-1].ends_on if windows else None,
        created_by=actor.id,
        created_by_name=actor.name,
    )
    session.add(campaign)
    await session.flush()
    session.add_all(_stages(campaign.id, content, windows))
    units = body.unit_ids if body.unit_ids is not None else await _directly_below(session, host)
    await _add_units(session, campaign, units)
    await tasks.lay_out(session, campaign, content, units)
    changes = {"template": template.code, "version": template.version, "units": len(set(units))}
    timeline.record(session, actor.author, CAMPAIGN, campaign.id, Change("create", changes=changes))
    return campaign


def _stages(campaign_id: UUID, content: TemplateContent, windows: Iterable[Window]) -> list[CampaignStage]:
    return [
        CampaignStage(
            campaign_id=campaign_id,
            seq=seq,
            title=stage.title,
            clause=stage.clause,
            starts_on=window.starts_on,
            ends_on=window.ends_on,
            self_check=stage.self_check,
        )
        for seq, (stage, window) in enumerate(zip(content.stages, windows, strict=True), start=1)
    ]


async def _directly_below(session: Session, host: UUID) -> list[UUID]:
    return [node.id for node in (await organization.tree(session)).items if node.parent_id == host]


async def _add_units(session: Session, campaign: Campaign, unit_ids: Iterable[UUID]) -> None:
    wanted = set(unit_ids)
    if not wanted <= await organization.subtree(session, [campaign.host_unit_id]):
        raise NotBelowHost
    await repository.add_units(session, campaign.id, wanted, clock.today())


async def perform(session: Session, actor: Actor, campaign_id: UUID, command: Command) -> Campaign:
    """Do one step of a campaign. Raises what `Door.perform` raises."""
    campaign = await repository.find(session, actor, campaign_id, for_update=True)
    return await DOOR.perform(session, actor, campaign, command)


@DOOR.on("plan_stages", WindowsInput)
async def _plan_stages(session: Session, _: Actor, campaign: Campaign, body: WindowsInput) -> Changes:
    stages = await repository.stages_of(session, [campaign.id])
    given = {one.seq: Window(one.starts_on, one.ends_on) for one in body.windows}
    if sorted(given) != [stage.seq for stage in stages] or len(given) != len(body.windows):
        raise WindowsRefused
    if not follow_each_other(given[seq] for seq in sorted(given)):
        raise WindowsRefused
    for stage in stages:
        stage.starts_on, stage.ends_on = given[stage.seq].starts_on, given[stage.seq].ends_on
        stage.rev += 1
    campaign.starts_on, campaign.ends_on = stages[0].starts_on, stages[-1].ends_on
    return {"windows": [[one.starts_on.isoformat(), one.ends_on.isoformat()] for one in body.windows]}


@DOOR.on("publish", PublishInput)
async def _publish(session: Session, actor: Actor, campaign: Campaign, body: PublishInput) -> Changes:
    if body.plan_file_id is not None:
        await files.attach(session, actor, [body.plan_file_id], CAMPAIGN, campaign.id)
    campaign.basis_no, campaign.plan_file_id = body.basis_no, body.plan_file_id
    return {"basis_no": body.basis_no}


@DOOR.on("start", NoInput)
async def _start(session: Session, _: Actor, campaign: Campaign, __: NoInput) -> Changes:
    stages = await repository.stages_of(session, [campaign.id])
    units = await repository.units_of(session, campaign.id)
    content = await templates.content_of(session, campaign.template_id)
    owed = await deliverables.want_all(session, campaign, content, stages, units)
    await reports.ask_for_all(session, campaign, content, stages, units)
    await outbox.publish(session, CampaignStarted(subject_id=campaign.id))
    return {"opened": open_stages(stages), "owed": owed}


def open_stages(stages: Iterable[CampaignStage]) -> list[int]:
    """Open the planned stages whose window has begun; returns their numbers."""
    begun = [one for one in stages if one.status is StageStatus.PLANNED and one.starts_on <= clock.today()]
    for stage in begun:
        stage.status, stage.updated_at = StageStatus.OPEN, clock.now()
        stage.rev += 1
    return [stage.seq for stage in begun]


async def open_stages_due(session: Session) -> list[int]:
    """Open the stages of running campaigns whose window has begun (SM-2); a second run opens none."""
    return open_stages(await repository.lock_stages_due(session, clock.today()))


async def find(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    """One campaign. Raises NotFound, also beyond the actor's sight."""
    campaign = await repository.find(session, actor, campaign_id)
    if campaign is None:
        raise NotFound
    return campaign


@DOOR.on("add_units", UnitsInput)
async def _add(session: Session, _: Actor, campaign: Campaign, body: UnitsInput) -> Changes:
    await _add_units(session, campaign, body.unit_ids)
    if campaign.status is CampaignStatus.RUNNING:
        stages = await repository.stages_of(session, [campaign.id])
        await deliverables.want_of(session, campaign, stages, set(body.unit_ids))
    return {"units": [str(unit_id) for unit_id in body.unit_ids]}


@DOOR.on("remove_units", UnitsInput)
async def _remove(session: Session, _: Actor, campaign: Campaign, body: UnitsInput) -> Changes:
    await repository.remove_units(session, campaign.id, body.unit_ids, clock.today())
    await deliverables.release(session, campaign, body.unit_ids)
    return {"units": [str(unit_id) for unit_id in body.unit_ids]}


@DOOR.on("close_stage", StageInput)
async def _close_stage(session: Session, actor: Actor, campaign: Campaign, body: StageInput) -> Changes:
    stage = await _open_stage(session, campaign, body.seq)
    if blocked := await gates.blocking(session, stage):
        raise GateBlocked("；".join(blocked))
    return _shut(actor, stage, None)


@DOOR.on("except_stage", ExceptionInput)
async def _except_stage(session: Session, actor: Actor, campaign: Campaign, body: ExceptionInput) -> Changes:
    """SM-2: closed incomplete, with the reason and what was missing on record."""
    stage = await _open_stage(session, campaign, body.seq)
    blocked = await gates.blocking(session, stage)
    return {**_shut(actor, stage, body.reason), "blocked": blocked}


async def _open_stage(session: Session, campaign: Campaign, seq: int) -> CampaignStage:
    for stage in await repository.stages_of(session, [campaign.id]):
        if stage.seq == seq and stage.status is StageStatus.OPEN:
            return stage
    raise StageUnknown


def _shut(actor: Actor, stage: CampaignStage, reason: str | None) -> Changes:
    stage.status, stage.closed_at, stage.closed_by_name = StageStatus.CLOSED, clock.now(), actor.name
    stage.exception_reason, stage.updated_at = reason, clock.now()
    stage.rev += 1
    return {"stage": stage.seq, "title": stage.title}


@DOOR.on("suspend", ReasonInput)
async def _suspend(_: Session, __: Actor, ___: Campaign, ____: ReasonInput) -> Changes:
    return {}


@DOOR.on("resume", NoInput)
async def _resume(session: Session, _: Actor, campaign: Campaign, __: NoInput) -> Changes:
    return {"opened": open_stages(await repository.stages_of(session, [campaign.id]))}


@DOOR.on("summarise", NoInput)
async def _summarise(_: Session, __: Actor, ___: Campaign, ____: NoInput) -> Changes:
    return {}


@DOOR.on("close", SummaryInput)
async def _close(_: Session, __: Actor, campaign: Campaign, body: SummaryInput) -> Changes:
    campaign.summary, campaign.closed_at = body.summary, clock.now()
    return {}


@DOOR.on("archive", NoInput)
async def _archive(_: Session, __: Actor, ___: Campaign, ____: NoInput) -> Changes:
    return {}


async def _may_read(session: Session, actor: Actor, campaign_id: UUID) -> bool:
    return await repository.find(session, actor, campaign_id) is not None


register_reader(CAMPAIGN, _may_read)
