"""The pool of representatives: adding, withdrawing, looking at it."""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.evaluations import policies
from xiaoneng.features.evaluations.errors.rounds import PersonDuplicate, PersonRefused
from xiaoneng.features.evaluations.events import PoolMoved
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.pool import REPRESENTATIVE, Representative, RepresentativeStatus
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.features.evaluations.repository import pool as repository
from xiaoneng.features.evaluations.rules import people
from xiaoneng.features.evaluations.schemas.pool import (
    CategoryCount,
    PoolFilter,
    PoolSummary,
    RepresentativeCreate,
    RepresentativeItem,
)
from xiaoneng.features.evaluations.transitions import POOL
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.masks import mask_name, mask_phone
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import FieldProblem
from xiaoneng.kit.schemas import ReasonInput

MINIMUM: int = SchemeContent.model_fields["pool_minimum"].default
"""The usual gate (R-50); a scheme may ask for more."""


async def _judge(_: Session, __: Actor, ___: Representative) -> Judge:
    def judge(_: str) -> Denial:
        return None

    return judge


DOOR: Door[Representative] = Door(
    REPRESENTATIVE,
    POOL,
    standing=policies.person_standing,
    judge=_judge,
    moved=lambda person_id, action: PoolMoved(subject_id=person_id, action=action),
)


async def add(session: Session, actor: Actor, body: RepresentativeCreate) -> Representative:
    """Add somebody. Raises PersonRefused, PersonDuplicate and UnitGone."""
    phone, identity = people.phone_of(body.phone), people.identity_of(body.identity)
    if phone is None or identity is None:
        wrong = [("phone", phone, "bad_phone"), ("identity", identity, "bad_identity")]
        raise PersonRefused(
            errors=[
                FieldProblem(path=f"body.{name}", code=code, message=PersonRefused.title_zh)
                for name, value, code in wrong
                if value is None
            ]
        )
    if body.employer_id is not None:
        await organization.require_unit(session, body.employer_id)
    hashes = provider().lookup_hash(phone), provider().lookup_hash(identity)
    await repository.lock(session)
    if await repository.is_known(session, *hashes):
        raise PersonDuplicate
    person = Representative(
        category=body.category,
        name=body.name,
        phone=phone,
        phone_hash=hashes[0],
        identity=identity,
        identity_hash=hashes[1],
        employer_id=body.employer_id,
    )
    session.add(person)
    await session.flush()
    timeline.record(
        session, actor.author, REPRESENTATIVE, person.id, Change("add", changes={"category": body.category})
    )
    return person


async def perform(session: Session, actor: Actor, person_id: UUID, command: Command) -> Representative:
    """Do one step of a representative. Raises what `Door.perform` raises, and PersonDuplicate."""
    await repository.lock(session)
    person = await repository.find(session, person_id)
    return await DOOR.perform(session, actor, person, command)


@DOOR.on("withdraw", ReasonInput)
async def _withdraw(_: Session, __: Actor, ___: Representative, ____: ReasonInput) -> Changes:
    return {}


@DOOR.on("restore", ReasonInput)
async def _restore(session: Session, _: Actor, person: Representative, __: ReasonInput) -> Changes:
    if await repository.is_known(session, person.phone_hash, person.identity_hash):
        raise PersonDuplicate
    return {}


async def read(session: Session, actor: Actor, person: Any) -> RepresentativeItem:
    """A representative, masked, with what the caller may do."""
    employers = [person.employer_id] if person.employer_id else []
    units = await organization.unit_refs(session, employers)
    return RepresentativeItem(
        id=person.id,
        category=person.category,
        name_masked=mask_name(person.name),
        phone_masked=mask_phone(person.phone),
        employer=units.get(person.employer_id),
        status=person.status,
        created_at=person.created_at,
        rev=person.rev,
        available_actions=action_refs(await DOOR.available(session, actor, person)),
    )


async def page(session: Session, actor: Actor, chosen: PoolFilter) -> Page[RepresentativeItem]:
    """A page of the pool, masked."""
    found = await repository.page(session, chosen)
    shown = {row.id: await read(session, actor, row) for row in found.rows}
    return found.page(lambda row: shown[row.id])


async def summary(session: Session) -> PoolSummary:
    """How large the pool is."""
    rows = await repository.counts(session)
    active = {row.category: row.count for row in rows if row.status is RepresentativeStatus.ACTIVE}
    return PoolSummary(
        active=sum(active.values()),
        withdrawn=sum(row.count for row in rows if row.status is RepresentativeStatus.WITHDRAWN),
        minimum=MINIMUM,
        by_category=[CategoryCount(category=one, count=active.get(one, 0)) for one in RaterCategory],
    )
