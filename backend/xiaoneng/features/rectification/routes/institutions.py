"""HTTP of the register of institutions."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import LOGIN, ActingDep, CurrentActor
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.features.rectification.errors.institutions import (
    InstitutionNeeded,
    InstitutionSettled,
    PublishedInFuture,
)
from xiaoneng.features.rectification.schemas.institutions import (
    InstitutionCreate,
    InstitutionFilter,
    InstitutionPublish,
    InstitutionRead,
)
from xiaoneng.features.rectification.service import institutions
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses
from xiaoneng.kit.schemas import ReasonInput

routes = router("/institutions", "institutions")
_CHANGES = (*LOGIN, NotFound, PreconditionFailed, PreconditionRequired, InvalidInput, InstitutionSettled)


@routes.get("", operation_id="institutions_list", summary="制度清单", responses=responses(*LOGIN, BadCursor))
async def list_institutions(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[InstitutionFilter, Query()]
) -> Page[InstitutionRead]:
    """The register, what is due first on top."""
    return await institutions.page(session, actor, chosen)


@routes.post(
    "",
    operation_id="institutions_create",
    status_code=201,
    summary="登记制度",
    responses=responses(*LOGIN, InvalidInput),
)
async def create_institution(
    actor: CurrentActor, session: SessionDep, body: InstitutionCreate, response: Response
) -> InstitutionRead:
    """Put a rule to be made, changed or abolished on the register."""
    made = await institutions.register(session, actor, body)
    response.headers["Location"] = f"/api/v1/institutions/{made.id}"
    return tagged(response, await institutions.read(session, made))


@routes.get(
    "/{institution_id}", operation_id="institutions_get", summary="制度详情", responses=responses(*LOGIN, NotFound)
)
async def get_institution(
    actor: CurrentActor, session: SessionDep, institution_id: UUID, response: Response
) -> InstitutionRead:
    """One row of the register."""
    return tagged(response, await institutions.get(session, actor, institution_id))


@routes.get(
    "/{institution_id}/timeline",
    operation_id="institutions_timeline",
    summary="制度时间线",
    responses=responses(*LOGIN, NotFound, BadCursor),
)
async def get_timeline(
    actor: CurrentActor, session: SessionDep, institution_id: UUID, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """Who did what with it when, newest first."""
    return await institutions.history(session, actor, institution_id, params)


@routes.post(
    "/{institution_id}/actions/publish",
    operation_id="institutions_publish",
    summary="制度出台",
    responses=responses(*_CHANGES, PublishedInFuture),
)
async def publish(acting: ActingDep, institution_id: UUID, body: InstitutionPublish) -> InstitutionRead:
    """Say under which number and since when it is in force; items that wait for it may close (R-01)."""
    done = await institutions.publish(acting.session, acting.actor, institution_id, acting.rev, body)
    return tagged(acting.response, await institutions.read(acting.session, done))


@routes.post(
    "/{institution_id}/actions/drop",
    operation_id="institutions_drop",
    summary="撤销制度计划",
    responses=responses(*_CHANGES, InstitutionNeeded),
)
async def drop(acting: ActingDep, institution_id: UUID, body: ReasonInput) -> InstitutionRead:
    """Take it off the plan while no open item waits for it; the row stays."""
    done = await institutions.drop(acting.session, acting.actor, institution_id, acting.rev, body)
    return tagged(acting.response, await institutions.read(acting.session, done))
