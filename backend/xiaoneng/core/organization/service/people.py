"""Entering people, and giving and ending their posts."""

from datetime import date
from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.models import Role
from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization import policies
from xiaoneng.core.organization.errors import DateOutOfOrder, DutiesNotSeparate, PostTaken, UnitGone
from xiaoneng.core.organization.models import POST_ROLES, Appointment, Body, Membership, Person
from xiaoneng.core.organization.repository import people as people_rows
from xiaoneng.core.organization.schemas.people import AppointmentCreate, AppointmentEnd, PersonCreate, PersonEdit
from xiaoneng.core.organization.service.forest import forest
from xiaoneng.core.timeline.schemas import Author, Change
from xiaoneng.core.timeline.service import record
from xiaoneng.kit import clock
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.problems import InvalidInput, NotFound

SUBJECT = "person"


async def add_person(session: Session, author: Author, draft: PersonCreate) -> Person:
    """Enter a person."""
    person = Person(**draft.model_dump(), phone_hash=_phone_hash(draft.phone))
    session.add(person)
    await session.flush()
    record(session, author, SUBJECT, person.id, Change("create", changes={"name": person.name}))
    return person


def _phone_hash(phone: str | None) -> bytes | None:
    return provider().lookup_hash(phone) if phone else None


async def edit_person(session: Session, author: Author, person_id: UUID, body: PersonEdit, expected_rev: int) -> Person:
    """Change what `body` names. The history shows old and new values, of a telephone only that it changed.
    What changes nothing leaves no entry and no new revision.

    Raises NotFound and PreconditionFailed.
    """
    person = await people_rows.get(session, person_id, lock=True)
    if person is None:
        raise NotFound
    check_rev(person, expected_rev)
    changes: dict[str, Any] = {}
    for name in sorted(body.model_fields_set - {"reason"}):
        old, new = getattr(person, name), getattr(body, name)
        if old != new:
            setattr(person, name, new)
            changes[name] = "changed" if name == "phone" else [old, new]
    if not changes:
        return person
    if "phone" in changes:
        person.phone_hash = _phone_hash(body.phone)
    person.rev += 1
    person.updated_at = clock.now()
    record(session, author, SUBJECT, person_id, Change("edit", reason=body.reason, changes=changes))
    return person


async def appoint(session: Session, author: Author, draft: AppointmentCreate) -> Appointment:
    """Give a person a post and its role.

    Raises NotFound (of the person), InvalidInput, UnitGone, PostTaken and DutiesNotSeparate.
    """
    first = draft.valid_from or clock.today()
    last = draft.valid_to or date.max
    if draft.role is not None and draft.role not in POST_ROLES:
        raise InvalidInput
    if last < first:
        raise DateOutOfOrder
    await require_unit_on(session, draft.unit_id, first)
    await require_separate(session, draft.person_id, draft.role, first, last)
    if draft.role == Role.UHD or draft.is_deputy_in_charge:
        await _require_vacant(session, draft, first, last)
    appointment = Appointment(**draft.model_dump(exclude={"valid_from"}), valid_from=first)
    session.add(appointment)
    await session.flush()
    dated = {"appointment_id": str(appointment.id), "valid_from": first.isoformat()}
    changes = draft.model_dump(mode="json", exclude_none=True) | dated
    record(session, author, SUBJECT, draft.person_id, Change("appoint", changes=changes))
    return appointment


async def end_appointment(
    session: Session, author: Author, appointment_id: UUID, body: AppointmentEnd, expected_rev: int | None = None
) -> Appointment:
    """Let a post end with a last day; its role is gone the day after.

    Raises NotFound, DateOutOfOrder and PreconditionFailed.
    """
    appointment = await people_rows.get_appointment(session, appointment_id)
    if appointment is None:
        raise NotFound
    if expected_rev is not None:
        check_rev(appointment, expected_rev)
    end(appointment, body.valid_to)
    changes = {
        "appointment_id": str(appointment_id),
        "title": appointment.title,
        "valid_to": body.valid_to.isoformat(),
    }
    record(session, author, SUBJECT, appointment.person_id, Change("end_post", reason=body.reason, changes=changes))
    return appointment


async def grant_post(session: Session, actor: Actor, draft: AppointmentCreate) -> Appointment:
    """`appoint` by a person, who gives nothing to themselves (I3). Raises PermissionDenied besides."""
    if actor.person_id == draft.person_id:
        raise PermissionDenied
    return await appoint(session, actor.author, draft)


async def revoke_post(
    session: Session, actor: Actor, appointment_id: UUID, body: AppointmentEnd, expected_rev: int
) -> Appointment:
    """`end_appointment` by a person, never of a post of their own (I3). Raises PermissionDenied besides."""
    ended = await end_appointment(session, actor.author, appointment_id, body, expected_rev)
    if actor.person_id == ended.person_id:
        raise PermissionDenied
    return ended


def end(held: Appointment | Membership | Body, last_day: date) -> None:
    """Let what is held end with `last_day`. Raises DateOutOfOrder: an end is brought forward, never put off."""
    if last_day < held.valid_from or (held.valid_to is not None and last_day > held.valid_to):
        raise DateOutOfOrder
    held.valid_to = last_day
    held.rev += 1
    held.updated_at = clock.now()


async def require_unit_on(session: Session, unit_id: UUID, day: date) -> None:
    """Raises UnitGone when the unit does not exist on `day`."""
    if unit_id in (await forest(session)).on(day).nodes:
        return
    if unit_id not in (await forest(session, fresh=True)).on(day).nodes:
        raise UnitGone


async def require_separate(session: Session, person_id: UUID, role: Role | None, first: date, last: date) -> None:
    """The role goes together with all that the person holds in that time. Raises NotFound and DutiesNotSeparate.

    The person's row is locked, so that two grants at once cannot slip past each other.
    """
    if await people_rows.get(session, person_id, lock=True) is None:
        raise NotFound
    held = await people_rows.holdings_of(session, person_id, first, last)
    roles = {row.role for row in held} | {role}
    if not policies.are_separate({one for one in roles if one is not None}):
        raise DutiesNotSeparate


async def _require_vacant(session: Session, draft: AppointmentCreate, first: date, last: date) -> None:
    for row in await people_rows.leading_posts(session, draft.unit_id, first, last):
        if (draft.role == Role.UHD and row.role == Role.UHD) or (draft.is_deputy_in_charge and row.is_deputy_in_charge):
            raise PostTaken
