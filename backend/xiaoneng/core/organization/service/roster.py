"""People and bodies as the API shows them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.models import Appointment, Membership
from xiaoneng.core.organization.repository import bodies as body_rows
from xiaoneng.core.organization.repository import people as people_rows
from xiaoneng.core.organization.schemas.bodies import BodyFilter, BodyListItem, BodyRead, MemberFilter, MemberRead
from xiaoneng.core.organization.schemas.people import (
    PersonFilter,
    PersonListItem,
    PersonRead,
    PostBrief,
    PostRead,
    ServiceBrief,
    ServiceRead,
)
from xiaoneng.core.organization.schemas.shared import PersonRef, UnitRef
from xiaoneng.core.organization.service.directory import person_refs, subtree, unit_refs
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.timeline.service import page_of
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.masks import mask_phone
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

PERSON_TITLES = {
    "create": "登记",
    "edit": "修改信息",
    "appoint": "任职",
    "end_post": "免职",
    "name_substitute": "确定 B 岗",
    "leave": "请假外出",
    "back": "销假回岗",
    "join_body": "加入专班机构",
    "leave_body": "离开专班机构",
}
BODY_TITLES = {"create": "设立", "add_member": "增加成员", "end_member": "成员离任", "end": "撤销"}
Units = Mapping[UUID, UnitRef]


async def people_page(session: Session, actor: Actor, chosen: PersonFilter) -> Page[PersonListItem]:
    """A page of the directory, with the posts and bodies of today."""
    today = clock.today()
    found = await people_rows.page(session, actor, chosen, today, await _below(session, chosen.unit_id))
    keys = [row.id for row in found.rows]
    posts = await people_rows.posts(session, keys, today) if keys else ()
    services = await body_rows.services(session, keys, today) if keys else ()
    units = await unit_refs(session)

    def build(row: Any) -> PersonListItem:
        return PersonListItem(
            id=row.id,
            name=row.name,
            is_mid_level=row.is_mid_level,
            rank_level=row.rank_level,
            posts=[PostBrief(**_post(post, units)) for post in posts if post.person_id == row.id],
            bodies=[ServiceBrief(**_service(one)) for one in services if one.person_id == row.id],
        )

    return found.page(build)


async def read_person(session: Session, actor: Actor, person_id: UUID) -> PersonRead:
    """One person. Raises NotFound, also beyond the actor's reach."""
    person = await people_rows.find_visible(session, actor, person_id, clock.today())
    if person is None:
        raise NotFound
    units = await unit_refs(session)
    return PersonRead(
        **{name: getattr(person, name) for name in PersonRead.model_fields.keys() & type(person).model_fields.keys()},
        phone_masked=mask_phone(person.phone) if person.phone else None,
        posts=[_post_read(post, units) for post in await people_rows.posts(session, [person_id])],
        services=[_service_read(one, units) for one in await body_rows.services(session, [person_id])],
    )


async def person_timeline(
    session: Session, actor: Actor, person_id: UUID, params: PageParams
) -> Page[TimelineEntryRead]:
    """The history of one person. Raises NotFound, also beyond the actor's reach."""
    if await people_rows.find_visible(session, actor, person_id, clock.today()) is None:
        raise NotFound
    return await page_of(session, person_id, params, PERSON_TITLES)


async def bodies_page(session: Session, actor: Actor, chosen: BodyFilter) -> Page[BodyListItem]:
    """A page of bodies by name."""
    found = await body_rows.page(session, actor, chosen, clock.today(), await _below(session, chosen.unit_id))
    units = await unit_refs(session)
    return found.page(lambda row: BodyListItem(**_body(BodyListItem, row, units)))


async def read_body(session: Session, actor: Actor, body_id: UUID) -> BodyRead:
    """One body. Raises NotFound, also beyond the actor's reach."""
    row = await _visible_body(session, actor, body_id)
    return BodyRead(**_body(BodyRead, row, await unit_refs(session)))


async def members_page(session: Session, actor: Actor, body_id: UUID, chosen: MemberFilter) -> Page[MemberRead]:
    """A page of who serves and served in a body, the latest first. Raises NotFound, also beyond the actor's reach."""
    await _visible_body(session, actor, body_id)
    found = await body_rows.members_page(session, body_id, chosen, clock.today())
    units = await unit_refs(session)
    return found.page(lambda row: _member(row, PersonRef(id=row.person_id, name=row.name), row.last_day, units))


async def body_timeline(session: Session, actor: Actor, body_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """The history of one body. Raises NotFound, also beyond the actor's reach."""
    await _visible_body(session, actor, body_id)
    return await page_of(session, body_id, params, BODY_TITLES)


async def read_membership(session: Session, membership: Membership) -> MemberRead:
    """One membership as it has just been written."""
    person = (await person_refs(session, [membership.person_id]))[membership.person_id]
    return _member(membership, person, membership.valid_to, await unit_refs(session))


async def _below(session: Session, unit_id: UUID | None) -> frozenset[UUID] | None:
    return None if unit_id is None else await subtree(session, [unit_id])


async def _visible_body(session: Session, actor: Actor, body_id: UUID) -> Any:
    row = await body_rows.find_visible(session, actor, body_id, clock.today())
    if row is None:
        raise NotFound
    return row


def _body(shape: type[BodyListItem], row: Any, units: Units) -> dict[str, Any]:
    plain = shape.model_fields.keys() - {"unit"}
    return {name: getattr(row, name) for name in plain} | {"unit": units[row.unit_id]}


def _post(post: Appointment, units: Units) -> dict[str, Any]:
    plain = PostBrief.model_fields.keys() - {"unit"}
    return {name: getattr(post, name) for name in plain} | {"unit": units[post.unit_id]}


def _post_read(post: Appointment, units: Units) -> PostRead:
    return PostRead(**_post(post, units), id=post.id, valid_from=post.valid_from, valid_to=post.valid_to, rev=post.rev)


def _service(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ServiceBrief.model_fields}


def _service_read(row: Any, units: Units) -> ServiceRead:
    return ServiceRead(
        **_service(row),
        id=row.id,
        role=row.role,
        home_unit=units.get(row.home_unit_id),
        valid_from=row.valid_from,
        valid_to=row.last_day,
        rev=row.rev,
    )


def _member(row: Any, person: PersonRef, last_day: date | None, units: Units) -> MemberRead:
    return MemberRead(
        id=row.id,
        body_id=row.body_id,
        person=person,
        duty=row.duty,
        seconded=row.seconded,
        home_unit=units.get(row.home_unit_id),
        valid_from=row.valid_from,
        valid_to=last_day,
        rev=row.rev,
    )
