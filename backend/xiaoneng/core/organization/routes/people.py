"""People and their posts over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.organization.errors import DateOutOfOrder, DutiesNotSeparate, PostTaken, UnitGone
from xiaoneng.core.organization.schemas.people import (
    AppointmentCreate,
    AppointmentEnd,
    AppointmentRead,
    PersonCreate,
    PersonEdit,
    PersonFilter,
    PersonListItem,
    PersonRead,
)
from xiaoneng.core.organization.service import people, roster
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page, PageParamsDep
from xiaoneng.kit.problems import (
    AppError,
    InvalidInput,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    responses,
)

routes = router("", "organization")
_SIGNED_IN: tuple[type[AppError], ...] = (NotAuthenticated, PermissionDenied, InvalidInput)


@routes.get(
    "/people",
    operation_id="people_list",
    summary="人员名录",
    description="People by name, with the posts and bodies of today; heads and liaisons see those of their subtree.",
    responses=responses(*_SIGNED_IN, BadCursor),
)
async def people_list(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[PersonFilter, Query()]
) -> Page[PersonListItem]:
    """The directory."""
    return await roster.people_page(session, actor, chosen)


@routes.post(
    "/people",
    operation_id="people_create",
    summary="登记人员",
    description="Enter a person, without any post or role.",
    status_code=201,
    responses=responses(*_SIGNED_IN),
)
async def people_create(body: PersonCreate, session: SessionDep, actor: CurrentActor, response: Response) -> PersonRead:
    """Enter a person."""
    person = await people.add_person(session, actor.author, body)
    response.headers["Location"] = f"/api/v1/people/{person.id}"
    return tagged(response, await roster.read_person(session, actor, person.id))


@routes.get(
    "/people/{person_id}",
    operation_id="people_get",
    summary="人员详情",
    description="One person with every post and body, past and to come.",
    responses=responses(*_SIGNED_IN, NotFound),
)
async def people_get(person_id: UUID, session: SessionDep, actor: CurrentActor, response: Response) -> PersonRead:
    """One person."""
    return tagged(response, await roster.read_person(session, actor, person_id))


@routes.get(
    "/people/{person_id}/timeline",
    operation_id="people_timeline",
    summary="人员变动记录",
    description="Who entered and changed the person, and gave and ended posts; the newest first.",
    responses=responses(*_SIGNED_IN, NotFound, BadCursor),
)
async def people_timeline(
    person_id: UUID, session: SessionDep, actor: CurrentActor, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """The history of a person."""
    return await roster.person_timeline(session, actor, person_id, params)


@routes.post(
    "/people/{person_id}/actions/edit",
    operation_id="people_edit",
    summary="修改人员信息",
    description="Change the fields that are given; `null` clears one.",
    responses=responses(*_SIGNED_IN, NotFound, PreconditionFailed, PreconditionRequired),
)
async def people_edit(
    person_id: UUID, body: PersonEdit, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> PersonRead:
    """Change a person."""
    await people.edit_person(session, actor.author, person_id, body, rev)
    await session.flush()
    return tagged(response, await roster.read_person(session, actor, person_id))


@routes.post(
    "/appointments",
    operation_id="appointments_create",
    summary="任职授权",
    description="Give a person a post and, with it, a role in the unit's subtree. Nobody grants to themselves.",
    status_code=201,
    responses=responses(*_SIGNED_IN, NotFound, UnitGone, PostTaken, DutiesNotSeparate, DateOutOfOrder),
)
async def appointments_create(
    body: AppointmentCreate, session: SessionDep, actor: CurrentActor, response: Response
) -> AppointmentRead:
    """Give a person a post."""
    return tagged(response, AppointmentRead.model_validate(await people.grant_post(session, actor, body)))


@routes.post(
    "/appointments/{appointment_id}/actions/end",
    operation_id="appointments_end",
    summary="免职",
    description="The last day of a post; its role is gone the day after.",
    responses=responses(*_SIGNED_IN, NotFound, DateOutOfOrder, PreconditionFailed, PreconditionRequired),
)
async def appointments_end(
    appointment_id: UUID,
    body: AppointmentEnd,
    session: SessionDep,
    actor: CurrentActor,
    rev: ExpectedRev,
    response: Response,
) -> AppointmentRead:
    """End a post."""
    ended = await people.revoke_post(session, actor, appointment_id, body, rev)
    return tagged(response, AppointmentRead.model_validate(ended))
