"""HTTP of the rectification ledger."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.schemas.explanations import ClockExplanationRead
from xiaoneng.features.rectification.errors.items import OwnerRefused
from xiaoneng.features.rectification.schemas.actions import ItemCreate
from xiaoneng.features.rectification.schemas.items import ItemFilter, ItemListItem, ItemRead
from xiaoneng.features.rectification.schemas.lists import AlikeItems, AlikeQuery, ListFilter, ListRow
from xiaoneng.features.rectification.service import lists, opening, reading
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

routes = router("/rectification-items", "rectification_items")


@routes.get("", operation_id="rectification_items_list", summary="整改台账", responses=responses(*LOGIN, BadCursor))
async def list_items(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[ItemFilter, Query()]
) -> Page[ItemListItem]:
    """Items the caller may know of; `source_type` and `source_id` find the item a case led to."""
    return await reading.page(session, actor, chosen)


@routes.get(
    "/lists",
    operation_id="rectification_items_lists",
    summary="整改、责任、制度三张清单",
    responses=responses(*LOGIN, BadCursor),
)
async def list_rows(actor: CurrentActor, session: SessionDep, chosen: Annotated[ListFilter, Query()]) -> Page[ListRow]:
    """The same items as rows of one of the three lists, with their plans (S0-04)."""
    return await lists.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="rectification_items_create",
    status_code=201,
    summary="登记整改项",
    responses=responses(*LOGIN, InvalidInput, OwnerRefused),
)
async def create_item(actor: CurrentActor, session: SessionDep, body: ItemCreate, response: Response) -> ItemRead:
    """Put a problem into the ledger."""
    item = await opening.open_by(session, actor, body)
    response.headers["Location"] = f"/api/v1/rectification-items/{item.id}"
    return tagged(response, await reading.read(session, actor, item))


@routes.get(
    "/alike",
    operation_id="rectification_items_alike",
    summary="疑似重复的整改项",
    responses=responses(*LOGIN),
)
async def alike_items(actor: CurrentActor, session: SessionDep, wanted: Annotated[AlikeQuery, Query()]) -> AlikeItems:
    """Items that may be the same finding; a warning only, nothing is refused for it."""
    return await lists.alike(session, actor, wanted)


@routes.get(
    "/{item_id}", operation_id="rectification_items_get", summary="整改项详情", responses=responses(*LOGIN, NotFound)
)
async def get_item(actor: CurrentActor, session: SessionDep, item_id: UUID, response: Response) -> ItemRead:
    """One item with its plan, its evidence and what the caller may do now."""
    item = await reading.get(session, actor, item_id)
    return tagged(response, await reading.read(session, actor, item))


@routes.get(
    "/{item_id}/timeline",
    operation_id="rectification_items_timeline",
    summary="整改项时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    actor: CurrentActor, session: SessionDep, item_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await reading.history(session, actor, item_id, params)


@routes.get(
    "/{item_id}/clocks/{kind}/explanation",
    operation_id="rectification_items_clocks_explain",
    summary="整改项期限计算说明",
    responses=responses(*LOGIN, NotFound),
)
async def explain_clock(actor: CurrentActor, session: SessionDep, item_id: UUID, kind: str) -> ClockExplanationRead:
    """Why the newest time limit of a kind (plan, finish) ends when it does: every day, rule and entry."""
    return await reading.explain(session, actor, item_id, kind)
