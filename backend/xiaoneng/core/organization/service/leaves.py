"""Leaves, and substitutes of posts: absent A, and the work is B's the same day (R-25)."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.core.organization.errors import AwayAlready, DateOutOfOrder, LeaveOver, SubstituteRefused
from xiaoneng.core.organization.events import LeaveBegan, LeaveEnded
from xiaoneng.core.organization.models import Appointment, Leave
from xiaoneng.core.organization.policies import ADMINISTRATIONS
from xiaoneng.core.organization.repository import leaves as repository
from xiaoneng.core.organization.repository import people as people_rows
from xiaoneng.core.organization.schemas.leaves import (
    AbsenceRead,
    LeaveCreate,
    LeaveEnd,
    LeaveRead,
    SubstituteName,
    SubstituteRead,
)
from xiaoneng.core.organization.schemas.shared import PersonRef
from xiaoneng.core.organization.service.directory import find_person_in, subtree
from xiaoneng.core.organization.service.people import SUBJECT, require_separate
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.problems import NotFound


async def _require_within(session: Session, actor: Actor, permission: str, person_id: UUID) -> None:
    """Raises NotFound unless the person has a post today where the actor's permission reaches."""
    rows = await people_rows.holdings_of(session, person_id, clock.today())
    if not actor.may(permission, Standing(units=frozenset(row.unit_id for row in rows if row.is_post))):
        raise NotFound


async def name_substitute(
    session: Session, actor: Actor, appointment_id: UUID, body: SubstituteName, expected_rev: int
) -> Appointment:
    """Say who stands in for the holder of a post.

    It is somebody of the same unit or below it, and posts of administration have nobody. Raises NotFound,
    PreconditionFailed, SubstituteRefused and DutiesNotSeparate.
    """
    post = await people_rows.get_appointment(session, appointment_id)
    if post is None or not actor.may("post:substitute", Standing(units=frozenset([post.unit_id]))):
        raise NotFound
    check_rev(post, expected_rev)
    name = None
    if body.substitute_id is not None:
        person = await find_person_in(session, body.substitute_id, post.unit_id)
        if person is None or person.id == post.person_id or post.role in ADMINISTRATIONS:
            raise SubstituteRefused
        await require_separate(session, person.id, post.role, clock.today(), clock.today())
        name = person.name
    post.substitute_id = body.substitute_id
    post.rev, post.updated_at = post.rev + 1, clock.now()
    changes = {"title": post.title, "substitute": name}
    record(
        session, actor.author, SUBJECT, post.person_id, Change("name_substitute", reason=body.reason, changes=changes)
    )
    return post


async def record_leave(session: Session, actor: Actor, person_id: UUID, body: LeaveCreate) -> Leave:
    """Somebody is away; from the first day on whoever stands in has the work.

    Raises NotFound, DateOutOfOrder and AwayAlready.
    """
    await _require_within(session, actor, "leave:record", person_id)
    if body.last_day < body.first_day or body.last_day < clock.today():
        raise DateOutOfOrder
    await people_rows.get(session, person_id, lock=True)
    if await repository.overlaps(session, person_id, body.first_day, body.last_day):
        raise AwayAlready
    leave = Leave(**body.model_dump(), person_id=person_id, recorded_by=actor.name)
    session.add(leave)
    await session.flush()
    days = body.model_dump(mode="json", exclude={"reason"})
    record(session, actor.author, SUBJECT, person_id, Change("leave", reason=body.reason, changes=days))
    if body.first_day <= clock.today():
        await _begin(session, leave)
    return leave


async def end_leave(session: Session, actor: Actor, leave_id: UUID, body: LeaveEnd, expected_rev: int) -> Leave:
    """Somebody is back early, or does not go. Raises NotFound, PreconditionFailed and LeaveOver."""
    leave = await repository.get(session, leave_id)
    if leave is None:
        raise NotFound
    await _require_within(session, actor, "leave:record", leave.person_id)
    check_rev(leave, expected_rev)
    if leave.back_at is not None:
        raise LeaveOver
    record(session, actor.author, SUBJECT, leave.person_id, Change("back", reason=body.reason))
    await _end(session, leave)
    return leave


async def _begin(session: Session, leave: Leave) -> None:
    leave.told_at = clock.now()
    await outbox.publish(session, LeaveBegan(subject_id=leave.person_id))


async def _end(session: Session, leave: Leave) -> None:
    leave.back_at = clock.now()
    leave.rev, leave.updated_at = leave.rev + 1, clock.now()
    if leave.told_at is not None:
        await outbox.publish(session, LeaveEnded(subject_id=leave.person_id))


async def turn_of_the_day(session: Session) -> None:
    """Tell of the leaves that begin with this day, and of those that ended with the day before."""
    for leave in await repository.to_end(session, clock.today()):
        await _end(session, leave)
    for leave in await repository.to_begin(session, clock.today()):
        await _begin(session, leave)


async def absence_of(session: Session, actor: Actor, person_id: UUID) -> AbsenceRead:
    """When a person is away, and who stands in. Raises NotFound, also beyond the actor's sight."""
    if await people_rows.find_visible(session, actor, person_id, clock.today()) is None:
        raise NotFound
    named = await repository.names_of_substitutes(session, person_id)
    return AbsenceRead(
        leaves=[LeaveRead.model_validate(leave) for leave in await repository.of_person(session, person_id)],
        substitutes=[
            SubstituteRead(appointment_id=post_id, substitute=PersonRef(id=row.id, name=row.name))
            for post_id, row in named.items()
        ],
    )


async def standing_in(session: Session, person_id: UUID, unit_id: UUID) -> UUID | None:
    """Who stands in today for a person in a unit; None when the person is there, or nobody was named."""
    rows = await repository.substitutes(session, person_id, clock.today())
    if not rows:
        return None
    reach = await subtree(session, [unit_id])
    near = [row.substitute_id for row in rows if row.unit_id in reach]
    return next(iter(near), None)
