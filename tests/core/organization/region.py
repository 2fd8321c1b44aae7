"""A small invented region for tests: a county, its government office, a bureau with a station, a town, a village."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.fixtures.postgres import Urls, cloned

from xiaoneng.core.access.models import Role
from xiaoneng.core.organization.models import BodyKind, UnitType
from xiaoneng.core.organization.schemas.bodies import BodyCreate, MemberAdd
from xiaoneng.core.organization.schemas.people import AppointmentCreate, PersonCreate
from xiaoneng.core.organization.schemas.units import UnitCreate
from xiaoneng.core.organization.service import bodies, people, units
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Database, Session

FOUNDED = date(2020, 1, 1)
Units = dict[str, UUID]
LAYOUT = (
    ("county", "青禾县", UnitType.COUNTY, 3, None),
    ("office", "青禾县政府办公室", UnitType.GOVERNMENT_DEPARTMENT, 3, "county"),
    ("bureau", "青禾县住建局", UnitType.GOVERNMENT_DEPARTMENT, 3, "county"),
    ("station", "青禾县质监站", UnitType.SECONDARY_INSTITUTION, 4, "bureau"),
    ("town", "柳溪镇", UnitType.TOWNSHIP, 4, "county"),
    ("village", "柳溪镇桥头村", UnitType.VILLAGE, 5, "town"),
)


@pytest.fixture(scope="module")
async def database(postgres_urls: Urls, template: str, anyio_backend: str) -> AsyncIterator[Database]:
    """A database for one module, empty at first; units of work really commit, with the application's own rights."""
    with cloned(postgres_urls, template) as urls:
        made = Database(urls.app, pool_size=24)
        yield made
        await made.close()


@pytest.fixture(scope="module")
async def region(database: Database) -> Units:
    """The units, in that database."""
    return await found_region(database)


async def found_region(database: Database) -> Units:
    """Units by their nicknames, living since 2020."""
    made: Units = {}
    async with database.unit_of_work() as session:
        for nick, name, kind, level, parent in LAYOUT:
            draft = UnitCreate(
                code=nick,
                name=name,
                type=kind,
                level=level,
                parent_id=made[parent] if parent else None,
                valid_from=FOUNDED,
            )
            made[nick] = (await units.create_unit(session, SYSTEM, draft)).id
    return made


@dataclass(frozen=True)
class Post:
    """A post to give."""

    unit_id: UUID
    role: Role | None = None
    valid_from: date | None = FOUNDED
    valid_to: date | None = None
    title: str = "科员"


async def hire(session: Session, *posts: Post, name: str = "林知远", phone: str | None = None) -> UUID:
    """A person with posts."""
    person = await people.add_person(session, SYSTEM, PersonCreate(name=name, phone=phone))
    for post in posts:
        draft = AppointmentCreate(
            person_id=person.id,
            unit_id=post.unit_id,
            title=post.title,
            role=post.role,
            valid_from=post.valid_from,
            valid_to=post.valid_to,
        )
        await people.appoint(session, SYSTEM, draft)
    return person.id


async def serve_in(session: Session, person_id: UUID, unit_id: UUID, role: Role) -> UUID:
    """A body at a unit with one member on loan for a year; the membership's key."""
    draft = BodyCreate(unit_id=unit_id, kind=BodyKind.OFFICE, name=f"专班 {ids.new_id()}", role=role)
    body = await bodies.add_body(session, SYSTEM, draft)
    loan = MemberAdd(person_id=person_id, seconded=True, valid_to=clock.today() + timedelta(days=365))
    return (await bodies.add_member(session, SYSTEM, body.id, loan)).id


async def new_unit(database: Database, parent: UUID | None, name: str = "临时机构", **more: object) -> UUID:
    """One more unit, with a code of its own."""
    async with database.unit_of_work() as session:
        draft = UnitCreate(
            **{
                "code": f"t{ids.new_id().hex}",
                "name": name,
                "type": UnitType.PUBLIC_INSTITUTION,
                "level": 4,
                "parent_id": parent,
                "valid_from": FOUNDED,
                **more,
            }
        )
        return (await units.create_unit(session, SYSTEM, draft)).id
