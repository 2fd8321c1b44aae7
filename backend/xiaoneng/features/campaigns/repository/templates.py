"""SQL of templates."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from xiaoneng.features.campaigns.models.templates import CampaignTemplate
from xiaoneng.kit.db import Session

_TEMPLATE = sa.inspect(CampaignTemplate).local_table.c


async def in_force(session: Session, day: date) -> Sequence[CampaignTemplate]:
    """The editions that hold on a day, by code."""
    query = (
        sa.select(CampaignTemplate)
        .ext(distinct_on(_TEMPLATE.code))
        .where(_TEMPLATE.valid_from <= day)
        .order_by(_TEMPLATE.code, _TEMPLATE.version.desc())
    )
    return (await session.scalars(query)).all()


async def find(session: Session, code: str, day: date) -> CampaignTemplate | None:
    """The edition of a template that holds on a day."""
    query = (
        sa.select(CampaignTemplate)
        .where(_TEMPLATE.code == code, _TEMPLATE.valid_from <= day)
        .order_by(_TEMPLATE.version.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def get(session: Session, template_id: UUID) -> CampaignTemplate:
    """One edition by key."""
    found: CampaignTemplate = await session.get_one(CampaignTemplate, template_id)
    return found


async def codes(session: Session) -> set[str]:
    """The codes that have an edition."""
    return set((await session.scalars(sa.select(_TEMPLATE.code).distinct())).all())
