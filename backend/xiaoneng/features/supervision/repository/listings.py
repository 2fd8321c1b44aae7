"""SQL of listings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.access.schemas import Actor
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.supervision.models.listings import FINISH, CaseListing, ListingReport, ListingStatus
from xiaoneng.features.supervision.schemas.listings import ListingFilter
from xiaoneng.kit.db import Session
from xiaoneng.kit.many import rows_as_table
from xiaoneng.kit.pages import Order, Slice, fetch_page

_LISTING = sa.inspect(CaseListing).local_table.c
_REPORT = sa.inspect(ListingReport).local_table.c
_CASE = sa.inspect(Case).local_table.c
OPEN = (ListingStatus.PROPOSED, ListingStatus.LISTED, ListingStatus.UNLISTING)
SHOWN = 100


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The listings this actor may know of; cases that name somebody are not listed (I1)."""
    reach = actor.reach("listing:read")
    if reach.jurisdiction:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = [_LISTING.unit_id.in_(reach.units)] if reach.units else []
    if reach.assigned_to:
        ways.append(_LISTING.leader_id == reach.assigned_to)
    return sa.or_(*ways) if ways else sa.false()


async def find(session: Session, actor: Actor, listing_id: UUID) -> CaseListing | None:
    """One listing within the actor's sight, locked."""
    query = sa.select(CaseListing).where(_LISTING.id == listing_id, visible_to(actor)).with_for_update()
    return await session.scalar(query)


async def get(session: Session, listing_id: UUID) -> CaseListing | None:
    """One listing for work of the system itself."""
    found: CaseListing | None = await session.get(CaseListing, listing_id)
    return found


async def is_open(session: Session, case_id: UUID) -> bool:
    """Whether the case is on its way to the list, or on it."""
    query = sa.select(sa.exists().where(_LISTING.case_id == case_id, _LISTING.status.in_(OPEN)))
    return bool(await session.scalar(query))


async def page(session: Session, actor: Actor, chosen: ListingFilter) -> Slice:
    """A page of the listings within the actor's reach, what is settled first on top."""
    query: Any = (
        sa.select(CaseListing, _LISTING.id, _LISTING.due_on, _CASE.no.label("case_no"), _CASE.title)
        .join(Case, _CASE.id == _LISTING.case_id)
        .where(visible_to(actor))
    )
    if chosen.status or chosen.case_id is None:
        query = query.where(_LISTING.status.in_(chosen.status or OPEN))
    if chosen.case_id is not None:
        query = query.where(_LISTING.case_id == chosen.case_id)
    if chosen.unit_id is not None:
        query = query.where(_LISTING.unit_id == chosen.unit_id)
    return await fetch_page(session, query, Order(_LISTING.due_on, _LISTING.id), chosen)


async def reports(session: Session, listing_id: UUID) -> Sequence[ListingReport]:
    """The weekly reports of a listing, the newest first."""
    query = sa.select(ListingReport).where(_REPORT.listing_id == listing_id).order_by(_REPORT.at.desc())
    return (await session.scalars(query)).all()


async def public(session: Session) -> Sequence[Any]:
    """What is published, the newest first, with the number of its reports."""
    counted = sa.select(sa.func.count()).where(_REPORT.listing_id == _LISTING.id).scalar_subquery()
    query = (
        sa.select(CaseListing, counted.label("reports"))
        .where(_LISTING.published_at.is_not(None))
        .order_by(_LISTING.published_at.desc(), _LISTING.id)
    )
    return (await session.execute(query.limit(SHOWN))).all()


async def move_due(session: Session, moves: Iterable[tuple[UUID, str, datetime]]) -> None:
    """Let the dates that lists sort by follow those of the clocks."""
    rows = list(moves)
    for kind, column in ((FINISH, "due_at"), ("report", "report_due_at")):
        dues = [(key, due) for key, of_kind, due in rows if of_kind == kind]
        if dues:
            moved = rows_as_table("new", {"key": sa.Uuid(), "due": _LISTING.due_at.type}, dues)
            change = sa.update(CaseListing).where(_LISTING.id == moved.c.key).values({column: moved.c.due})
            await (await session.connection()).execute(change)
