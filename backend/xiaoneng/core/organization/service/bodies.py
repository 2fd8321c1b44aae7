"""Setting up bodies, and letting people serve in them for a time (S0-02)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.errors import BodyGone, DateOutOfOrder, LoanNeedsEnd, MemberAlready
from xiaoneng.core.organization.models import Body, Membership
from xiaoneng.core.organization.repository import bodies as body_rows
from xiaoneng.core.organization.repository import people as people_rows
from xiaoneng.core.organization.schemas.bodies import BodyCreate, BodyEnd, MemberAdd, MembershipEnd
from xiaoneng.core.organization.service import people
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.problems import NotFound

SUBJECT = "body"


async def add_body(session: Session, author: Author, draft: BodyCreate) -> Body:
    """Set up a leading group, an office or a working group. Raises UnitGone."""
    first = draft.valid_from or clock.today()
    await people.require_unit_on(session, draft.unit_id, first)
    body = Body(**draft.model_dump(exclude={"valid_from"}), valid_from=first)
    session.add(body)
    await session.flush()
    changes = draft.model_dump(mode="json", exclude_none=True) | {"valid_from": first.isoformat()}
    record(session, author, SUBJECT, body.id, Change("create", changes=changes))
    return body


async def end_body(session: Session, author: Author, body_id: UUID, order: BodyEnd, expected_rev: int) -> Body:
    """Let a body end with a last day; nobody serves in it the day after.

    Raises NotFound, DateOutOfOrder and PreconditionFailed.
    """
    body = await body_rows.lock(session, body_id)
    if body is None:
        raise NotFound
    check_rev(body, expected_rev)
    people.end(body, order.valid_to)
    changes = {"valid_to": order.valid_to.isoformat()}
    record(session, author, SUBJECT, body_id, Change("end", reason=order.reason, changes=changes))
    return body


async def add_member(session: Session, author: Author, body_id: UUID, draft: MemberAdd) -> Membership:
    """Let a person serve in a body; the role lasts as long. A loan remembers the unit that lends.

    Raises NotFound, BodyGone, DateOutOfOrder, LoanNeedsEnd, DutiesNotSeparate and MemberAlready.
    """
    body = await body_rows.lock(session, body_id)
    if body is None:
        raise NotFound
    first = draft.valid_from or clock.today()
    last = draft.valid_to or date.max
    if draft.seconded and draft.valid_to is None:
        raise LoanNeedsEnd
    if last < first:
        raise DateOutOfOrder
    if first < body.valid_from or (body.valid_to is not None and (draft.valid_to or first) > body.valid_to):
        raise BodyGone
    await people.require_separate(session, draft.person_id, body.role, first, last)
    if await body_rows.serves_between(session, body_id, draft.person_id, first, last):
        raise MemberAlready
    home = await _home_of(session, draft.person_id, first) if draft.seconded else None
    membership = Membership(
        **draft.model_dump(exclude={"valid_from"}), body_id=body_id, home_unit_id=home, valid_from=first
    )
    session.add(membership)
    await session.flush()
    changes = draft.model_dump(mode="json", exclude_none=True) | {
        "membership_id": str(membership.id),
        "body_id": str(body_id),
        "body": body.name,
        "person": await _name_of(session, draft.person_id),
        "valid_from": first.isoformat(),
    }
    _note(session, author, membership, ("join_body", "add_member"), Change("", changes=changes))
    return membership


async def end_membership(
    session: Session, author: Author, membership_id: UUID, order: MembershipEnd, expected_rev: int | None = None
) -> Membership:
    """Let a membership end with a last day; its role is gone the day after.

    Raises NotFound, DateOutOfOrder and PreconditionFailed.
    """
    membership = await body_rows.get_membership(session, membership_id)
    if membership is None:
        raise NotFound
    if expected_rev is not None:
        check_rev(membership, expected_rev)
    people.end(membership, order.valid_to)
    changes = {
        "membership_id": str(membership_id),
        "body_id": str(membership.body_id),
        "person_id": str(membership.person_id),
        "person": await _name_of(session, membership.person_id),
        "valid_to": order.valid_to.isoformat(),
    }
    _note(session, author, membership, ("leave_body", "end_member"), Change("", reason=order.reason, changes=changes))
    return membership


async def grant_membership(session: Session, actor: Actor, body_id: UUID, draft: MemberAdd) -> Membership:
    """`add_member` by a person, who gives nothing to themselves (I3). Raises PermissionDenied besides."""
    if actor.person_id == draft.person_id:
        raise PermissionDenied
    return await add_member(session, actor.author, body_id, draft)


async def revoke_membership(
    session: Session, actor: Actor, membership_id: UUID, order: MembershipEnd, expected_rev: int
) -> Membership:
    """`end_membership` by a person, never of their own service (I3). Raises PermissionDenied besides."""
    ended = await end_membership(session, actor.author, membership_id, order, expected_rev)
    if actor.person_id == ended.person_id:
        raise PermissionDenied
    return ended


async def _name_of(session: Session, person_id: UUID) -> str:
    return (await people_rows.names(session, [person_id]))[person_id]


async def _home_of(session: Session, person_id: UUID, day: date) -> UUID | None:
    held = await people_rows.holdings_of(session, person_id, day)
    return next((row.unit_id for row in held if row.is_post), None)


def _note(session: Session, author: Author, membership: Membership, actions: tuple[str, str], change: Change) -> None:
    """One entry for the person and one for the body: both pages tell it."""
    subjects = ((people.SUBJECT, membership.person_id), (SUBJECT, membership.body_id))
    for (subject, subject_id), action in zip(subjects, actions, strict=True):
        record(session, author, subject, subject_id, replace(change, action=action))
