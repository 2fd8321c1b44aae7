"""SQL of rounds and draws."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.evaluations.models.rounds import (
    DrawStatus,
    EvaluationDraw,
    EvaluationLot,
    EvaluationRound,
    LotState,
    RoundStatus,
)
from xiaoneng.features.evaluations.models.schemes import EvaluationScheme
from xiaoneng.features.evaluations.schemas.rounds import RoundFilter
from xiaoneng.kit.bulk import copy_rows
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_ROUND = sa.inspect(EvaluationRound).local_table.c
_DRAW = sa.inspect(EvaluationDraw).local_table.c
_LOT = sa.inspect(EvaluationLot).local_table.c
_SCHEME = sa.inspect(EvaluationScheme).local_table.c
HIDDEN = (RoundStatus.DRAFT, RoundStatus.SCHEME_FROZEN)
_SHOWN = 50


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The rounds this actor may know of: units see those whose pool is frozen."""
    reach = actor.reach("evaluation:read")
    if reach.jurisdiction:
        return sa.true()
    return _ROUND.status.not_in(HIDDEN) if reach.units else sa.false()


async def find(session: Session, actor: Actor, round_id: UUID, *, for_update: bool = False) -> EvaluationRound | None:
    """One round within the actor's sight, locked when it is to change."""
    query = sa.select(EvaluationRound).where(_ROUND.id == round_id, visible_to(actor))
    return await session.scalar(query.with_for_update() if for_update else query)


async def get(session: Session, round_id: UUID) -> EvaluationRound | None:
    """One round for work of the system itself."""
    found: EvaluationRound | None = await session.get(EvaluationRound, round_id)
    return found


async def page(session: Session, actor: Actor, chosen: RoundFilter) -> Slice:
    """A page of rounds, the newest first."""
    query = (
        sa.select(*_ROUND, _SCHEME.no.label("scheme_no"), _SCHEME.version.label("scheme_version"))
        .join(EvaluationScheme, _SCHEME.id == _ROUND.scheme_id)
        .where(visible_to(actor))
    )
    if chosen.year is not None:
        query = query.where(_ROUND.year == chosen.year)
    if chosen.status is not None:
        query = query.where(_ROUND.status == chosen.status)
    return await fetch_page(session, query, Order(_ROUND.created_at, _ROUND.id, descending=True), chosen)


async def public(session: Session) -> Sequence[EvaluationRound]:
    """The rounds that everybody may know of, the newest first."""
    query = sa.select(EvaluationRound).where(_ROUND.status.not_in(HIDDEN)).order_by(_ROUND.created_at.desc())
    return (await session.scalars(query.limit(_SHOWN))).all()


async def draws(session: Session, round_id: UUID) -> Sequence[EvaluationDraw]:
    """The draws of a round, the newest first."""
    query = sa.select(EvaluationDraw).where(_DRAW.round_id == round_id).order_by(_DRAW.seq.desc())
    return (await session.scalars(query)).all()


async def standing(session: Session, round_id: UUID) -> EvaluationDraw:
    """The draw of a round that counts, locked."""
    query = sa.select(EvaluationDraw).where(_DRAW.round_id == round_id, _DRAW.status != DrawStatus.SUPERSEDED)
    return (await session.scalars(query.with_for_update())).one()


async def add_lots(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the lots of a draw in one go."""
    await session.flush()
    await copy_rows(session, EvaluationLot, rows)


async def lots(session: Session, draw_id: UUID) -> Sequence[Any]:
    """The lots of a draw in the order of their lines."""
    query = sa.select(_LOT.label, _LOT.category, _LOT.state, _LOT.place).where(_LOT.draw_id == draw_id)
    return (await session.execute(query.order_by(_LOT.category, _LOT.label))).all()


async def place_lots(session: Session, draw_id: UUID, placed: Iterable[tuple[str, int, LotState]]) -> None:
    """Say where every lot of a draw came."""
    types: dict[str, sa.types.TypeEngine[Any]] = {"label": sa.String(), "place": sa.Integer(), "state": sa.String()}
    given = rows_as_table("placed", types, [(label, place, state.value) for label, place, state in placed])
    change = (
        sa.update(EvaluationLot)
        .where(_LOT.draw_id == draw_id, _LOT.label == given.c.label)
        .values(place=given.c.place, state=given.c.state)
    )
    await (await session.connection()).execute(change)


async def lot(session: Session, draw_id: UUID, label: str) -> EvaluationLot | None:
    """One lot of a draw that stands drawn, locked."""
    where = (_LOT.draw_id == draw_id, _LOT.label == label, _LOT.state == LotState.DRAWN)
    return await session.scalar(sa.select(EvaluationLot).where(*where).with_for_update())


async def next_reserve(session: Session, draw_id: UUID, category: str) -> EvaluationLot | None:
    """The first of the reserve of a category, locked."""
    where = (_LOT.draw_id == draw_id, _LOT.category == category, _LOT.state == LotState.RESERVE)
    return await session.scalar(sa.select(EvaluationLot).where(*where).order_by(_LOT.place).limit(1).with_for_update())


async def refused(session: Session, draw_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """How many refused, by draw."""
    where = (_LOT.draw_id.in_(list(draw_ids)), _LOT.state == LotState.REFUSED)
    query = sa.select(_LOT.draw_id, sa.func.count()).where(*where).group_by(_LOT.draw_id)
    return {row[0]: row[1] for row in await session.execute(query)}
