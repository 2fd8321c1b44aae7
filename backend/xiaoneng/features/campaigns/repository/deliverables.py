"""SQL of requirements and deliverables."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.campaigns.models.campaigns import Campaign
from xiaoneng.features.campaigns.models.deliverables import Deliverable, DeliverableStatus, Requirement
from xiaoneng.features.campaigns.schemas.deliverables import DeliverableFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, Slice, fetch_page

_PAPER = sa.inspect(Deliverable).local_table.c
_WANTED = sa.inspect(Requirement).local_table.c
_CAMPAIGN = sa.inspect(Campaign).local_table.c
_S = DeliverableStatus
OWED = (_S.PENDING, _S.REJECTED)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The deliverables this actor may know of."""
    reach = actor.reach("deliverable:read")
    return sa.true() if reach.jurisdiction else _PAPER.unit_id.in_(reach.units)


async def find(session: Session, actor: Actor, paper_id: UUID, *, for_update: bool = False) -> Deliverable | None:
    """One deliverable within the actor's sight, locked when it is to change."""
    query = sa.select(Deliverable).where(_PAPER.id == paper_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def get(session: Session, paper_id: UUID) -> Deliverable | None:
    """One deliverable for work of the system itself."""
    found: Deliverable | None = await session.get(Deliverable, paper_id)
    return found


async def page(session: Session, actor: Actor, chosen: DeliverableFilter) -> Slice:
    """A page of what is owed within the actor's reach, what is due first on top."""
    query: Any = sa.select(Deliverable, _PAPER.id, _PAPER.due_on).where(visible_to(actor), _PAPER.status != _S.VOID)
    if chosen.status:
        query = query.where(_PAPER.status.in_(chosen.status))
    for name in ("campaign_id", "unit_id"):
        if (wanted := getattr(chosen, name)) is not None:
            query = query.where(_PAPER[name] == wanted)
    return await fetch_page(session, query, Order(_PAPER.due_on, _PAPER.id), chosen)


async def titles(session: Session, requirement_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """What is wanted, with the campaign's title, by requirement."""
    query = (
        sa.select(_WANTED.id, _WANTED.title, _WANTED.clause, _CAMPAIGN.title.label("campaign_title"))
        .join(Campaign, _CAMPAIGN.id == _WANTED.campaign_id)
        .where(_WANTED.id.in_(list(set(requirement_ids))))
    )
    return {row.id: row for row in await session.execute(query)}


async def requirements_of(session: Session, campaign_id: UUID) -> Sequence[Requirement]:
    """What a campaign wants, in the order of the document."""
    query = sa.select(Requirement).where(_WANTED.campaign_id == campaign_id).order_by(_WANTED.seq)
    return (await session.scalars(query)).all()


async def cells(session: Session, actor: Actor, campaign_id: UUID, stage_id: UUID | None) -> Sequence[Any]:
    """Who stands where with what belongs to a stage, or to none."""
    of_stage = _PAPER.stage_id == stage_id if stage_id else _PAPER.stage_id.is_(None)
    query = sa.select(
        _PAPER.id, _PAPER.requirement_id, _PAPER.unit_id, _PAPER.status, _PAPER.due_on, _PAPER.is_late
    ).where(_PAPER.campaign_id == campaign_id, of_stage, _PAPER.status != _S.VOID, visible_to(actor))
    return (await session.execute(query)).all()


async def counts(session: Session, actor: Actor, campaign_id: UUID, day: date) -> dict[UUID | None, Any]:
    """How many are there, approved, waiting and late, by stage."""
    late = sa.or_(_PAPER.is_late, sa.and_(_PAPER.status.in_(OWED), _PAPER.due_on < day))
    query = (
        sa.select(
            _PAPER.stage_id,
            sa.func.count().label("total"),
            sa.func.count().filter(_PAPER.status == _S.APPROVED).label("approved"),
            sa.func.count().filter(_PAPER.status == _S.SUBMITTED).label("submitted"),
            sa.func.count().filter(late).label("late"),
        )
        .where(_PAPER.campaign_id == campaign_id, _PAPER.status != _S.VOID, visible_to(actor))
        .group_by(_PAPER.stage_id)
    )
    return {row.stage_id: row for row in await session.execute(query)}


async def missing(session: Session, stage_id: UUID) -> int:
    """How many deliverables of a stage are not approved, whoever asks."""
    query = sa.select(sa.func.count()).where(_PAPER.stage_id == stage_id, _PAPER.status.not_in((_S.APPROVED, _S.VOID)))
    return int((await session.execute(query)).scalar_one())


async def leave(session: Session, campaign_id: UUID, unit_ids: Iterable[UUID]) -> Sequence[UUID]:
    """Let units that no longer take part owe nothing; returns what was owed."""
    gone = (_PAPER.campaign_id == campaign_id, _PAPER.unit_id.in_(list(unit_ids)), _PAPER.status.in_(OWED))
    change = sa.update(Deliverable).where(*gone).values(status=_S.VOID, rev=_PAPER.rev + 1).returning(_PAPER.id)
    return (await session.scalars(change.execution_options(synchronize_session=False))).all()


async def come_back(session: Session, campaign_id: UUID, unit_ids: Iterable[UUID]) -> Sequence[Deliverable]:
    """What units that take part again owe again."""
    again = (_PAPER.campaign_id == campaign_id, _PAPER.unit_id.in_(list(unit_ids)))
    return (await session.scalars(sa.select(Deliverable).where(*again))).all()
