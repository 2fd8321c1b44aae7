"""Leaves and substitutes over HTTP."""

from uuid import UUID

from fastapi import Response

from xiaoneng.core.access.deps import CurrentActor
from xiaoneng.core.access.errors import NotAuthenticated, PermissionDenied
from xiaoneng.core.organization.errors import (
    AwayAlready,
    DateOutOfOrder,
    DutiesNotSeparate,
    LeaveOver,
    SubstituteRefused,
)
from xiaoneng.core.organization.schemas.leaves import AbsenceRead, LeaveCreate, LeaveEnd, LeaveRead, SubstituteName
from xiaoneng.core.organization.schemas.people import AppointmentRead
from xiaoneng.core.organization.service import leaves
from xiaoneng.kit.http import ExpectedRev, SessionDep, router, tagged
from xiaoneng.kit.problems import InvalidInput, NotFound, PreconditionFailed, PreconditionRequired, responses

routes = router("", "organization")
_SEEN = (NotAuthenticated, PermissionDenied, InvalidInput, NotFound)
_CHANGED = (*_SEEN, PreconditionFailed, PreconditionRequired)


@routes.get(
    "/people/{person_id}/absence",
    operation_id="people_absence",
    summary="请假与 A/B 岗",
    responses=responses(*_SEEN),
)
async def people_absence(person_id: UUID, session: SessionDep, actor: CurrentActor) -> AbsenceRead:
    """When a person is away, and who stands in for each post."""
    return await leaves.absence_of(session, actor, person_id)


@routes.post(
    "/people/{person_id}/leaves",
    operation_id="leaves_create",
    summary="登记请假外出",
    status_code=201,
    responses=responses(*_SEEN, DateOutOfOrder, AwayAlready),
)
async def leaves_create(
    person_id: UUID, body: LeaveCreate, session: SessionDep, actor: CurrentActor, response: Response
) -> LeaveRead:
    """Somebody is away: from the first day on the work is with whoever stands in (R-25)."""
    return tagged(response, LeaveRead.model_validate(await leaves.record_leave(session, actor, person_id, body)))


@routes.post(
    "/leaves/{leave_id}/actions/end",
    operation_id="leaves_end",
    summary="销假回岗",
    responses=responses(*_CHANGED, LeaveOver),
)
async def leaves_end(
    leave_id: UUID, body: LeaveEnd, session: SessionDep, actor: CurrentActor, rev: ExpectedRev, response: Response
) -> LeaveRead:
    """Somebody is back: what went to the substitute and is not done comes back."""
    return tagged(response, LeaveRead.model_validate(await leaves.end_leave(session, actor, leave_id, body, rev)))


@routes.post(
    "/appointments/{appointment_id}/actions/name_substitute",
    operation_id="appointments_name_substitute",
    summary="确定 B 岗",
    responses=responses(*_CHANGED, SubstituteRefused, DutiesNotSeparate),
)
async def appointments_name_substitute(
    appointment_id: UUID,
    body: SubstituteName,
    session: SessionDep,
    actor: CurrentActor,
    rev: ExpectedRev,
    response: Response,
) -> AppointmentRead:
    """Say who holds the post's role while its holder is away."""
    post = await leaves.name_substitute(session, actor, appointment_id, body, rev)
    return tagged(response, AppointmentRead.model_validate(post))
