"""Campaigns as the API shows them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.campaigns.models.campaigns import Campaign, CampaignStage, StageStatus
from xiaoneng.features.campaigns.repository import campaigns as repository
from xiaoneng.features.campaigns.repository import tasks
from xiaoneng.features.campaigns.repository import templates as template_rows
from xiaoneng.features.campaigns.schemas.campaigns import CampaignFilter, CampaignListItem, CampaignRead, StageRead
from xiaoneng.features.campaigns.service import campaigns
from xiaoneng.features.campaigns.service.campaigns import DOOR
from xiaoneng.features.campaigns.transitions import CAMPAIGN_TITLES
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams


async def get(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    """One campaign. Raises NotFound, also beyond the actor's sight."""
    return await campaigns.find(session, actor, campaign_id)


async def read(session: Session, actor: Actor, campaign: Campaign) -> CampaignRead:
    """The page of one campaign."""
    await session.write_buffered()
    stages = await repository.stages_of(session, [campaign.id])
    known = await organization.unit_refs(session)
    units = [known[one] for one in await repository.units_of(session, campaign.id) if one in known]
    template = await template_rows.get(session, campaign.template_id)
    told = {name: getattr(campaign, name) for name in CampaignRead.model_fields if hasattr(campaign, name)}
    return CampaignRead(
        **{**told, **_counted(campaign, stages, len(units), known)},
        template_code=template.code,
        template_title=template.title,
        stages=[stage_read(stage) for stage in stages],
        units=sorted(units, key=lambda unit: unit.name),
        available_actions=action_refs(await DOOR.available(session, actor, campaign)),
    )


async def page(session: Session, actor: Actor, chosen: CampaignFilter) -> Page[CampaignListItem]:
    """A page of campaigns, the latest first."""
    found = await repository.page(session, actor, chosen)
    keys = [row.id for row in found.rows]
    stages = await repository.stages_of(session, keys) if keys else ()
    counts = await repository.count_units(session, keys) if keys else {}
    units = await organization.unit_refs(session)

    def build(row: Any) -> CampaignListItem:
        own = [stage for stage in stages if stage.campaign_id == row.id]
        told = {name: getattr(row, name) for name in CampaignListItem.model_fields if hasattr(row, name)}
        return CampaignListItem(**{**told, **_counted(row, own, counts.get(row.id, 0), units)})

    return found.page(build)


def _counted(row: Any, stages: Sequence[CampaignStage], units: int, refs: Mapping[UUID, UnitRef]) -> dict[str, Any]:
    current = next((stage for stage in stages if stage.status is not StageStatus.CLOSED), None)
    return {
        "host_unit": refs.get(row.host_unit_id),
        "units_count": units,
        "stages_count": len(stages),
        "stages_closed": sum(stage.status is StageStatus.CLOSED for stage in stages),
        "stage": stage_read(current) if current else None,
    }


def stage_read(stage: CampaignStage) -> StageRead:
    """A stage as the API shows it."""
    told = {name: getattr(stage, name) for name in StageRead.model_fields if hasattr(stage, name)}
    return StageRead(**told, overdue=stage.status is StageStatus.OPEN and clock.today() > stage.ends_on)


async def history(session: Session, actor: Actor, campaign_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """The campaign's timeline, newest first. Raises NotFound."""
    await get(session, actor, campaign_id)
    return await timeline.page_of(session, campaign_id, params, CAMPAIGN_TITLES)


async def units_of(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """The units that take part in a campaign that the caller may see."""
    return await repository.units_of(session, campaign_id)


async def titles(session: Session, campaign_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """What some campaigns are called."""
    return await tasks.campaign_titles(session, campaign_ids)
