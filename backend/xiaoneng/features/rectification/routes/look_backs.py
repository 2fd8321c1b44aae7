"""HTTP of look-backs."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.features.rectification.errors.look_backs import NothingToDraw
from xiaoneng.features.rectification.schemas.look_backs import LookBackCreate, LookBackItem, LookBackRead
from xiaoneng.features.rectification.service import look_backs
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses

routes = router("/look-backs", "look_backs")


@routes.get("", operation_id="look_backs_list", summary="回头看", responses=responses(*LOGIN, BadCursor))
async def list_look_backs(_: CurrentActor, session: SessionDep, params: PageParamsDep) -> Page[LookBackRead]:
    """The draws, newest first, with what still waits."""
    return await look_backs.page(session, params)


@routes.post(
    "",
    operation_id="look_backs_create",
    status_code=201,
    summary="抽取回头看样本",
    responses=responses(*LOGIN, InvalidInput, NothingToDraw),
)
async def create_look_back(
    actor: CurrentActor, session: SessionDep, body: LookBackCreate, response: Response
) -> LookBackRead:
    """Draw a sample that anyone can repeat from the seed, and every mass-complaint item besides (R-08)."""
    made = await look_backs.draw(session, actor, body)
    response.headers["Location"] = f"/api/v1/look-backs/{made.id}"
    return await look_backs.get(session, made.id)


@routes.get(
    "/{look_back_id}", operation_id="look_backs_get", summary="回头看详情", responses=responses(*LOGIN, NotFound)
)
async def get_look_back(_: CurrentActor, session: SessionDep, look_back_id: UUID) -> LookBackRead:
    """One draw with seed and population hash."""
    return await look_backs.get(session, look_back_id)


@routes.get(
    "/{look_back_id}/items",
    operation_id="look_backs_items",
    summary="回头看样本",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def list_items(
    _: CurrentActor, session: SessionDep, look_back_id: UUID, params: PageParamsDep
) -> Page[LookBackItem]:
    """The items of a draw and what was found; the answer itself is an action of the item."""
    return await look_backs.checks(session, look_back_id, params)
