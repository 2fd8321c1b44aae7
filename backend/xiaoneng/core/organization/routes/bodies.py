"""Bodies and service in them over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.organization.errors import (
    BodyGone,
    DateOutOfOrder,
    DutiesNotSeparate,
    LoanNeedsEnd,
    MemberAlready,
    UnitGone,
)
from xiaoneng.core.organization.schemas.bodies import (
    BodyCreate,
    BodyEnd,
    BodyFilter,
    BodyListItem,
    BodyRead,
    MemberAdd,
    MemberFilter,
    MemberRead,
    MembershipEnd,
)
from xiaoneng.core.organization.service import bodies, roster
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
_CHANGE = (*_SIGNED_IN, NotFound, DateOutOfOrder, PreconditionFailed, PreconditionRequired)


@routes.get(
    "/bodies",
    operation_id="bodies_list",
    summary="专班机构",
    description="Leading groups, their offices and working groups, by name.",
    responses=responses(*_SIGNED_IN, BadCursor),
)
async def bodies_list(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[BodyFilter, Query()]
) -> Page[BodyListItem]:
    """The bodies."""
    return await roster.bodies_page(session, actor, chosen)


@routes.post(
    "/bodies",
    operation_id="bodies_create",
    summary="设立专班机构",
    description="Set up a body at a unit; its members hold its role in the unit's subtree while they serve.",
    status_code=201,
    responses=responses(*_SIGNED_IN, UnitGone),
)
async def bodies_create(body: BodyCreate, session: SessionDep, actor: CurrentActor, response: Response) -> BodyRead:
    """Set up a body."""
    made = await bodies.add_body(session, actor.author, body)
    response.headers["Location"] = f"/api/v1/bodies/{made.id}"
    return tagged(response, await roster.read_body(session, actor, made.id))


@routes.get(
    "/bodies/{body_id}",
    operation_id="bodies_get",
    summary="专班机构详情",
    description="One body, with how many serve in it today.",
    responses=responses(*_SIGNED_IN, NotFound),
)
async def bodies_get(body_id: UUID, session: SessionDep, actor: CurrentActor, response: Response) -> BodyRead:
    """One body."""
    return tagged(response, await roster.read_body(session, actor, body_id))


@routes.get(
    "/bodies/{body_id}/timeline",
    operation_id="bodies_timeline",
    summary="专班机构变动记录",
    description="Who set the body up and whom it took in and let go; the newest first.",
    responses=responses(*_SIGNED_IN, NotFound, BadCursor),
)
async def bodies_timeline(
    body_id: UUID, session: SessionDep, actor: CurrentActor, params: PageParamsDep
) -> Page[TimelineEntryRead]:
    """The history of a body."""
    return await roster.body_timeline(session, actor, body_id, params)


@routes.post(
    "/bodies/{body_id}/actions/end",
    operation_id="bodies_end",
    summary="撤销专班机构",
    description="The last day of a body; nobody serves in it and holds its role the day after.",
    responses=responses(*_CHANGE),
)
async def bodies_end(
    body_id: UUID, body: BodyEnd, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> BodyRead:
    """End a body."""
    await bodies.end_body(session, actor.author, body_id, body, rev)
    await session.flush()
    return tagged(response, await roster.read_body(session, actor, body_id))


@routes.get(
    "/bodies/{body_id}/members",
    operation_id="bodies_members",
    summary="专班机构成员",
    description="Who serves and served in the body, the latest first.",
    responses=responses(*_SIGNED_IN, NotFound, BadCursor),
)
async def bodies_members(
    body_id: UUID, session: SessionDep, actor: CurrentActor, chosen: Annotated[MemberFilter, Query()]
) -> Page[MemberRead]:
    """The members of a body."""
    return await roster.members_page(session, actor, body_id, chosen)


@routes.post(
    "/bodies/{body_id}/members",
    operation_id="memberships_create",
    summary="增加专班成员",
    description="Let a person serve, from a day to a day; a loan needs its last day. The role begins and ends with the "
    "service. Nobody adds themselves.",
    status_code=201,
    responses=responses(
        *_SIGNED_IN, NotFound, BodyGone, DateOutOfOrder, DutiesNotSeparate, LoanNeedsEnd, MemberAlready
    ),
)
async def memberships_create(
    body_id: UUID, body: MemberAdd, session: SessionDep, actor: CurrentActor, response: Response
) -> MemberRead:
    """Add a member."""
    membership = await bodies.grant_membership(session, actor, body_id, body)
    return tagged(response, await roster.read_membership(session, membership))


@routes.post(
    "/memberships/{membership_id}/actions/end",
    operation_id="memberships_end",
    summary="成员离任",
    description="The last day of a service; its role is gone the day after. Nobody ends their own.",
    responses=responses(*_CHANGE),
)
async def memberships_end(
    membership_id: UUID,
    body: MembershipEnd,
    session: SessionDep,
    actor: CurrentActor,
    rev: ExpectedRev,
    response: Response,
) -> MemberRead:
    """End a membership."""
    membership = await bodies.revoke_membership(session, actor, membership_id, body, rev)
    return tagged(response, await roster.read_membership(session, membership))
