"""Putting problems into the ledger: by hand, and from what another part of the product has found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.outbox import service as outbox
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import SYSTEM, Author, Change
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.cases.models.case import SUBJECT_TYPE as CASE
from xiaoneng.features.cases.models.case import Case
from xiaoneng.features.rectification.errors.items import OwnerRefused
from xiaoneng.features.rectification.events import ItemOpened
from xiaoneng.features.rectification.models.items import (
    PLAN,
    SUBJECT_TYPE,
    ItemClass,
    ItemStatus,
    OwnerType,
    RectificationItem,
)
from xiaoneng.features.rectification.repository import items as repository
from xiaoneng.features.rectification.schemas.actions import ItemCreate
from xiaoneng.kit import clock, ids
from xiaoneng.kit.db import Session

PROBLEM_SCHEME = "problem"
_PERSONAL = frozenset({OwnerType.TEAM_MEMBER, OwnerType.CADRE})


@dataclass(frozen=True, slots=True)
class Source:
    """What a problem comes from: its kind (case, rating, self_check, finding, letter), its key, and its number."""

    type: str
    id: UUID
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A problem that another part of the product hands to the ledger; without a unit the office names one."""

    source: Source
    title: str
    problem: str
    lead_unit_id: UUID | None
    more: dict[str, Any] = field(default_factory=dict)
    """Further columns of the item: `item_class`, `problem_code`, `is_mass`, `is_systemic`, `manifestation`."""


async def open_by(session: Session, actor: Actor, body: ItemCreate) -> RectificationItem:
    """Put a problem into the ledger by hand. Raises UnitGone, OwnerRefused and InvalidInput for an unknown code."""
    await organization.require_unit(session, body.lead_unit_id)
    if body.problem_code is not None:
        await taxonomy.require(session, PROBLEM_SCHEME, body.problem_code)
    await _require_owner(session, body)
    fields = body.model_dump()
    fields["co_unit_ids"] = await require_co_units(session, body.lead_unit_id, body.co_unit_ids)
    item = RectificationItem(**fields, created_by=actor.id, **await _opening(session))
    return await _open(session, actor.author, item)


async def _require_owner(session: Session, body: ItemCreate) -> None:
    """S0-05: 见人见事. A person stands on the list of a unit they belong to."""
    if (body.owner_type in _PERSONAL) != (body.owner_person_id is not None):
        raise OwnerRefused
    if body.owner_person_id is None:
        return
    if await organization.find_person_in(session, body.owner_person_id, body.lead_unit_id) is None:
        raise OwnerRefused


async def require_co_units(session: Session, lead: UUID | None, unit_ids: Sequence[UUID]) -> list[UUID]:
    """The units that help, each once and never the one that leads. Raises UnitGone."""
    wanted = [unit_id for unit_id in dict.fromkeys(unit_ids) if unit_id != lead]
    for unit_id in wanted:
        await organization.require_unit(session, unit_id)
    return wanted


async def open_from(session: Session, author: Author, found: Found) -> RectificationItem | None:
    """Put what was found into the ledger; None when its source stands there already: a second call does nothing."""
    source = found.source
    if await repository.find_by_source(session, source.type, source.id):
        return None
    item = RectificationItem(
        title=found.title[:200],
        problem=found.problem,
        lead_unit_id=found.lead_unit_id,
        source_type=source.type,
        source_id=source.id,
        source_label=source.label,
        **found.more,
        **await _opening(session),
    )
    return await _open(session, author, item)


async def open_for_case(session: Session, case: Case, problem: str) -> RectificationItem | None:
    """Put a badly rated case into the ledger; None when it stands there already."""
    found = Found(
        Source(CASE, case.id, case.no),
        f"差评整改：{case.title}",
        problem,
        case.lead_unit_id,
        {"item_class": ItemClass.DEADLINE},
    )
    return await open_from(session, SYSTEM, found)


async def _opening(session: Session) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "no": await numbering.next_number(session, SUBJECT_TYPE),
        "status": ItemStatus.REGISTERED,
    }


async def _open(session: Session, author: Author, item: RectificationItem) -> RectificationItem:
    plan = await worktime.start_clock(
        session,
        subject_type=SUBJECT_TYPE,
        subject_id=item.id,
        kind=PLAN,
        policy_code="rectification_item",
        started_at=clock.now(),
        unit_id=item.lead_unit_id,
    )
    item.due_at = plan.due_at
    session.add(item)
    change = Change("open", to_state=item.status, changes={"source": item.source_label})
    timeline.record(session, author, SUBJECT_TYPE, item.id, change)
    await outbox.publish(session, ItemOpened(subject_id=item.id))
    return item
