"""SQL of campaigns, their stages and units."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.campaigns.models.campaigns import (
    Campaign,
    CampaignStage,
    CampaignStatus,
    CampaignUnit,
    StageStatus,
)
from xiaoneng.features.campaigns.schemas.campaigns import CampaignFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_CAMPAIGN = sa.inspect(Campaign).local_table.c
_STAGE = sa.inspect(CampaignStage).local_table.c
_UNIT = sa.inspect(CampaignUnit).local_table.c
_GOING = (CampaignStatus.RUNNING, CampaignStatus.SUMMARISING)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The campaigns this actor may know of: a unit sees its own, and those in which it takes part once published."""
    reach = actor.reach("campaign:read")
    if reach.jurisdiction:
        return sa.true()
    if not reach.units:
        return sa.false()
    takes_part = sa.exists().where(_UNIT.campaign_id == _CAMPAIGN.id, _UNIT.unit_id.in_(reach.units))
    return sa.or_(
        _CAMPAIGN.host_unit_id.in_(reach.units), sa.and_(_CAMPAIGN.status != CampaignStatus.DRAFT, takes_part)
    )


async def find(session: Session, actor: Actor, campaign_id: UUID, *, for_update: bool = False) -> Campaign | None:
    """One campaign within the actor's sight, locked when it is to change."""
    query = sa.select(Campaign).where(_CAMPAIGN.id == campaign_id, visible_to(actor))
    if for_update:
        query = query.with_for_update()
    return await session.scalar(query)


async def get(session: Session, campaign_id: UUID) -> Campaign | None:
    """One campaign for work of the system itself."""
    found: Campaign | None = await session.get(Campaign, campaign_id)
    return found


async def page(session: Session, actor: Actor, chosen: CampaignFilter) -> Slice:
    """A page of the campaigns within the actor's sight, the latest first."""
    query = sa.select(*_CAMPAIGN).where(visible_to(actor))
    if chosen.status:
        query = query.where(_CAMPAIGN.status.in_(chosen.status))
    for name in ("host_unit_id", "parent_id"):
        if (wanted := getattr(chosen, name)) is not None:
            query = query.where(_CAMPAIGN[name] == wanted)
    return await fetch_page(session, query, Order(_CAMPAIGN.starts_on, _CAMPAIGN.id, descending=True), chosen)


async def stages_of(session: Session, campaign_ids: Iterable[UUID]) -> Sequence[CampaignStage]:
    """The stages of some campaigns, in their order."""
    query = sa.select(CampaignStage).where(_STAGE.campaign_id.in_(list(campaign_ids))).order_by(_STAGE.seq)
    return (await session.scalars(query)).all()


async def units_of(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """The units that take part."""
    query = sa.select(_UNIT.unit_id).where(_UNIT.campaign_id == campaign_id, _UNIT.removed_on.is_(None))
    return (await session.scalars(query)).all()


async def count_units(session: Session, campaign_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many units take part in each of some campaigns."""
    query = (
        sa.select(_UNIT.campaign_id, sa.func.count())
        .where(_UNIT.campaign_id.in_(list(campaign_ids)), _UNIT.removed_on.is_(None))
        .group_by(_UNIT.campaign_id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def add_units(session: Session, campaign_id: UUID, unit_ids: Iterable[UUID], day: date) -> None:
    """Let units take part, or again."""
    rows: list[Any] = [{"campaign_id": campaign_id, "unit_id": unit_id, "added_on": day} for unit_id in unit_ids]
    if rows:
        statement = upsert(CampaignUnit).on_conflict_do_update(
            index_elements=["campaign_id", "unit_id"], set_={"added_on": day, "removed_on": None}
        )
        await session.execute(statement, rows)


async def remove_units(session: Session, campaign_id: UUID, unit_ids: Iterable[UUID], day: date) -> None:
    """Let units leave after a day."""
    gone = (_UNIT.campaign_id == campaign_id, _UNIT.unit_id.in_(list(unit_ids)), _UNIT.removed_on.is_(None))
    await session.execute(sa.update(CampaignUnit).where(*gone).values(removed_on=day))


async def lock_stages_due(session: Session, day: date) -> Sequence[CampaignStage]:
    """The planned stages of running campaigns whose window has begun, locked; those another sweeper has are skipped."""
    query = (
        sa.select(CampaignStage)
        .join(Campaign, _CAMPAIGN.id == _STAGE.campaign_id)
        .where(_STAGE.status == StageStatus.PLANNED, _STAGE.starts_on <= day, _CAMPAIGN.status.in_(_GOING))
        .with_for_update(skip_locked=True, of=CampaignStage)
    )
    return (await session.scalars(query)).all()
