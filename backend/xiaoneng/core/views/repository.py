"""SQL of saved views."""

from uuid import UUID

import sqlalchemy as sa

from xiaoneng.core.views.models import SavedView
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Order, PageParams, Slice, fetch_page

_VIEW = sa.inspect(SavedView).local_table.c


async def page(session: Session, account_id: UUID, unit_id: UUID | None, list_name: str, params: PageParams) -> Slice:
    """The views of a list that an account sees: its own and those shared in its unit, in the order they were made."""
    seen = sa.or_(_VIEW.account_id == account_id, _VIEW.shared_unit_id == unit_id if unit_id else sa.false())
    query = sa.select(*_VIEW).where(_VIEW.list_name == list_name, seen)
    return await fetch_page(session, query, Order(_VIEW.created_at, _VIEW.id), params)


async def lock_own(session: Session, account_id: UUID, view_id: UUID) -> SavedView | None:
    """One of an account's views, locked."""
    query = sa.select(SavedView).where(_VIEW.id == view_id, _VIEW.account_id == account_id).with_for_update()
    found: SavedView | None = await session.scalar(query)
    return found


async def count(session: Session, account_id: UUID, list_name: str) -> int:
    """How many views of a list an account has."""
    query = sa.select(sa.func.count()).where(_VIEW.account_id == account_id, _VIEW.list_name == list_name)
    return await session.scalar(query) or 0


async def is_taken(session: Session, account_id: UUID, list_name: str, title: str, view_id: UUID) -> bool:
    """Whether another view of the list has the name."""
    query = sa.select(_VIEW.id).where(
        _VIEW.account_id == account_id, _VIEW.list_name == list_name, _VIEW.title == title, _VIEW.id != view_id
    )
    return await session.scalar(query) is not None


async def clear_default(session: Session, account_id: UUID, list_name: str, view_id: UUID) -> None:
    """Let no other view of the list open by itself."""
    change = sa.update(SavedView).where(
        _VIEW.account_id == account_id, _VIEW.list_name == list_name, _VIEW.is_default, _VIEW.id != view_id
    )
    await session.execute(change.values(is_default=False, rev=_VIEW.rev + 1, updated_at=clock.now()))
