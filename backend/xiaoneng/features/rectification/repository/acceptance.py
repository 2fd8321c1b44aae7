"""SQL of joint acceptance, public notice and objections."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.features.rectification.models.acceptance import (
    Acceptance,
    AcceptanceResult,
    AcceptanceSignature,
    CloseoutNotice,
    Objection,
)
from xiaoneng.features.rectification.models.items import RectificationItem
from xiaoneng.features.rectification.policies import Procedure
from xiaoneng.kit.db import Session

_ACCEPTANCE = sa.inspect(Acceptance).local_table.c
_SIGNATURE = sa.inspect(AcceptanceSignature).local_table.c
_NOTICE = sa.inspect(CloseoutNotice).local_table.c
_OBJECTION = sa.inspect(Objection).local_table.c
_ITEM = sa.inspect(RectificationItem).local_table.c
_SHOWN = 100


async def procedure(session: Session, item_id: UUID) -> Procedure:
    """How far acceptance and notice of an item are, in one statement."""
    called = sa.exists().where(_ACCEPTANCE.item_id == item_id, _ACCEPTANCE.result == AcceptanceResult.OPEN)
    until = sa.select(_NOTICE.until).where(_NOTICE.item_id == item_id, _NOTICE.ended_at.is_(None)).scalar_subquery()
    waiting = (
        sa.select(sa.func.count())
        .where(_OBJECTION.item_id == item_id, _OBJECTION.answered_at.is_(None))
        .scalar_subquery()
    )
    row = (await session.execute(sa.select(called, until, waiting))).one()
    return Procedure(*row)


async def open_acceptance(session: Session, item_id: UUID) -> Acceptance | None:
    """The joint acceptance whose bodies have not all signed."""
    is_open = _ACCEPTANCE.result == AcceptanceResult.OPEN
    return await session.scalar(sa.select(Acceptance).where(_ACCEPTANCE.item_id == item_id, is_open))


async def acceptances(session: Session, item_id: UUID) -> Sequence[Acceptance]:
    """Every joint acceptance of an item, the latest first."""
    query = sa.select(Acceptance).where(_ACCEPTANCE.item_id == item_id).order_by(_ACCEPTANCE.convened_at.desc())
    return (await session.scalars(query)).all()


async def signatures(session: Session, acceptance_ids: Sequence[UUID]) -> Sequence[AcceptanceSignature]:
    """What the bodies said, in the order in which they were called."""
    if not acceptance_ids:
        return []
    query = sa.select(AcceptanceSignature).where(_SIGNATURE.acceptance_id.in_(acceptance_ids))
    return (await session.scalars(query.order_by(_SIGNATURE.id))).all()


async def open_notice(session: Session, item_id: UUID) -> CloseoutNotice | None:
    """The notice that runs."""
    query = sa.select(CloseoutNotice).where(_NOTICE.item_id == item_id, _NOTICE.ended_at.is_(None))
    return await session.scalar(query)


async def latest_notice(session: Session, item_id: UUID) -> CloseoutNotice | None:
    """The last notice of an item, running or not."""
    query = sa.select(CloseoutNotice).where(_NOTICE.item_id == item_id).order_by(_NOTICE.published_at.desc()).limit(1)
    return await session.scalar(query)


async def objections(session: Session, item_id: UUID) -> Sequence[Objection]:
    """The objections to an item, the latest first."""
    query = sa.select(Objection).where(_OBJECTION.item_id == item_id).order_by(_OBJECTION.recorded_at.desc())
    return (await session.scalars(query)).all()


async def public(session: Session, now: datetime) -> Sequence[Any]:
    """The notices that run now with the lead unit of their items, those that end first on top."""
    query = (
        sa.select(CloseoutNotice, _ITEM.lead_unit_id)
        .join(RectificationItem, _ITEM.id == _NOTICE.item_id)
        .where(_NOTICE.until >= now, _NOTICE.ended_at.is_(None))
        .order_by(_NOTICE.until, _NOTICE.id)
    )
    return (await session.execute(query.limit(_SHOWN))).all()
