"""The demo region: an invented district with people of every role and a month of work, entered through the services.

Everything is done by the same functions that serve requests, at the moments it is said to have happened.
"""

import asyncio
import base64
import secrets
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from xiaoneng.cli import demo_campaign, demo_evaluation, demo_inspections, demo_letters, demo_monitoring, demo_month
from xiaoneng.cli.database import addresses
from xiaoneng.core.accounts.schemas import AccountDraft
from xiaoneng.core.accounts.service import directory
from xiaoneng.core.accounts.service.passwords import hash_password
from xiaoneng.core.organization.models import BodyKind, UnitType
from xiaoneng.core.organization.schemas.bodies import BodyCreate, MemberAdd
from xiaoneng.core.organization.schemas.people import AppointmentCreate, PersonCreate
from xiaoneng.core.organization.schemas.units import UnitCreate
from xiaoneng.core.organization.service import bodies, people, units
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline.schemas import SYSTEM
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.campaigns.service import templates
from xiaoneng.features.hotline.service import sources
from xiaoneng.features.inspections.service import plans
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.documents import read_yaml
from xiaoneng.settings import get_settings

REGION_FILE = Path(__file__).with_name("demo_region.yaml")
SHOWN_LOGINS = ("operator", "cg.liaison", "cg.head", "office", "inspector", "leader", "sysadmin")
_LEVELS = {"county": 3, "secondary_institution": 5, "village": 5}


def seed() -> None:
    """Write calendars, taxonomies and the demo region, once."""
    with addresses() as found:
        asyncio.run(seed_once(found.app))


def token(login: Annotated[str, typer.Argument(help="登录名")]) -> None:
    """Print an access token of an account; refused in production."""
    with addresses() as found:
        typer.echo(asyncio.run(_token(found.app, login)))


def source(
    code: Annotated[str, typer.Argument(help="来源平台代码")],
    name: Annotated[str, typer.Option(help="名称")] = "",
    secret: Annotated[str, typer.Option(help="密钥 whsec_…，缺省则新生成")] = "",
) -> None:
    """Add a 12345 platform or give it a new secret, and print the secret once."""
    given = secret or new_secret()
    with addresses() as found:
        asyncio.run(save_source(found.app, code, name or code, given))
    typer.echo(given)


def new_secret() -> str:
    """A Standard Webhooks secret of 32 random bytes, in the base64 with `+` and `/` that the standard means."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


async def unit_ids(session: Session) -> dict[str, UUID]:
    """The region's units by code."""
    return {node.code: node.id for node in (await organization.tree(session)).items}


async def save_source(url: str, code: str, name: str, secret: str) -> None:
    """Add a 12345 platform or change its secret."""
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            await sources.save(session, code, name, secret)
    finally:
        await database.close()


async def _token(url: str, login: str) -> str:
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            return await directory.issue_token_for(session, login)
    finally:
        await database.close()


async def seed_once(url: str, *, with_work: bool = True) -> bool:
    """Seed an empty database, with a month of work; returns whether there was anything to do."""
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            await taxonomy.seed(session)
            await worktime.seed(session)
            await templates.seed(session)
            await plans.seed_checklists(session)
            if (await organization.tree(session)).items:
                return False
            region = _region()
            units_by_code = await _units(session, region)
            await _people(session, region, units_by_code)
        if with_work:
            await demo_month.play(database, region["matters"], units_by_code)
            await demo_campaign.play(database, units_by_code)
            await demo_inspections.play(database, units_by_code)
            await demo_evaluation.play(database, units_by_code)
            await demo_letters.play(database, units_by_code)
            await demo_monitoring.play(database, units_by_code)
        return True
    finally:
        await database.close()


def _region() -> dict[str, Any]:
    region: dict[str, Any] = read_yaml(REGION_FILE.read_text("utf-8"))
    return region


def _founded() -> date:
    """The day since which units and posts exist: long enough before the month that is played."""
    return clock.today().replace(year=clock.today().year - 1, month=1, day=1)


async def _units(session: Session, region: dict[str, Any]) -> dict[str, UUID]:
    root = region["root"]
    rows = [[root["code"], root["name"], root["type"], None, False], *region["units"]]
    ids: dict[str, UUID] = {}
    for code, name, kind, parent, is_key_unit in rows:
        draft = UnitCreate(
            code=code,
            name=name,
            type=UnitType(kind),
            level=_LEVELS.get(kind, 4),
            parent_id=ids[parent] if parent else None,
            is_key_unit=is_key_unit,
            valid_from=_founded(),
        )
        ids[code] = (await units.create_unit(session, SYSTEM, draft)).id
    return ids


async def _bodies(session: Session, region: dict[str, Any], unit_id: UUID) -> dict[str, tuple[UUID, dict[str, Any]]]:
    """The bodies by key, each with how its people serve in it: working groups borrow theirs until a day."""
    made = {}
    for key, name, kind, role, duty in region["bodies"]:
        draft = BodyCreate(unit_id=unit_id, kind=kind, name=name, role=role, valid_from=_founded())
        borrows = draft.kind == BodyKind.WORKING_GROUP
        until = clock.today().replace(month=12, day=31, year=clock.today().year + 1) if borrows else None
        terms = {"duty": duty, "seconded": borrows, "valid_from": _founded(), "valid_to": until}
        made[key] = ((await bodies.add_body(session, SYSTEM, draft)).id, terms)
    return made


async def _people(session: Session, region: dict[str, Any], unit_ids: dict[str, UUID]) -> None:
    made = await _bodies(session, region, unit_ids[region["root"]["code"]])
    password_hash = await hash_password(region["password"])
    for login, name, unit, title, role, body in region["people"]:
        person = await people.add_person(session, SYSTEM, PersonCreate(name=name))
        post = AppointmentCreate(
            person_id=person.id, unit_id=unit_ids[unit], title=title, role=role, valid_from=_founded()
        )
        await people.appoint(session, SYSTEM, post)
        if body:
            body_id, terms = made[body]
            await bodies.add_member(session, SYSTEM, body_id, MemberAdd(person_id=person.id, **terms))
        draft = AccountDraft(login, region["password"], person.id, password_hash=password_hash)
        await directory.create_account(session, SYSTEM, draft)


def announce(address: str) -> None:
    """Tell where the demo is and how to get in."""
    typer.echo(f"\n  Xiaoneng 效能  {address}/   群众入口 {address}/portal/")
    if get_settings().environment != "production":
        typer.echo(f"  登录名 {' · '.join(SHOWN_LOGINS)}   密码 {_region()['password']}\n")
