"""Keeping, changing and dropping views of lists."""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.views import repository
from xiaoneng.core.views.errors import NoUnitToShareWith, TooManyViews, ViewNameTaken
from xiaoneng.core.views.models import SavedView
from xiaoneng.core.views.schemas import ViewCreate, ViewFilter, ViewRead, ViewSettings
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import NotFound

MAX_VIEWS = 30


async def page(session: Session, actor: Actor, chosen: ViewFilter) -> Page[ViewRead]:
    """The caller's views of a list, and those shared in the caller's unit."""
    found = await repository.page(session, actor.id, actor.unit_id, chosen.list_name, chosen)
    return found.page(lambda row: read(row, actor))


async def create(session: Session, actor: Actor, body: ViewCreate) -> ViewRead:
    """Keep a view. Raises TooManyViews, ViewNameTaken and NoUnitToShareWith."""
    if await repository.count(session, actor.id, body.list_name) >= MAX_VIEWS:
        raise TooManyViews
    view = SavedView(
        id=ids.new_id(), account_id=actor.id, owner_name=actor.name, list_name=body.list_name, title="", filters={}
    )
    await _set(session, actor, view, body)
    session.add(view)
    return read(view, actor)


async def change(session: Session, actor: Actor, view_id: UUID, rev: int, body: ViewSettings) -> ViewRead:
    """Set everything about one of the caller's views anew.

    Raises NotFound, PreconditionFailed, ViewNameTaken and NoUnitToShareWith.
    """
    view = await _own(session, actor, view_id, rev)
    await _set(session, actor, view, body)
    view.rev, view.updated_at = view.rev + 1, clock.now()
    return read(view, actor)


async def remove(session: Session, actor: Actor, view_id: UUID, rev: int) -> None:
    """Drop one of the caller's views. Raises NotFound and PreconditionFailed."""
    await session.delete(await _own(session, actor, view_id, rev))


async def _own(session: Session, actor: Actor, view_id: UUID, rev: int) -> SavedView:
    view = await repository.lock_own(session, actor.id, view_id)
    if view is None:
        raise NotFound
    check_rev(view, rev)
    return view


async def _set(session: Session, actor: Actor, view: SavedView, body: ViewSettings) -> None:
    if body.is_shared and actor.unit_id is None:
        raise NoUnitToShareWith
    if await repository.is_taken(session, actor.id, view.list_name, body.title, view.id):
        raise ViewNameTaken
    if body.is_default:
        await repository.clear_default(session, actor.id, view.list_name, view.id)
    view.title, view.filters, view.sort = body.title, dict(body.filters), body.sort
    view.columns = body.columns.model_dump() if body.columns else None
    view.is_default = body.is_default
    view.shared_unit_id = actor.unit_id if body.is_shared else None


def read(view: Any, actor: Actor) -> ViewRead:
    """A view as the API shows it; only its owner's console opens it by itself."""
    is_own = view.account_id == actor.id
    return ViewRead(
        id=view.id,
        rev=view.rev,
        list_name=view.list_name,
        title=view.title,
        filters=view.filters,
        sort=view.sort,
        columns=view.columns,
        is_default=is_own and view.is_default,
        is_shared=view.shared_unit_id is not None,
        is_own=is_own,
        owner_name=view.owner_name,
    )
