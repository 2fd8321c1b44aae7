"""SQL of the responsibility matrix."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.campaigns.models.campaigns import Campaign, CampaignStatus
from xiaoneng.features.campaigns.models.tasks import CampaignTask, CampaignTaskUnit, TaskStatus
from xiaoneng.features.campaigns.schemas.tasks import TaskFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_TASK = sa.inspect(CampaignTask).local_table.c
_CO = sa.inspect(CampaignTaskUnit).local_table.c
_CAMPAIGN = sa.inspect(Campaign).local_table.c


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The tasks this actor may know of: a unit sees those it leads or helps with, once the campaign is published."""
    reach = actor.reach("task:read")
    if reach.jurisdiction:
        return sa.true()
    helps = sa.exists().where(_CO.task_id == _TASK.id, _CO.unit_id.in_(reach.units))
    ways: list[sa.ColumnElement[bool]] = [_TASK.lead_unit_id.in_(reach.units), helps]
    if reach.assigned_to:
        ways.append(_TASK.owner_id == reach.assigned_to)
    published = sa.exists().where(_CAMPAIGN.id == _TASK.campaign_id, _CAMPAIGN.status != CampaignStatus.DRAFT)
    return sa.and_(published, sa.or_(*ways))


async def find(session: Session, actor: Actor, task_id: UUID, *, for_update: bool = False) -> CampaignTask | None:
    """One task within the actor's sight, locked when it is to change."""
    query = sa.select(CampaignTask).where(_TASK.id == task_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def get(session: Session, task_id: UUID) -> CampaignTask | None:
    """One task for work of the system itself."""
    found: CampaignTask | None = await session.get(CampaignTask, task_id)
    return found


async def page(session: Session, actor: Actor, chosen: TaskFilter, day: date) -> Slice:
    """A page of the matrix in the order of the document; without a task above, of those that came from it."""
    query: Any = sa.select(CampaignTask, _TASK.id, _TASK.seq).where(visible_to(actor))
    if chosen.status:
        query = query.where(_TASK.status.in_(chosen.status))
    if chosen.unanswered is not None:
        silent = sa.and_(_TASK.status == TaskStatus.ASSIGNED, _TASK.due_on < day)
        query = query.where(silent if chosen.unanswered else ~silent)
    for name, column in (("campaign_id", "campaign_id"), ("unit_id", "lead_unit_id"), ("parent_id", "parent_id")):
        if (wanted := getattr(chosen, name)) is not None:
            query = query.where(_TASK[column] == wanted)
    return await fetch_page(session, query, Order(_TASK.seq, _TASK.id), chosen)


async def co_units(session: Session, task_ids: Iterable[UUID]) -> Sequence[Any]:
    """The co-units of some tasks."""
    query = sa.select(_CO.task_id, _CO.unit_id).where(_CO.task_id.in_(list(task_ids)))
    return (await session.execute(query)).all()


async def set_co_units(session: Session, task_id: UUID, unit_ids: Iterable[UUID]) -> None:
    """Name the co-units of a task anew."""
    await session.execute(sa.delete(CampaignTaskUnit).where(_CO.task_id == task_id))
    session.add_all(CampaignTaskUnit(task_id=task_id, unit_id=unit_id) for unit_id in unit_ids)


async def handed_down(session: Session, task_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """How many tasks came from some tasks, and how many of those are answered."""
    done = (TaskStatus.ANSWERED, TaskStatus.ACCEPTED)
    query = (
        sa.select(
            _TASK.parent_id,
            sa.func.count().label("total"),
            sa.func.count().filter(_TASK.status.in_(done)).label("answered"),
        )
        .where(_TASK.parent_id.in_(list(task_ids)))
        .group_by(_TASK.parent_id)
    )
    return {row.parent_id: row for row in await session.execute(query)}


async def already(session: Session, parent_id: UUID) -> set[UUID]:
    """The units to which a task was handed down."""
    query = sa.select(_TASK.lead_unit_id).where(_TASK.parent_id == parent_id)
    return {unit_id for unit_id in (await session.scalars(query)).all() if unit_id is not None}


async def campaign_titles(session: Session, campaign_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What some campaigns are called."""
    query = sa.select(_CAMPAIGN.id, _CAMPAIGN.title).where(_CAMPAIGN.id.in_(list(set(campaign_ids))))
    return {row[0]: row[1] for row in await session.execute(query)}
