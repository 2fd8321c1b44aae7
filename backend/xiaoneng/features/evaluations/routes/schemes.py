"""HTTP of schemes."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.evaluations.errors.schemes import DraftOpen, KeyUnitsMissing, OwnScheme, SchemeContradictory
from xiaoneng.features.evaluations.schemas.schemes import (
    SchemeCreate,
    SchemeEdit,
    SchemeFilter,
    SchemeListItem,
    SchemeRead,
)
from xiaoneng.features.evaluations.service import schemes
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("/evaluation-schemes", "evaluations")


async def _act(acting: Acting, scheme_id: UUID, action: str, body: BaseModel) -> SchemeRead:
    session, actor = acting.session, acting.actor
    scheme = await schemes.perform(session, actor, scheme_id, acting.command(action, body))
    return tagged(acting.response, await schemes.read(session, actor, scheme))


@routes.get("", operation_id="evaluation_schemes_list", summary="评议方案", responses=responses(*LOGIN, BadCursor))
async def list_schemes(
    _: CurrentActor, session: SessionDep, chosen: Annotated[SchemeFilter, Query()]
) -> Page[SchemeListItem]:
    """All versions of all schemes, the newest first."""
    return await schemes.page(session, chosen)


@routes.post(
    "",
    operation_id="evaluation_schemes_create",
    status_code=201,
    summary="起草评议方案",
    responses=responses(*LOGIN, NotFound, InvalidInput, SchemeContradictory, UnitGone, DraftOpen),
)
async def create_scheme(actor: CurrentActor, session: SessionDep, body: SchemeCreate, response: Response) -> SchemeRead:
    """Draft a scheme, or a new version of one that is in force."""
    scheme = await schemes.create(session, actor, body)
    response.headers["Location"] = f"/api/v1/evaluation-schemes/{scheme.id}"
    return tagged(response, await schemes.read(session, actor, scheme))


@routes.get(
    "/{scheme_id}",
    operation_id="evaluation_schemes_get",
    summary="评议方案详情",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_scheme(actor: CurrentActor, session: SessionDep, scheme_id: UUID, response: Response) -> SchemeRead:
    """One version with everything in it."""
    return tagged(response, await schemes.read(session, actor, await schemes.get(session, scheme_id)))


@routes.get(
    "/{scheme_id}/timeline",
    operation_id="evaluation_schemes_timeline",
    summary="评议方案时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    _: CurrentActor, session: SessionDep, scheme_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what when and why, newest first."""
    return await schemes.history(session, scheme_id, params)


@routes.post(
    "/{scheme_id}/actions/edit",
    operation_id="evaluation_schemes_edit",
    summary="修改评议方案",
    responses=changes(SchemeContradictory, UnitGone),
)
async def edit(acting: ActingDep, scheme_id: UUID, body: SchemeEdit) -> SchemeRead:
    """Change a draft."""
    return await _act(acting, scheme_id, "edit", body)


@routes.post(
    "/{scheme_id}/actions/enact",
    operation_id="evaluation_schemes_enact",
    summary="批准评议方案",
    responses=changes(OwnScheme, KeyUnitsMissing),
)
async def enact(acting: ActingDep, scheme_id: UUID, body: NoInput) -> SchemeRead:
    """Put a draft that somebody else wrote in force; the version before it ends."""
    return await _act(acting, scheme_id, "enact", body)


@routes.post(
    "/{scheme_id}/actions/retire",
    operation_id="evaluation_schemes_retire",
    summary="停用评议方案",
    responses=changes(),
)
async def retire(acting: ActingDep, scheme_id: UUID, body: ReasonInput) -> SchemeRead:
    """Use a scheme no more."""
    return await _act(acting, scheme_id, "retire", body)
