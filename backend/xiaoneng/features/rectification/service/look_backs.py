"""Drawing closed items to look back at, and showing what was found (R-08)."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.features.rectification.errors.look_backs import NothingToDraw
from xiaoneng.features.rectification.models.look_backs import (
    LOOK_BACK,
    CheckGround,
    CheckResult,
    LookBack,
    LookBackCheck,
)
from xiaoneng.features.rectification.repository import look_backs as repository
from xiaoneng.features.rectification.schemas.look_backs import LookBackCreate, LookBackItem, LookBackRead
from xiaoneng.kit import clock, ids, lots
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound


async def draw(session: Session, actor: Actor, body: LookBackCreate) -> LookBack:
    """Draw a percentage of the items closed in some days, and take all that the masses complained of besides.

    Raises NothingToDraw.
    """
    begin = datetime.combine(body.closed_from, time(), clock.REGION_ZONE)
    end = datetime.combine(body.closed_to + timedelta(days=1), time(), clock.REGION_ZONE)
    closed = await repository.closed_between(session, begin, end)
    if not closed or body.closed_to < body.closed_from:
        raise NothingToDraw
    mass = {row.no for row in closed if row.is_mass}
    others = [row.no for row in closed if row.no not in mass]
    chosen = set(lots.drawn(body.seed, others, lots.share(body.percent, len(others))))
    look_back = LookBack(
        **body.model_dump(),
        no=await numbering.next_number(session, LOOK_BACK),
        population=len(closed),
        population_hash=lots.fingerprint([row.no for row in closed]),
        drawn=len(chosen),
        mass=len(mass),
        created_by=actor.id,
        created_by_name=actor.name,
    )
    session.add(look_back)
    await session.flush()
    for row in closed:
        if row.no in chosen or row.no in mass:
            session.append(LookBackCheck, _check(look_back.id, row))
    change = Change(
        "draw", changes={"no": look_back.no, "seed": body.seed, "population_hash": look_back.population_hash}
    )
    timeline.record(session, actor.author, LOOK_BACK, look_back.id, change)
    await session.write_buffered()
    return look_back


def _check(look_back_id: UUID, row: Any) -> dict[str, Any]:
    blank = {"finding": None, "checked_by_name": None, "checked_at": None, "result": CheckResult.PENDING}
    ground = CheckGround.MASS if row.is_mass else CheckGround.SAMPLE
    about = {"id": ids.new_id(), "look_back_id": look_back_id, "item_id": row.id, "ground": ground}
    return {**about, "closed_at": row.closed_at, **blank}


async def page(session: Session, params: PageParams) -> Page[LookBackRead]:
    """A page of look-backs, newest first."""
    return (await repository.page(session, params)).page(LookBackRead.model_validate)


async def get(session: Session, look_back_id: UUID) -> LookBackRead:
    """One look-back. Raises NotFound."""
    row = await repository.get(session, look_back_id)
    if row is None:
        raise NotFound
    return LookBackRead.model_validate(row)


async def checks(session: Session, look_back_id: UUID, params: PageParams) -> Page[LookBackItem]:
    """A page of the items of a look-back. Raises NotFound."""
    await get(session, look_back_id)
    found = await repository.checks(session, look_back_id, params)
    units = await organization.unit_refs(session)
    names = [name for name in LookBackItem.model_fields if name != "lead_unit"]

    def build(row: Any) -> LookBackItem:
        return LookBackItem(**{name: getattr(row, name) for name in names}, lead_unit=units.get(row.lead_unit_id))

    return found.page(build)


async def _may_read(session: Session, actor: Actor, look_back_id: UUID) -> bool:
    return actor.holds("look_back:read") and await repository.get(session, look_back_id) is not None


register_reader(LOOK_BACK, _may_read)
