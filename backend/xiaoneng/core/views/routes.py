"""HTTP of saved views."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated
from xiaoneng.core.views import service
from xiaoneng.core.views.errors import NoUnitToShareWith, TooManyViews, ViewNameTaken
from xiaoneng.core.views.schemas import ViewCreate, ViewFilter, ViewRead, ViewSettings
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses

routes = router("/saved-views", "views")
_REFUSED = (ViewNameTaken, NoUnitToShareWith, InvalidInput)
_OWN = (NotAuthenticated, NotFound, PreconditionFailed, PreconditionRequired)


@routes.get(
    "",
    operation_id="saved_views_list",
    summary="保存的视图",
    responses=responses(NotAuthenticated, BadCursor, InvalidInput),
)
async def list_views(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[ViewFilter, Query()]
) -> Page[ViewRead]:
    """The caller's views of one list, and those that people of the same unit share, in the order they were made."""
    return await service.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="saved_views_create",
    status_code=201,
    summary="保存视图",
    responses=responses(NotAuthenticated, TooManyViews, *_REFUSED),
)
async def create_view(actor: CurrentActor, session: SessionDep, body: ViewCreate, response: Response) -> ViewRead:
    """Keep how a list is looked at under a name; a default one opens by itself."""
    return tagged(response, await service.create(session, actor, body))


@routes.post(
    "/{view_id}/actions/change",
    operation_id="saved_views_change",
    summary="修改视图",
    responses=responses(*_OWN, *_REFUSED),
)
async def change_view(
    actor: CurrentActor, session: SessionDep, view_id: UUID, rev: ExpectedRev, body: ViewSettings, response: Response
) -> ViewRead:
    """Set everything about one of the caller's views anew."""
    return tagged(response, await service.change(session, actor, view_id, rev, body))


@routes.post(
    "/{view_id}/actions/remove",
    operation_id="saved_views_remove",
    status_code=204,
    summary="删除视图",
    responses=responses(*_OWN, InvalidInput),
)
async def remove_view(actor: CurrentActor, session: SessionDep, view_id: UUID, rev: ExpectedRev) -> None:
    """Drop one of the caller's views."""
    await service.remove(session, actor, view_id, rev)
